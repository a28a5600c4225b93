import { describe, expect, it } from 'vitest';
import { SecretSettings } from '#platform/config/index.js';
import { SecretKeys } from '#platform/crypto/index.js';
import { familyIdOf, generationOf, refreshTokenValue } from './refresh-token-value.js';

const keys = new SecretKeys(new SecretSettings({ keys: [Buffer.alloc(32, 7)] }));
const familyId = '0199a3c0-0000-7000-8000-000000000001';
const origin = (generation: number) => ({ familyId, generation, keyName: keys.primaryName });

describe('refresh token values', () => {
  it('can be made again from the row, so that no value is stored (RFC 9700 §4.14.2)', () => {
    expect(refreshTokenValue(keys, origin(3))).toBe(refreshTokenValue(keys, origin(3)));
    expect(refreshTokenValue(keys, origin(3))).not.toBe(refreshTokenValue(keys, origin(4)));
    expect(familyIdOf(refreshTokenValue(keys, origin(3)))).toBe(familyId);
  });

  it('recognises every older generation as ours (RFC 9700 §4.14.2)', () => {
    for (const generation of [0, 1, 41, 42]) {
      expect(generationOf(keys, refreshTokenValue(keys, origin(generation)), origin(42))).toBe(generation);
    }
  });

  it('recognises neither a future generation nor a value that somebody else made', () => {
    expect(generationOf(keys, refreshTokenValue(keys, origin(43)), origin(42))).toBeUndefined();
    expect(generationOf(keys, `${familyId}.${'A'.repeat(43)}`, origin(42))).toBeUndefined();
  });

  it('looks back over as many generations as 90 days of ten-minute tokens make, so that no guess costs more', () => {
    const newest = origin(1_000_000);
    expect(generationOf(keys, refreshTokenValue(keys, origin(1_000_000 - 12_960)), newest)).toBe(1_000_000 - 12_960);
    expect(generationOf(keys, refreshTokenValue(keys, origin(900_000)), newest)).toBeUndefined();
  });

  it.each([
    '',
    'x',
    familyId,
    `${familyId}.`,
    `${familyId}.${'A'.repeat(42)}`,
    `${familyId.toUpperCase()}.${'A'.repeat(43)}`,
  ])('takes %j for no refresh token', (value) => {
    expect(familyIdOf(value)).toBeUndefined();
  });

  it('refuses to derive a token from a key that is gone', () => {
    expect(() => refreshTokenValue(keys, { familyId, generation: 0, keyName: 'gone' })).toThrow(
      'not among SECRET_KEYS',
    );
  });
});
