import type { AuditEvent } from '#audit/index.js';
import { HISTORY_KINDS, type HistoryEntry } from '#views/index.js';

const FACTORS = ['totp', 'passkey', 'recovery_codes', 'mail_code'] as const;

/** Reads something that was kept as the user whom it happened to may see it: where an administrator sat is none of it. */
export function historyEntry(event: AuditEvent, userId: string, names: ReadonlyMap<string, string>): HistoryEntry {
  const { id, name, details, createdAt } = event;
  const by = doer(event, userId);
  return {
    id,
    kind: HISTORY_KINDS.find((kind) => kind === name) ?? 'other',
    at: createdAt,
    by,
    subject: subjectOf(event, names),
    factor: FACTORS.find((kind) => kind === details['kind']),
    ...(by === undefined ? { userAgent: event.userAgent, address: event.address } : {}),
  };
}

/** Nobody to name where it was the user, or where it cannot be known. */
function doer({ actor }: AuditEvent, userId: string): HistoryEntry['by'] {
  if (actor === undefined || (actor.kind === 'user' && actor.id === userId)) return undefined;
  return actor.kind === 'system' ? 'service' : 'administrator';
}

function subjectOf({ clientId, details }: AuditEvent, names: ReadonlyMap<string, string>): string | undefined {
  if (clientId !== undefined) return names.get(clientId) ?? clientId;
  const provider = details['provider'];
  return typeof provider === 'string' ? names.get(provider) : undefined;
}
