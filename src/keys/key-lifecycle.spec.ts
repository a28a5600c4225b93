import { describe, expect, it } from 'vitest';
import { activeKey, isPublished, planRotation, rotationDue, statusAt } from './key-lifecycle.js';
import type { KeyInstants } from './key-lifecycle.js';

const T0 = Date.parse('2026-01-01T00:00:00Z');
const DAY = 86_400;
const at = (seconds: number) => new Date(T0 + seconds * 1000);
const key = (kid: string, activatesAt: number): KeyInstants => ({
  kid,
  activatesAt: at(activatesAt),
  retiresAt: null,
  withdrawsAt: null,
  expiresAt: null,
});

type Choices = Parameters<typeof planRotation>[2];

/** The ring after a rotation at an instant. */
function rotated(ring: KeyInstants[], seconds: number, how: Partial<Choices> = {}): KeyInstants[] {
  const plan = planRotation(ring, at(seconds), { use: 'sig', ...how });
  const kept = ring.map((one) => plan.ending.find(({ kid }) => kid === one.kid) ?? one);
  return [...kept, { ...key(`key ${ring.length + 1}`, 0), activatesAt: plan.activatesAt }];
}

const statuses = (ring: KeyInstants[], seconds: number) => ring.map((one) => statusAt(one, at(seconds)));
const published = (ring: KeyInstants[], seconds: number) => ring.map((one) => isPublished(one, at(seconds)));

describe('rotation (OIDC Core §10.1.1)', () => {
  it('publishes the new key before it signs, for longer than a JWKS may be cached', () => {
    const ring = rotated([key('key 1', 0)], 1000);
    expect(statuses(ring, 1000)).toEqual(['active', 'next']);
    expect(published(ring, 1000)).toEqual([true, true]);
    expect(statuses(ring, 1300)).toEqual(['active', 'next']);
    expect(statuses(ring, 1320)).toEqual(['retired', 'active']);
  });

  it('has at every instant exactly one key that signs', () => {
    const ring = rotated(rotated(rotated([key('key 1', 0)], 1000), 1100), 1200, { now: true });
    for (const seconds of [0, 1000, 1199]) expect(activeKey(ring.slice(0, 3), at(seconds))?.kid).toBe('key 1');
    for (const seconds of [1200, 1320, 1420, 99_999]) expect(activeKey(ring, at(seconds))?.kid).toBe('key 4');
  });

  it('keeps the old key published until the last token it signed has expired', () => {
    const ring = rotated([key('key 1', 0)], 1000);
    expect(published(ring, 1320 + 3600)).toEqual([true, true]);
    expect(published(ring, 1320 + 3900)).toEqual([false, true]);
  });

  it('leaves a key that ends earlier as it is', () => {
    const ring = rotated(rotated([key('key 1', 0)], 1000), 2000);
    expect(ring[0]?.retiresAt).toEqual(at(1320));
    expect(ring[1]?.retiresAt).toEqual(at(2320));
  });

  it('signs with the new key at once when told to, and still publishes the old one', () => {
    const ring = rotated([key('key 1', 0)], 1000, { now: true });
    expect(statuses(ring, 1000)).toEqual(['retired', 'active']);
    expect(published(ring, 1000)).toEqual([true, true]);
  });

  it('withdraws every key there was when they are revoked', () => {
    const ring = rotated(rotated([key('key 1', 0)], 1000), 1001, { revoke: true });
    expect(published(ring, 1001)).toEqual([false, false, true]);
    expect(ring.map(({ expiresAt }) => expiresAt)).toEqual([at(1001), at(1001), null]);
    expect(activeKey(ring, at(1001))?.kid).toBe('key 3');
  });

  it('is due after ninety days, once', () => {
    const ring = [key('key 1', 0)];
    expect([rotationDue(ring, at(90 * DAY - 1)), rotationDue(ring, at(90 * DAY))]).toEqual([false, true]);
    expect(rotationDue(rotated(ring, 90 * DAY), at(90 * DAY))).toBe(false);
    expect(rotationDue([], at(0))).toBe(false);
  });
});

describe('rotation of keys that others encrypt to (OIDC Core §10.2.1)', () => {
  const use = 'enc';

  it('takes the old key out of sight at once, as the new one can be used from the moment it is seen', () => {
    const ring = rotated([key('key 1', 0)], 1000, { use });
    expect(statuses(ring, 1000)).toEqual(['retired', 'active']);
    expect(published(ring, 1000)).toEqual([false, true]);
    expect(activeKey(ring, at(1000))?.kid).toBe('key 2');
  });

  it('keeps the old key for a day, for what was encrypted to it meanwhile', () => {
    const ring = rotated([key('key 1', 0)], 1000, { use });
    expect(ring.map(({ expiresAt }) => expiresAt)).toEqual([at(1000 + DAY), null]);
    expect(rotated(ring, 2000, { use })[0]?.expiresAt).toEqual(at(1000 + DAY));
  });

  it('ends the old keys at once when they are revoked, also those that only decrypt', () => {
    const ring = rotated(rotated([key('key 1', 0)], 1000, { use }), 1001, { use, revoke: true });
    expect(ring.map(({ expiresAt }) => expiresAt)).toEqual([at(1001), at(1001), null]);
  });
});
