import { describe, expect, it } from 'vitest';
import { DEVICE_CODE, GrantType, TOKEN_EXCHANGE } from '#standards/oauth.js';
import { completeMetadata } from '../client-metadata-defaults.js';
import { metadataProblems } from '../client-metadata.validator.js';
import type { ClientMetadataInput } from '../client-metadata.js';
import { CLIENT_TEMPLATES, TEMPLATES, type ClientTemplateName } from './client-template.js';
import { settledTemplate } from './settled-template.js';
import { contradictions, templatedMetadata } from './templated-metadata.js';

const TODAY = [GrantType.AuthorizationCode, GrantType.RefreshToken, GrantType.ClientCredentials];
const NEEDED: ClientMetadataInput = { redirectUris: ['https://app.example/callback'] };

const settled = (wanted: ClientTemplateName, offered: readonly string[] = TODAY) => {
  const template = TEMPLATES.find(({ name }) => name === wanted);
  if (template === undefined) throw new Error(`no template ${wanted}`);
  return settledTemplate(template, offered as readonly GrantType[]);
};
const made = (name: ClientTemplateName, given: ClientMetadataInput = {}) =>
  completeMetadata(templatedMetadata(settled(name), given));

describe('the templates of clients', () => {
  it('are the six kinds of application, in order', () => {
    expect(TEMPLATES.map(({ name }) => name)).toEqual([...CLIENT_TEMPLATES]);
  });

  it.each(CLIENT_TEMPLATES)('%s fills in nothing that would be refused, once what it needs is given', (name) => {
    const { needs } = settled(name);
    const given = Object.fromEntries(needs.map((member) => [member, NEEDED[member]]));
    expect(metadataProblems(made(name, given), { development: false })).toEqual([]);
    for (const member of needs) {
      const problems = metadataProblems(made(name, { ...given, [member]: undefined }), { development: false });
      expect(problems.map(({ pointer }) => pointer)).toEqual(['#/redirect_uris']);
    }
  });

  it('ask for PKCE wherever a code is redeemed (RFC 9700 §2.1.1)', () => {
    for (const name of CLIENT_TEMPLATES) expect(made(name).requirePkce, name).toBe(true);
  });

  it('give a secret to what can keep one, and to nothing else (RFC 6749 §2.1)', () => {
    const methods = CLIENT_TEMPLATES.map((name) => [name, made(name).tokenEndpointAuthMethod]);
    expect(Object.fromEntries(methods)).toEqual({
      ...{ web: 'client_secret_basic', machine: 'client_secret_basic', agent: 'client_secret_basic' },
      ...{ 'single-page': 'none', native: 'none', device: 'none' },
    });
  });

  it('let an agent act for a short while only, and for nobody for ever (RFC 9700 §2.2.2)', () => {
    const { accessTokenLifetime, refreshTokenLifetime, consentDurations, consentMaxDays } = made('agent');
    expect([accessTokenLifetime, refreshTokenLifetime]).toEqual([300, 30 * 86_400]);
    expect([consentDurations, consentMaxDays]).toEqual([['once', 'days'], 30]);
  });

  it('say honestly what waits for a grant type that is not offered (RFC 8628, RFC 8693)', () => {
    const device = settled('device');
    expect(device.members.grantTypes).toEqual(['authorization_code', 'refresh_token']);
    expect([device.awaits, device.needs]).toEqual([[DEVICE_CODE], ['redirectUris']]);
    expect(device.description).toContain(`does not offer ${DEVICE_CODE} yet`);
    expect(settled('agent').awaits).toEqual([TOKEN_EXCHANGE]);
    expect(settled('agent').description).toContain('without it');
    expect(settled('web').awaits).toEqual([]);
  });

  it('take such a grant type up as soon as it is offered', () => {
    const device = settled('device', [...TODAY, DEVICE_CODE, TOKEN_EXCHANGE]);
    expect(device.members.grantTypes).toEqual([GrantType.RefreshToken, DEVICE_CODE]);
    expect([device.awaits, device.needs, device.mainGrant]).toEqual([[], [], DEVICE_CODE]);
    expect(device.description).not.toContain('not offer');
    expect(settled('agent', [...TODAY, TOKEN_EXCHANGE]).members.grantTypes).toContain(TOKEN_EXCHANGE);
  });
});

describe('what is given beside a template', () => {
  it('wins over what the template fills in', () => {
    const given: ClientMetadataInput = { ...NEEDED, requirePkce: false, scope: ['openid'], clientName: 'Desk' };
    expect(made('web', given)).toMatchObject(given);
    expect(made('web', { ...NEEDED, scope: undefined }).scope).toEqual(['openid', 'profile', 'email']);
  });

  it.each<[ClientTemplateName, ClientMetadataInput, string]>([
    ['web', { profile: 'm2m' }, '#/profile'],
    ['web', { tokenEndpointAuthMethod: 'none' }, '#/token_endpoint_auth_method'],
    ['web', { grantTypes: ['client_credentials'] }, '#/grant_types'],
    ['web', { applicationType: 'native' }, '#/application_type'],
    ['single-page', { tokenEndpointAuthMethod: 'client_secret_basic' }, '#/token_endpoint_auth_method'],
    ['native', { profile: 'browser' }, '#/profile'],
    ['machine', { tokenEndpointAuthMethod: 'none' }, '#/token_endpoint_auth_method'],
    ['machine', { grantTypes: ['authorization_code'] }, '#/grant_types'],
    ['device', { tokenEndpointAuthMethod: 'client_secret_post' }, '#/token_endpoint_auth_method'],
    ['agent', { consent: 'skip' }, '#/consent'],
  ])('is refused where it makes a %s something else: %j', (name, given, pointer) => {
    expect(contradictions(settled(name), given).map((problem) => problem.pointer)).toEqual([pointer]);
  });

  it.each<[ClientTemplateName, ClientMetadataInput]>([
    ['web', { tokenEndpointAuthMethod: 'private_key_jwt', grantTypes: ['authorization_code', 'refresh_token'] }],
    ['single-page', { tokenEndpointAuthMethod: 'none', grantTypes: ['authorization_code'] }],
    ['machine', { profile: 'm2m', scope: ['orders.read'] }],
    ['agent', { consent: 'always' }],
  ])('is taken where a %s may be so: %j', (name, given) => {
    expect(contradictions(settled(name), given)).toEqual([]);
  });
});
