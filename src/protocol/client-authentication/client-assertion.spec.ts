import { describe, expect, it } from 'vitest';
import type { Client } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { assertionProblem } from './client-assertion.js';

const NOW = 1_800_000_000;
const issuer = new IssuerSettings({
  issuer: 'https://op.example',
  origin: 'https://op.example',
  kind: 'production',
  secure: true,
  basePath: '',
});
const client = (clientAssertionAudience: 'issuer' | 'compat') => ({ clientId: 'c', clientAssertionAudience }) as Client;
const claims = (changes: object = {}) => ({
  iss: 'c',
  sub: 'c',
  aud: 'https://op.example',
  exp: NOW + 60,
  iat: NOW,
  jti: 'j',
  ...changes,
});
const problem = (changes: object, audience: 'issuer' | 'compat' = 'issuer') =>
  assertionProblem(claims(changes), client(audience), issuer, NOW);

describe('assertionProblem', () => {
  it.each([
    {},
    { iat: undefined },
    { nbf: NOW + 8 },
    { iat: NOW + 10 },
    { iat: NOW - 300 },
    { exp: NOW - 9 },
    { exp: NOW + 300 },
  ])('accepts %j (RFC 7523 §3)', (changes) => {
    expect(problem(changes)).toBeUndefined();
  });

  it.each([
    [{ iss: 'd' }, 'iss or sub is not the client'],
    [{ sub: undefined }, 'iss or sub is not the client'],
    [{ exp: undefined }, 'exp is missing'],
    [{ exp: String(NOW + 60) }, 'exp is missing'],
    [{ exp: NOW - 10 }, 'exp is past'],
    [{ exp: NOW + 3600 }, 'exp is more than 5 minutes ahead'],
    [{ iat: NOW + 61 }, 'iat or nbf is in the future'],
    [{ iat: NOW - 311 }, 'iat is too long ago'],
    [{ nbf: NOW + 61 }, 'iat or nbf is in the future'],
    [{ nbf: 'soon' }, 'iat or nbf is in the future'],
    [{ jti: undefined }, 'jti is missing or too long'],
    [{ jti: '' }, 'jti is missing or too long'],
    [{ jti: 'x'.repeat(256) }, 'jti is missing or too long'],
  ])('refuses %j (RFC 7523 §3)', (changes, why) => {
    expect(problem(changes)).toBe(why);
  });

  it.each([
    'https://op.example/oauth2/token',
    'https://op.example/',
    'https://other.example',
    undefined,
    [],
    ['https://op.example', 'https://op.example/oauth2/token'],
  ])('refuses aud %j of a client that must name the issuer alone (RFC 10070 §4)', (aud) => {
    expect(problem({ aud })).toBe('aud does not name this issuer as it must');
  });

  it.each(['https://op.example', 'https://op.example/oauth2/token', ['https://op.example/oauth2/token']])(
    'accepts aud %j of a client that follows older texts (OIDC Core §9)',
    (aud) => {
      expect(problem({ aud }, 'compat')).toBeUndefined();
    },
  );
});
