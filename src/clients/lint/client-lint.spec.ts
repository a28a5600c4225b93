import { describe, expect, it } from 'vitest';
import type { Client } from '../client.js';
import { completeMetadata } from '../client-metadata-defaults.js';
import type { ClientMetadataInput } from '../client-metadata.js';
import { LINT_RULES, lintClient } from './client-lint.js';
import { DAY_MS, type LintFacts } from './lint-rule.js';

const NOW = new Date('2026-11-27T12:00:00Z');
const days = (number: number): Date => new Date(NOW.getTime() + number * DAY_MS);
const secret = (id: string, made: number, ends?: number) => ({
  ...{ id, createdAt: days(made) },
  ...(ends === undefined ? {} : { expiresAt: days(ends) }),
});

type Stamps = Pick<Client, 'selfRegistered' | 'updatedAt'>;
type Wish = Partial<Omit<LintFacts, 'client'>> & { readonly client?: ClientMetadataInput & Partial<Stamps> };

/** A client that nothing can be said against, but for what is wished. */
function facts({ client = {}, ...others }: Wish): LintFacts {
  const { selfRegistered = false, updatedAt = days(-100), ...input } = client;
  const metadata = completeMetadata({
    ...{ clientName: 'Travel desk', redirectUris: ['https://rp.example/cb'], scope: ['openid', 'email'] },
    ...{ owner: 'alice', contacts: ['team@rp.example'], backchannelLogoutUri: 'https://rp.example/out' },
    ...{ logoUri: 'https://rp.example/l.png', policyUri: 'https://rp.example/p', tosUri: 'https://rp.example/t' },
    ...input,
  });
  return {
    ...{ now: NOW, development: false, secrets: [secret('one', -10)], usedScopes: ['openid', 'email'] },
    ...others,
    client: { ...metadata, clientId: 'desk', version: 1, selfRegistered, createdAt: updatedAt, updatedAt },
  };
}

