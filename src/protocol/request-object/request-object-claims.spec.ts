import { describe, expect, it } from 'vitest';
import { requestObjectProblem } from './request-object-claims.js';

const NOW = 1_800_000_000;
const ISSUER = 'https://op.example';
const problem = (claims: object) =>
  requestObjectProblem({ client_id: 'c', ...claims }, { clientId: 'c' }, { issuer: ISSUER }, NOW);

describe('requestObjectProblem', () => {
  it.each([
    {},
    { iss: 'c' },
    { aud: ISSUER },
    { aud: [ISSUER] },
    { aud: ['https://other.example', ISSUER] },
    { sub: 'alice' },
    { exp: NOW + 60 },
    { exp: NOW - 9 },
    { exp: NOW + 1e9 },
    { iat: NOW - 1e6 },
    { iat: NOW + 10 },
    { nbf: NOW + 8 },
    { jti: 'j' },
    { jti: 'j'.repeat(255) },
  ])('accepts %j: what is not there is not asked for (OIDC Core §6.1, RFC 9101 §4)', (claims) => {
    expect(problem(claims)).toBeUndefined();
  });

  it.each([
    [{ iss: 'd' }, 'iss is not the client'],
    [{ iss: null }, 'iss is not the client'],
    [{ iss: ['c'] }, 'iss is not the client'],
    [{ aud: 'https://other.example' }, 'aud does not contain the issuer'],
    [{ aud: `${ISSUER}/` }, 'aud does not contain the issuer'],
    [{ aud: `${ISSUER}/oauth2/authorize` }, 'aud does not contain the issuer'],
    [{ aud: [] }, 'aud does not contain the issuer'],
    [{ aud: null }, 'aud does not contain the issuer'],
    [{ aud: { [ISSUER]: true } }, 'aud does not contain the issuer'],
    [{ exp: NOW - 10 }, 'exp is past'],
    [{ exp: 0 }, 'exp is past'],
    [{ exp: String(NOW + 60) }, 'exp is not a time'],
    [{ exp: null }, 'exp is not a time'],
    [{ iat: NOW + 61 }, 'iat or nbf is in the future'],
    [{ iat: NOW + 11 }, 'iat or nbf is in the future'],
    [{ iat: String(NOW) }, 'iat or nbf is in the future'],
    [{ nbf: NOW + 61 }, 'iat or nbf is in the future'],
    [{ nbf: null }, 'iat or nbf is in the future'],
    [{ jti: '' }, 'jti is empty or too long'],
    [{ jti: 7 }, 'jti is empty or too long'],
    [{ jti: 'j'.repeat(256) }, 'jti is empty or too long'],
  ])('refuses %j (RFC 9101 §4, RFC 7519 §4.1)', (claims, why) => {
    expect(problem(claims)).toBe(why);
  });

  it('refuses what could be shown as a client assertion (RFC 9101 §10.8)', () => {
    expect(problem({ iss: 'c', sub: 'c', aud: ISSUER })).toBe('sub is the client');
  });

  it.each([{ request: 'x' }, { request_uri: 'https://rp.example/r' }, { request: '' }, { request_uri: null }])(
    'refuses %j inside (RFC 9101 §4)',
    (claims) => {
      expect(problem(claims)).toBe('request or request_uri is inside');
    },
  );
});
