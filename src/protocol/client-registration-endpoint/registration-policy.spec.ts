import { describe, expect, it } from 'vitest';
import type { Client } from '#clients/index.js';
import { policyProblems, replacement, withDefaults } from './registration-policy.js';

describe('what a client that registers itself starts from', () => {
  it.each([
    ['none', true],
    ['client_secret_basic', false],
    ['private_key_jwt', false],
    [undefined, false],
  ] as const)('PKCE with the method %s: %s (RFC 9700 §2.1.1)', (tokenEndpointAuthMethod, requirePkce) => {
    expect(withDefaults({ tokenEndpointAuthMethod })).toMatchObject({ requirePkce, clientAssertionAudience: 'compat' });
  });
});

describe('what a client may take for itself', () => {
  const pointers = (...given: Parameters<typeof policyProblems>) =>
    policyProblems(...given).map(({ pointer }) => pointer);

  it('is to sign users in', () => {
    expect(policyProblems({})).toEqual([]);
    const grantTypes = ['authorization_code', 'refresh_token', 'implicit'] as const;
    expect(policyProblems({ scope: ['openid', 'offline_access'], grantTypes })).toEqual([]);
  });

  it('is no API and nothing in its own name', () => {
    expect(pointers({ scope: ['openid', 'orders.read'], grantTypes: ['client_credentials'] })).toEqual([
      '#/scope',
      '#/grant_types',
    ]);
  });

  it('is what an administrator has given it', () => {
    const present = { scope: ['orders.read'], grantTypes: ['client_credentials'] } as unknown as Client;
    expect(pointers({ scope: ['orders.read', 'email'], grantTypes: ['client_credentials'] }, present)).toEqual([]);
    expect(pointers({ scope: ['orders.write'] }, present)).toEqual(['#/scope']);
  });
});

describe('a full replacement (RFC 7592 §2.2)', () => {
  it('takes away what is not said, and leaves our own members alone', () => {
    const changes = replacement({ clientName: 'After', redirectUris: ['https://rp.example/'] });
    expect(changes).toMatchObject({ clientName: 'After', tosUri: null, jwks: null, contacts: null });
    for (const member of ['scope', 'requirePkce', 'firstParty', 'consent', 'status', 'clientAssertionAudience']) {
      expect(changes).not.toHaveProperty(member);
    }
  });

  it('wants PKCE of a client that becomes public (RFC 9700 §2.1.1)', () => {
    expect(replacement({ tokenEndpointAuthMethod: 'none' })).toMatchObject({ requirePkce: true });
  });
});
