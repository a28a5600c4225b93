import type { SealedEvent } from './audit-destination.js';

/** A sign-in as the record holds it, different in what is named. */
export const aSealedEvent = (changes: Partial<SealedEvent> = {}): SealedEvent => ({
  id: 'e1',
  name: 'user.signed_in',
  userId: 'u1',
  clientId: undefined,
  actor: undefined,
  address: undefined,
  userAgent: undefined,
  requestId: undefined,
  details: { sessionId: 's1' },
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  sequence: 7,
  ...changes,
});
