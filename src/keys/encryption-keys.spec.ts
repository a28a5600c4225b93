import { describe, expect, it } from 'vitest';
import { encryptionKeys } from './encryption-keys.js';

const ec = (more: object = {}) => ({ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', ...more });
const okp = (more: object = {}) => ({ kty: 'OKP', crv: 'X25519', x: 'x', ...more });
const rsa = (more: object = {}) => ({ kty: 'RSA', e: 'AQAB', n: 'x'.repeat(342), ...more });
const ECDH = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'];

describe('the key that a token is encrypted to', () => {
  it('is one that is for encryption, before one that does not say what it is for (OIDC Core §10.2, RFC 7517 §4.2)', () => {
    const [open, first, second] = [ec({ kid: 'open' }), ec({ kid: '1', use: 'enc' }), ec({ kid: '2', use: 'enc' })];
    const keys = [ec({ use: 'sig' }), open, first, rsa(), second];
    expect(encryptionKeys({ keys }, 'ECDH-ES')).toEqual([first, second, open]);
  });

  it.each(ECDH)('is on a curve for key agreement with %s (RFC 7518 §4.6, RFC 8037 §3.2)', (algorithm) => {
    const fitting = [ec(), ec({ crv: 'P-384' }), ec({ crv: 'P-521' }), okp()];
    const keys = [...fitting, ec({ crv: 'secp256k1' }), ec({ crv: ['P-256'] }), okp({ crv: 'Ed25519' }), rsa()];
    expect(encryptionKeys({ keys }, algorithm)).toEqual(fitting);
  });

  it('is an RSA key of at least 2048 bits with RSA-OAEP-256 (RFC 7518 §4.3)', () => {
    const keys = [rsa({ n: 'x'.repeat(340) }), rsa({ n: 5 }), rsa(), ec(), okp()];
    expect(encryptionKeys({ keys }, 'RSA-OAEP-256')).toEqual([rsa()]);
  });

  it('has the algorithm, if it names one (RFC 7517 §4.4)', () => {
    const keys = [rsa({ alg: 'RSA-OAEP' }), rsa({ alg: 'RS256' }), rsa({ alg: 'RSA-OAEP-256' })];
    expect(encryptionKeys({ keys }, 'RSA-OAEP-256')).toEqual([rsa({ alg: 'RSA-OAEP-256' })]);
    expect(encryptionKeys({ keys: [ec({ alg: 'ECDH-ES+A128KW' })] }, 'ECDH-ES')).toEqual([]);
  });

  it('is not one whose operations are those of signatures (RFC 7517 §4.3)', () => {
    const fitting = [rsa({ key_ops: ['wrapKey'] }), rsa({ key_ops: ['encrypt', 'verify'] }), rsa({ key_ops: [] })];
    expect(encryptionKeys({ keys: [...fitting, rsa({ key_ops: ['verify'] })] }, 'RSA-OAEP-256')).toEqual(fitting);
  });

  it.each([{}, { keys: 'x' }, { keys: [null, 'x', [], 7] }])('is not found in %j', (jwks) => {
    expect(encryptionKeys(jwks, 'ECDH-ES')).toEqual([]);
  });
});
