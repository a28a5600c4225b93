import type { SecretKeys } from '#platform/crypto/index.js';
import { sameText } from '#platform/crypto/index.js';

const PURPOSE = 'refresh-token';
const SHAPE = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** How far back a value is recognised: beyond what 90 days of ten-minute access tokens make; the search costs each step. */
const MOST_GENERATIONS = 15_000;

/** What a derived token is made of; the value can be made again from it, so it is not stored. */
export interface TokenOrigin {
  readonly familyId: string;
  readonly generation: number;
  readonly keyName: string;
}

/** Makes the refresh token of one generation: `family id . HMAC(key, family id, generation)`. */
export function refreshTokenValue(keys: SecretKeys, { familyId, generation, keyName }: TokenOrigin): string {
  const mac = keys.mac(keyName, PURPOSE, `${familyId}.${String(generation)}`);
  if (mac === undefined) throw new Error(`refresh token key ${keyName} is not among SECRET_KEYS`);
  return `${familyId}.${mac}`;
}

/** The family that a presented value claims to belong to, or nothing when it has not the shape of a refresh token. */
export function familyIdOf(value: string): string | undefined {
  return SHAPE.exec(value)?.[1];
}

/** Which generation up to `newest` the value was made for; nothing when it was made by somebody else, or too long ago. */
export function generationOf(keys: SecretKeys, value: string, newest: TokenOrigin): number | undefined {
  const mac = SHAPE.exec(value)?.[2];
  if (mac === undefined) return undefined;
  const oldest = Math.max(0, newest.generation - MOST_GENERATIONS);
  for (let generation = newest.generation; generation >= oldest; generation -= 1) {
    const expected = keys.mac(newest.keyName, PURPOSE, `${newest.familyId}.${String(generation)}`);
    if (expected !== undefined && sameText(expected, mac)) return generation;
  }
  return undefined;
}
