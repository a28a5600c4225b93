import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SharedSecretVerifier } from './shared-secret.verifier.js';

const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function signed(secret: string, alg = 'HS256', header: object = {}): string {
  const input = `${text({ alg, ...header })}.${text({ sub: 'a' })}`;
  return `${input}.${createHmac(`sha${alg.slice(2)}`, secret)
    .update(input)
    .digest('base64url')}`;
}
const verify = (token: string, secrets: string[], algorithms = ['HS256', 'HS384', 'HS512']) =>
  new SharedSecretVerifier().verify(token, { secrets, algorithms, typ: [undefined] });
const secret = 's'.repeat(64);
const VALID = { outcome: 'valid', claims: { sub: 'a' } };

describe('a token signed with a shared secret (OIDC Core §10.1)', () => {
  it.each(['HS256', 'HS384', 'HS512'])('is accepted by any of the secrets: %s', async (alg) => {
    expect(await verify(signed(secret, alg), ['t'.repeat(64), secret])).toEqual({ ...VALID, index: 1 });
    expect(await verify(signed(secret, alg), ['t'.repeat(64)])).toMatchObject({ outcome: 'invalid' });
    expect(await verify(signed(secret, alg), [])).toMatchObject({ outcome: 'invalid' });
  });

  it.each([
    ['HS256', 32],
    ['HS384', 48],
    ['HS512', 64],
  ])('needs a secret as long as the hash: %s, %i octets (RFC 7518 §3.2)', async (alg, octets) => {
    const [enough, short] = ['x'.repeat(octets), 'x'.repeat(octets - 1)];
    expect(await verify(signed(enough, alg), [enough])).toEqual({ ...VALID, index: 0 });
    expect(await verify(signed(short, alg), [short])).toEqual({
      outcome: 'invalid',
      detail: `no secret is known that is long enough for ${alg}`,
      cause: 'no-keys',
    });
  });

  it('is refused with an algorithm of public keys, whatever the list says (RFC 8725 §2.1)', async () => {
    const token = signed(secret).replace(/^[^.]+/, text({ alg: 'ES256' }));
    expect(await verify(token, [secret], ['ES256', 'none'])).toMatchObject({
      detail: 'the algorithm is not accepted here',
    });
    expect(await verify(signed(secret, 'HS512'), [secret], ['HS256'])).toMatchObject({ outcome: 'invalid' });
  });

  it.each([{ crit: ['x'] }, { typ: 'at+jwt' }, { b64: false }])('is refused with the header %j', async (header) => {
    expect(await verify(signed(secret, 'HS256', header), [secret])).toMatchObject({ outcome: 'invalid' });
  });
});
