import { describe, expect, it } from 'vitest';
import { eachInItsFolder } from './settings.spec-support.js';

const { load, problems, file } = eachInItsFolder();

describe('clients that register themselves (RFC 7591 §5)', () => {
  const issuers = (content: string) => ({ SOFTWARE_STATEMENT_ISSUERS_FILE: file('issuers.json', content) });

  it('may have what they always could unless something is said', () => {
    expect(load({}).registration).toEqual({
      scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
      optionalScopes: [],
      grantTypes: ['authorization_code', 'refresh_token', 'implicit'],
      unusedDays: 90,
      rate: 300,
      statementIssuers: [],
    });
  });

  it('may have what is said', () => {
    const { registration } = load({
      CLIENT_REGISTRATION_SCOPES: 'openid, orders.read',
      CLIENT_REGISTRATION_OPTIONAL_SCOPES: 'email, phone',
      CLIENT_REGISTRATION_GRANT_TYPES: 'implicit,authorization_code',
      CLIENT_REGISTRATION_REDIRECT_HOSTS: '*.Corp.example, partner.example, [::1]',
      CLIENT_REGISTRATION_UNUSED_DAYS: '7',
      CLIENT_REGISTRATION_RATE: '10',
    });
    expect(registration).toEqual({
      scopes: ['openid', 'orders.read'],
      optionalScopes: ['email', 'phone'],
      grantTypes: ['authorization_code', 'implicit'],
      redirectHosts: ['*.corp.example', 'partner.example', '[::1]'],
      unusedDays: 7,
      rate: 10,
      statementIssuers: [],
    });
  });

  it('may be vouched for by those in the file (RFC 7591 §2.3)', () => {
    const jwks = { keys: [] };
    const content = { 'https://a.example': { jwks_uri: 'https://a.example/jwks' }, 'urn:b': { jwks } };
    expect(load(issuers(JSON.stringify(content))).registration.statementIssuers).toEqual([
      { issuer: 'https://a.example', jwksUri: 'https://a.example/jwks' },
      { issuer: 'urn:b', jwks },
    ]);
  });

  it.each([
    '{',
    '[]',
    '{}',
    '{"https://a.example": {}}',
    '{"https://a.example": {"jwks_uri": "http://a.example/jwks"}}',
    '{"https://a.example": {"jwks": []}}',
    '{"https://a.example": {"jwks": {"keys": []}, "jwks_uri": "https://a.example/jwks"}}',
    '{"https://a.example": {"jwks": {"keys": []}, "other": 1}}',
    '{"": {"jwks": {"keys": []}}}',
  ])('but not by %s', (content) => {
    expect(problems(issuers(content))).toMatchObject([{ name: 'SOFTWARE_STATEMENT_ISSUERS_FILE' }]);
  });

  it.each([
    ['CLIENT_REGISTRATION_SCOPES', 'openid,,email'],
    ['CLIENT_REGISTRATION_SCOPES', 'openid email'],
    ['CLIENT_REGISTRATION_OPTIONAL_SCOPES', 'email,openid'],
    ['CLIENT_REGISTRATION_OPTIONAL_SCOPES', 'e mail'],
    ['CLIENT_REGISTRATION_GRANT_TYPES', 'refresh_token'],
    ['CLIENT_REGISTRATION_GRANT_TYPES', 'authorization_code,client_credentials'],
    ['CLIENT_REGISTRATION_REDIRECT_HOSTS', '*'],
    ['CLIENT_REGISTRATION_REDIRECT_HOSTS', '*.'],
    ['CLIENT_REGISTRATION_REDIRECT_HOSTS', 'https://corp.example'],
    ['CLIENT_REGISTRATION_REDIRECT_HOSTS', 'a.*.example'],
    ['CLIENT_REGISTRATION_UNUSED_DAYS', '0'],
    ['CLIENT_REGISTRATION_RATE', '-1'],
    ['SOFTWARE_STATEMENT_ISSUERS_FILE', '/nowhere/issuers.json'],
  ])('not by %s=%s', (name, value) => {
    expect(problems({ [name]: value })).toMatchObject([{ name }]);
  });
});
