import { describe, expect, it } from 'vitest';
import type { Client, ClientMetadataInput } from '#clients/index.js';
import { STANDARD_SCOPES } from '#standards/oidc.js';
import { policyProblems, replacement, withDefaults, type RegistrationPolicy } from './registration-policy.js';

const USUAL: RegistrationPolicy = {
  scopes: STANDARD_SCOPES,
  optionalScopes: [],
  grantTypes: ['authorization_code', 'refresh_token', 'implicit'],
};

const PRESENT = { scope: ['openid'], optionalScope: [] } as unknown as Client;

describe('what a client that registers itself starts from', () => {
  it.each([
    ['none', true],
    ['client_secret_basic', false],
    ['private_key_jwt', false],
    [undefined, false],
  ] as const)('PKCE with the method %s: %s (RFC 9700 §2.1.1)', (tokenEndpointAuthMethod, requirePkce) => {
    expect(withDefaults({ tokenEndpointAuthMethod }, USUAL)).toMatchObject({
      requirePkce,
      clientAssertionAudience: 'compat',
    });
  });
});

it('the scope of a client that names none is what of the usual one may be had (RFC 7591 §5)', () => {
  const grantTypes = ['authorization_code', 'refresh_token'] as const;
  expect(withDefaults({}, USUAL).scope).toEqual(['openid', 'profile', 'email', 'address', 'phone']);
  expect(withDefaults({ grantTypes }, USUAL).scope).toEqual(STANDARD_SCOPES);
  expect(withDefaults({ grantTypes }, { ...USUAL, scopes: ['openid', 'orders.read'] }).scope).toEqual(['openid']);
});

describe('what users may leave out', () => {
  const SCOPE = ['openid', 'email', 'orders.read'];
  const present = { scope: ['openid', 'email', 'trips.read'], optionalScope: ['email'] } as unknown as Client;

  it('is the scopes of APIs, and what the operator says', () => {
    expect(withDefaults({ scope: SCOPE }, USUAL).optionalScope).toEqual(['orders.read']);
    const policy = { ...USUAL, optionalScopes: ['email', 'phone'] };
    expect(withDefaults({ scope: SCOPE }, policy).optionalScope).toEqual(['email', 'orders.read']);
  });

  it('is for what a client has by now what an administrator decided, whatever it sends (RFC 7592 §2.2)', () => {
    const scope = [...SCOPE, 'trips.read', 'phone'];
    expect(replacement({ scope }, USUAL, present).optionalScope).toEqual(['email', 'orders.read']);
    expect(replacement({}, USUAL, present)).not.toHaveProperty('optionalScope');
  });

  it('is nothing that the client gives up, and so is what is unticked or approved by the company', () => {
    const decided = { ...present, untickedScope: ['email'], companyApprovedScope: ['openid', 'trips.read'] };
    expect(replacement({ scope: ['openid'] }, USUAL, decided as Client)).toMatchObject({
      optionalScope: [],
      untickedScope: [],
      companyApprovedScope: ['openid'],
    });
  });
});

describe('what a client may take for itself', () => {
  const pointersUnder = (policy: Partial<RegistrationPolicy>, input: ClientMetadataInput, present?: Client) =>
    policyProblems(input, { ...USUAL, ...policy }, present).map(({ pointer }) => pointer);
  const pointers = (input: ClientMetadataInput, present?: Client) => pointersUnder({}, input, present);

  it('is to sign users in', () => {
    expect(pointers({})).toEqual([]);
    const grantTypes = ['authorization_code', 'refresh_token', 'implicit'] as const;
    expect(pointers({ scope: ['openid', 'offline_access'], grantTypes })).toEqual([]);
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

  it('is what the operator says, but never a right of administrators (RFC 7591 §5)', () => {
    const scopes = ['openid', 'orders.read', 'clients:write'];
    expect(pointersUnder({ scopes }, { scope: ['openid', 'orders.read'] })).toEqual([]);
    for (const name of ['email', 'clients:write']) expect(pointersUnder({ scopes }, { scope: [name] })).toHaveLength(1);
    const grantTypes = ['authorization_code'] as const;
    expect(pointersUnder({ grantTypes }, { grantTypes: ['authorization_code', 'implicit'] })).toEqual([
      '#/grant_types',
    ]);
  });

  it.each([
    ['https://app.corp.example/cb', true],
    ['https://a.b.corp.example:8443/cb', true],
    ['https://partner.example/cb', true],
    ['http://127.0.0.1:7777/cb', true],
    ['http://[::1]/cb', true],
    ['https://corp.example/cb', false],
    ['https://evilcorp.example/cb', false],
    ['https://app.corp.example.evil.example/cb', false],
    ['https://partner.example.evil.example/cb', false],
    ['https://sub.partner.example/cb', false],
    ['com.corp.example:/cb', false],
  ])('sends users to %s: %s (RFC 7591 §5)', (uri, allowed) => {
    const redirectHosts = ['*.corp.example', 'partner.example', '127.0.0.1', '::1'];
    expect(pointersUnder({ redirectHosts }, { redirectUris: [uri] })).toEqual(allowed ? [] : ['#/redirect_uris/0']);
    const afterwards = { postLogoutRedirectUris: [uri] };
    expect(pointersUnder({ redirectHosts }, afterwards)).toHaveLength(allowed ? 0 : 1);
    const present = { redirectUris: [uri] } as unknown as Client;
    expect(pointersUnder({ redirectHosts }, { redirectUris: [uri] }, present)).toEqual([]);
  });
});

describe('a full replacement (RFC 7592 §2.2)', () => {
  it('takes away what is not said, and leaves our own members alone', () => {
    const changes = replacement({ clientName: 'After', redirectUris: ['https://rp.example/'] }, USUAL, PRESENT);
    expect(changes).toMatchObject({ clientName: 'After', tosUri: null, jwks: null, contacts: null });
    for (const member of ['scope', 'requirePkce', 'firstParty', 'consent', 'status', 'clientAssertionAudience']) {
      expect(changes).not.toHaveProperty(member);
    }
  });

  it('wants PKCE of a client that becomes public (RFC 9700 §2.1.1)', () => {
    expect(replacement({ tokenEndpointAuthMethod: 'none' }, USUAL, PRESENT)).toMatchObject({ requirePkce: true });
  });
});
