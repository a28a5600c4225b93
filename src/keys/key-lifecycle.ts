import type { KeyUse } from './key-algorithm.js';

/** Where a key is in its life. */
export type KeyStatus = 'next' | 'active' | 'retired';

/** The instants that decide what a key is for. */
export interface KeyInstants {
  readonly kid: string;
  /** From here on it signs, or others encrypt to it. */
  readonly activatesAt: Date;
  /** From here on its successor does. */
  readonly retiresAt: Date | null;
  /** From here on it is no longer in the JWKS: everything that it signed has expired, and nobody should encrypt to it. */
  readonly withdrawsAt: Date | null;
  /** From here on nothing is checked or decrypted with it. */
  readonly expiresAt: Date | null;
}

/** What a rotation does: when the new key begins to sign, and what becomes of the keys before it. */
export interface RotationPlan {
  readonly activatesAt: Date;
  readonly ending: readonly KeyInstants[];
}

/** How long others may keep our JWKS, in seconds (protocol: `Cache-Control: max-age`). */
export const JWKS_MAX_AGE_SECONDS = 300;

/** A replica may serve a JWKS that it read some seconds ago, and clocks differ a little. */
const PUBLICATION_SLACK_SECONDS = 20;

/** No token lives longer than an hour; the rest is for clocks that differ. */
const LONGEST_TOKEN_SECONDS = 3600 + 300;

/** An ID token that has run out still tells at logout whose it was, as long as a session can last. */
const LONGEST_HINT_SECONDS = 7 * 86_400;

/** OIDC Core §10.2.1: a key that nobody should encrypt to any more still decrypts what was on its way, or in a cache. */
const LONGEST_ENCRYPTED_SECONDS = 86_400;

/** How old an active key becomes before the rotation job follows it up. */
export const ROTATION_PERIOD_SECONDS = 90 * 86_400;

/** OIDC Core §10.1.1: published before it signs, published until the last token it signed has expired. */
export function statusAt(key: KeyInstants, now: Date): KeyStatus {
  if (key.retiresAt !== null && key.retiresAt <= now) return 'retired';
  return key.activatesAt > now ? 'next' : 'active';
}

/** Says whether the key belongs into the JWKS. */
export function isPublished(key: KeyInstants, now: Date): boolean {
  return key.withdrawsAt === null || key.withdrawsAt > now;
}

/** Of the keys of one algorithm the one that signs now: the youngest that is active. */
export function activeKey<K extends KeyInstants>(keys: readonly K[], now: Date): K | undefined {
  return keys
    .filter((key) => isPublished(key, now) && statusAt(key, now) === 'active')
    .sort((a, b) => b.activatesAt.getTime() - a.activatesAt.getTime() || (a.kid < b.kid ? 1 : -1))[0];
}

/** Says whether the active key is due to be followed by another, and none is on its way. */
export function rotationDue(keys: readonly KeyInstants[], now: Date): boolean {
  const active = activeKey(keys, now);
  if (!active || keys.some((key) => isPublished(key, now) && statusAt(key, now) === 'next')) return false;
  return now >= later(active.activatesAt, ROTATION_PERIOD_SECONDS);
}

/** Plans a rotation of the keys of one algorithm; to revoke is to rotate at once and withdraw every key there was. */
export function planRotation(
  keys: readonly KeyInstants[],
  now: Date,
  how: { use: KeyUse; now?: boolean; revoke?: boolean },
): RotationPlan {
  if (how.revoke === true) {
    const ended = { retiresAt: now, withdrawsAt: now, expiresAt: now };
    return { activatesAt: now, ending: keys.map((key) => ({ ...key, ...ended })) };
  }
  if (how.use === 'enc') return { activatesAt: now, ending: keys.filter(isInUse).map((key) => decommissioned(key, now)) };
  const wait = how.now === true ? 0 : JWKS_MAX_AGE_SECONDS + PUBLICATION_SLACK_SECONDS;
  const activatesAt = later(now, wait);
  const ending = keys
    .filter(({ retiresAt }) => retiresAt === null || retiresAt > activatesAt)
    .map((key) => retiring(key, activatesAt));
  return { activatesAt, ending };
}

function retiring(key: KeyInstants, retiresAt: Date): KeyInstants {
  const withdrawsAt = later(retiresAt, LONGEST_TOKEN_SECONDS);
  return { ...key, retiresAt, withdrawsAt, expiresAt: later(retiresAt, LONGEST_HINT_SECONDS) };
}

function isInUse({ retiresAt }: KeyInstants): boolean {
  return retiresAt === null;
}

/** OIDC Core §10.2.1: who encrypts must not see the key again; the new one can be used from the moment it is seen. */
function decommissioned(key: KeyInstants, now: Date): KeyInstants {
  return { ...key, retiresAt: now, withdrawsAt: now, expiresAt: later(now, LONGEST_ENCRYPTED_SECONDS) };
}

function later(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
