import { describe, expect, it } from 'vitest';
import { signingSecretOctets, signingSecretProblem, type SigningChoices } from './signing-secret.js';

const client = (more: Partial<SigningChoices> = {}): SigningChoices => ({
  tokenEndpointAuthMethod: 'client_secret_basic',
  idTokenSignedResponseAlg: 'RS256',
  ...more,
});

describe('the secret of a client with which tokens are signed', () => {
  it.each<[string, Partial<SigningChoices>, number]>([
    ['nothing that it signs', {}, 0],
    ['keys of ours', { userinfoSignedResponseAlg: 'ES256' }, 0],
    ['ID tokens with HS256', { idTokenSignedResponseAlg: 'HS256' }, 32],
    ['userinfo with HS384', { userinfoSignedResponseAlg: 'HS384' }, 48],
    ['the longer of two', { idTokenSignedResponseAlg: 'HS512', userinfoSignedResponseAlg: 'HS256' }, 64],
    ['assertions', { tokenEndpointAuthMethod: 'client_secret_jwt' }, 32],
    [
      'assertions with HS512',
      { tokenEndpointAuthMethod: 'client_secret_jwt', tokenEndpointAuthSigningAlg: 'HS512' },
      64,
    ],
    ['the keys of its own', { tokenEndpointAuthMethod: 'private_key_jwt', tokenEndpointAuthSigningAlg: 'ES256' }, 0],
  ])('for %s has as many bytes as the hash (RFC 7518 §3.2)', (_title, choices, octets) => {
    expect(signingSecretOctets(client(choices))).toBe(octets);
  });

  it('is measured in bytes, as it is used (RFC 7518 §3.2)', () => {
    const signs = client({ idTokenSignedResponseAlg: 'HS256' });
    expect(signingSecretProblem(signs, 'x'.repeat(31))).toBe('must have at least 32 bytes to sign with');
    expect(signingSecretProblem(signs, 'é'.repeat(16))).toBeUndefined();
    expect(signingSecretProblem(client(), 'x')).toBeUndefined();
  });
});
