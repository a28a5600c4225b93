import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import type { JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { ForeignTokenVerifier } from './foreign-token.verifier.js';
import { fits } from './fitting-keys.js';

interface Pair {
  jwk: JWK;
  privateKey: KeyObject;
}

const pair = (keys: { publicKey: KeyObject; privateKey: KeyObject }, members: Partial<JWK> = {}): Pair => ({
  jwk: { ...keys.publicKey.export({ format: 'jwk' }), ...members },
  privateKey: keys.privateKey,
});
const p256 = (members?: Partial<JWK>) => pair(generateKeyPairSync('ec', { namedCurve: 'P-256' }), members);
const rsa = pair(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const ed25519 = pair(generateKeyPairSync('ed25519'));

const sign = ({ privateKey }: Pair, alg: string, header: object = {}, claims: object = { sub: 'a' }) =>
  new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg, ...header }).sign(privateKey);

const verifier = new ForeignTokenVerifier();
const verify = async (
  token: string | Promise<string>,
  keys: unknown,
  algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'],
) => verifier.verify(await token, { jwks: { keys }, algorithms, typ: [undefined] });
const VALID = { outcome: 'valid', claims: { sub: 'a' } };
const NO_KEY = {
  outcome: 'invalid',
  detail: 'no key of the set fits the token',
  cause: 'key-unknown',
  keyMissing: true,
};
const NOT_SIGNED = {
  outcome: 'invalid',
  detail: 'the signature is not of a key of the set',
  cause: 'signature',
  keyMissing: true,
};

describe('a token of others', () => {
  it.each([
    ['ES256', p256()],
    ['RS256', rsa],
    ['PS256', rsa],
    ['EdDSA', ed25519],
    ['Ed25519', ed25519],
  ])('is accepted when a key of the set signed it: %s', async (alg, key) => {
    expect(await verify(sign(key, alg), [key.jwk])).toEqual(VALID);
  });

  it('is checked with the key that it names, and with no other (RFC 7517 §4.5)', async () => {
    const [one, two] = [p256({ kid: 'one' }), p256({ kid: 'two' })];
    const keys = [one.jwk, two.jwk];
    expect(await verify(sign(two, 'ES256', { kid: 'two' }), keys)).toEqual(VALID);
    expect(await verify(sign(two, 'ES256', { kid: 'one' }), keys)).toEqual(NOT_SIGNED);
    expect(await verify(sign(two, 'ES256', { kid: 'three' }), keys)).toEqual(NO_KEY);
  });

  it('that names no key is tried with ten at most', async () => {
    const keys = Array.from({ length: 11 }, () => p256({ kid: randomUUID() }));
    const jwks = keys.map(({ jwk }) => jwk);
    const [tenth, eleventh] = keys.slice(9);
    expect(await verify(sign(tenth ?? rsa, 'ES256'), jwks)).toEqual(VALID);
    expect(await verify(sign(eleventh ?? rsa, 'ES256'), jwks)).toEqual(NOT_SIGNED);
  });

  it('never brings its own key (RFC 8725 §3.10)', async () => {
    const [trusted, own] = [p256(), p256()];
    const header = { jwk: own.jwk, jku: 'https://evil.example/jwks', x5u: 'https://evil.example/x5u' };
    expect(await verify(sign(own, 'ES256', header), [trusted.jwk])).toEqual(NOT_SIGNED);
    expect(await verify(sign(trusted, 'ES256', header), [trusted.jwk])).toEqual(VALID);
  });

  it('is refused when it was changed, or when its signature is of another form', async () => {
    const key = p256();
    const [header = '', , signature = ''] = (await sign(key, 'ES256')).split('.');
    const other = Buffer.from('{"sub":"b"}').toString('base64url');
    expect(await verify(`${header}.${other}.${signature}`, [key.jwk])).toEqual(NOT_SIGNED);
    // RFC 7518 §3.4: 64 bytes, r and s from 1 to n-1.
    for (const bytes of [Buffer.alloc(64), Buffer.alloc(63, 1), Buffer.alloc(64, 255)]) {
      const forged = (await sign(key, 'ES256')).replace(/[^.]*$/, bytes.toString('base64url'));
      expect(await verify(forged, [key.jwk])).toEqual(NOT_SIGNED);
    }
  });

  it('is refused, not an error, when the set is broken', async () => {
    const token = await sign(p256(), 'ES256');
    for (const keys of [undefined, 'x', [null, 7, {}], [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }]]) {
      expect(await verify(token, keys)).toMatchObject({ outcome: 'invalid' });
    }
  });
});

describe('a key', () => {
  it.each<[string, Partial<JWK>, string, boolean]>([
    ['of the right curve', {}, 'ES256', true],
    ['of another curve', {}, 'ES384', false],
    ['of another type', {}, 'RS256', false],
    ['for encryption', { use: 'enc' }, 'ES256', false],
    ['for signatures', { use: 'sig', key_ops: ['verify'], alg: 'ES256' }, 'ES256', true],
    ['for another operation', { key_ops: ['sign'] }, 'ES256', false],
    ['for another algorithm', { alg: 'ES384' }, 'ES256', false],
  ])('%s (%j) checks %s: %s', (_title, members, alg, expected) => {
    expect(fits(p256(members).jwk, alg)).toBe(expected);
  });

  it('of RSA needs 2048 bits (RFC 7518 §3.3)', () => {
    const short = pair(generateKeyPairSync('rsa', { modulusLength: 1024 }));
    expect([fits(short.jwk, 'RS256'), fits(rsa.jwk, 'RS256'), fits(rsa.jwk, 'PS256')]).toEqual([false, true, true]);
  });
});