/** For each rule what it finds, and the nearest that it does not. */
const CASES: Readonly<Record<string, readonly [found: Wish, pointer: string, quiet: Wish]>> = {
  'redirect-http': [
    { client: { redirectUris: ['https://a.example/', 'http://rp.example/cb'] } },
    '#/redirect_uris/1',
    { client: { redirectUris: ['http://127.0.0.1/cb'], applicationType: 'native' } },
  ],
  'redirect-localhost': [
    { client: { redirectUris: ['http://localhost:3001/cb'] } },
    '#/redirect_uris/0',
    { client: { redirectUris: ['http://localhost:3001/cb'] }, development: true },
  ],
  'redirect-wildcard': [
    { client: { postLogoutRedirectUris: ['https://rp.example/%2A/bye'] } },
    '#/post_logout_redirect_uris/0',
    { client: { postLogoutRedirectUris: ['https://rp.example/%2B/bye'] } },
  ],
  'redirect-forwards': [
    { client: { redirectUris: ['https://rp.example/cb?return_to=/home'] } },
    '#/redirect_uris/0',
    { client: { redirectUris: ['https://rp.example/cb?tenant=next'] } },
  ],
  'pkce-not-required': [
    { client: { requirePkce: false } },
    '#/require_pkce',
    { client: { requirePkce: false, grantTypes: ['client_credentials'], responseTypes: [] } },
  ],
  'implicit-token': [
    { client: { responseTypes: ['code', 'id_token token'] } },
    '#/response_types/1',
    { client: { responseTypes: ['code', 'id_token'] } },
  ],
  'front-channel-id-token': [
    { client: { responseTypes: ['code id_token'] } },
    '#/response_types/0',
    { client: { responseTypes: ['code'] } },
  ],
  'public-client-grants': [
    { client: { tokenEndpointAuthMethod: 'none', grantTypes: ['client_credentials'] } },
    '#/grant_types',
    { client: { tokenEndpointAuthMethod: 'client_secret_basic', grantTypes: ['client_credentials'] } },
  ],
  'weak-algorithm': [
    { client: { idTokenSignedResponseAlg: 'HS256' } },
    '#/id_token_signed_response_alg',
    { client: { idTokenSignedResponseAlg: 'EdDSA' } },
  ],
  'secret-in-body': [
    { client: { tokenEndpointAuthMethod: 'client_secret_post' } },
    '#/token_endpoint_auth_method',
    { client: { tokenEndpointAuthMethod: 'client_secret_jwt' } },
  ],
  'assertion-audience': [
    { client: { clientAssertionAudience: 'compat' } },
    '#/client_assertion_audience',
    { client: { clientAssertionAudience: 'issuer' } },
  ],
  'long-lifetime': [
    { client: { refreshTokenLifetime: 180 * 86_400 + 1 } },
    '#/refresh_token_lifetime',
    { client: { refreshTokenLifetime: 180 * 86_400, accessTokenLifetime: 1800 } },
  ],
  'static-refresh-token': [
    { client: { refreshTokenRotation: 'static', grantTypes: ['authorization_code', 'refresh_token'] } },
    '#/refresh_token_rotation',
    { client: { refreshTokenRotation: 'static' } },
  ],
  'refresh-without-offline': [
    { client: { grantTypes: ['authorization_code', 'refresh_token'] } },
    '#/grant_types',
    { client: { grantTypes: ['authorization_code', 'refresh_token'], profile: 'browser' } },
  ],
  'offline-without-refresh': [
    { client: { scope: ['openid', 'offline_access'] } },
    '#/scope',
    { client: { scope: ['openid', 'offline_access'], grantTypes: ['authorization_code', 'refresh_token'] } },
  ],
  'no-live-secret': [
    { secrets: [secret('one', -40, -1)] },
    '#/client_secret',
    { secrets: [], client: { tokenEndpointAuthMethod: 'private_key_jwt' } },
  ],
  'secret-expiring': [
    { secrets: [secret('one', -300, 20)] },
    '#/client_secret',
    { secrets: [secret('one', -300, 20), secret('two', -1)] },
  ],
  'secret-old': [
    { secrets: [secret('one', -366)] },
    '#/client_secret',
    { secrets: [{ ...secret('one', -364), lastUsedAt: days(-1) }] },
  ],
  'secret-unused': [
    { secrets: [secret('one', -91)] },
    '#/client_secret',
    { secrets: [{ ...secret('one', -91), lastUsedAt: days(-89) }, secret('two', -89)] },
  ],
  'many-secrets': [
    { secrets: [secret('one', -3), secret('two', -2), secret('three', -1)] },
    '#/client_secret',
    { secrets: [secret('one', -30, -1), secret('two', -2), secret('three', -1)] },
  ],
  'not-told-of-sign-outs': [
    { client: { backchannelLogoutUri: undefined } },
    '#/backchannel_logout_uri',
    { client: { backchannelLogoutUri: undefined, tokenEndpointAuthMethod: 'none' } },
  ],
  'front-channel-logout': [
    { client: { frontchannelLogoutUri: 'https://rp.example/frame', backchannelLogoutUri: undefined } },
    '#/frontchannel_logout_uri',
    { client: { frontchannelLogoutUri: 'https://rp.example/frame' } },
  ],
  'logout-fails': [{ logoutFailure: 'the answer has status 500' }, '#/backchannel_logout_uri', {}],
  'dead-address': [
    { deadAddresses: [{ member: 'postLogoutRedirectUris', below: '/0', reason: 'the host has no address' }] },
    '#/post_logout_redirect_uris/0',
    { deadAddresses: [] },
  ],
  'unused-scope': [
    { client: { scope: ['openid', 'email', 'phone'] } },
    '#/scope',
    { client: { scope: ['openid', 'email', 'phone'], companyApprovedScope: ['phone'] } },
  ],
  'no-owner': [{ client: { owner: undefined } }, '#/owner', { client: { owner: 'bob' } }],
  'no-contacts': [{ client: { contacts: [] } }, '#/contacts', { client: { contacts: ['x@y.example'] } }],
  'no-name': [
    { client: { clientName: undefined } },
    '#/client_name',
    { client: { clientName: undefined, grantTypes: ['client_credentials'] } },
  ],
  'nothing-to-trust': [
    { client: { policyUri: undefined } },
    '#/policy_uri',
    { client: { policyUri: undefined, firstParty: true } },
  ],
  'not-vetted': [{ client: { selfRegistered: true } }, '#/vetted', { client: { selfRegistered: true, vetted: true } }],
};

describe('the rules by which a client is looked at', () => {
  it('each have a case, and an id of their own', () => {
    expect(LINT_RULES.map(({ id }) => id).sort()).toEqual(Object.keys(CASES).sort());
  });

  it('have nothing to say of a client that is as it should be', () => {
    expect(lintClient(facts({}))).toEqual([]);
  });

  it.each(Object.entries(CASES))(
    '%s finds what it is about, and nothing beside it',
    (rule, [found, pointer, quiet]) => {
      const of = (wish: Wish) => lintClient(facts(wish)).filter((finding) => finding.rule === rule);
      expect(of(found).map((finding) => finding.pointer)).toEqual([pointer]);
      expect(of(found)[0]?.advice).toMatch(/^[A-Z].+[.!]$/);
      expect(of(quiet)).toEqual([]);
    },
  );

  it('tell what matters most first', () => {
    const wish: Wish = { client: { owner: undefined, contacts: [], responseTypes: ['code token'] } };
    const findings = lintClient(facts(wish)).map(({ rule, severity }) => [rule, severity]);
    expect(findings).toEqual([
      ['implicit-token', 'error'],
      ['no-owner', 'warning'],
      ['no-contacts', 'notice'],
    ]);
  });

  it('call no scope unused of a client that was changed lately, or that nobody signs in to', () => {
    const scope = ['openid', 'phone'];
    const rules = (client: Wish['client']) =>
      lintClient(facts({ client: { ...client, scope } })).map(({ rule }) => rule);
    expect(rules({})).toContain('unused-scope');
    expect(rules({ updatedAt: days(-89) })).not.toContain('unused-scope');
    expect(rules({ grantTypes: ['client_credentials'] })).not.toContain('unused-scope');
  });
});
