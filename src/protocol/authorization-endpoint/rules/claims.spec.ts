import { describe, expect, it } from 'vitest';
import type { Client } from '#clients/index.js';
import type { ResponseType } from '#standards/oauth.js';
import { NO_CLAIMS, type ClaimsRequest, type RequestedClaim } from '../../claims/claims-request.js';
import { InvalidRequest, UnmetAuthenticationRequirements } from '../../errors/oauth-error.js';
import { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { requestedAcr } from './acr-values.js';
import { requestedClaims } from './claims.js';
import { refusal } from './refusal.spec-support.js';
import { wantedSubjects } from './subject.js';

const client = (changes: Partial<Client> = {}) =>
  ({
    clientId: 'c',
    scope: ['openid', 'profile', 'email', 'phone', 'address'],
    defaultAcrValues: [],
    ...changes,
  }) as unknown as Client;

const parameters = (values: Record<string, string>) => new OAuthParameters(Object.entries(values));
const read = (claims: unknown, responseType: ResponseType = 'code', who = client()) =>
  requestedClaims(
    parameters({ claims: typeof claims === 'string' ? claims : JSON.stringify(claims) }),
    who,
    responseType,
  );

describe('requestedClaims (OIDC Core §5.5)', () => {
  it('asks for nothing without the parameter', () => {
    expect(requestedClaims(parameters({}), client(), 'code')).toEqual(NO_CLAIMS);
    expect(read({})).toEqual(NO_CLAIMS);
  });

  it('reads null, essential, value and values (OIDC Core §5.5.1)', () => {
    const asked = {
      userinfo: { given_name: { essential: true }, nickname: null, email: {} },
      id_token: {
        auth_time: { essential: true },
        gender: { value: 'female' },
        acr: { values: ['phr', '1'], essential: false },
      },
    };
    const { userinfo, idToken } = read(asked);
    expect(userinfo).toHaveLength(3);
    expect(userinfo).toEqual(
      expect.arrayContaining([
        { name: 'given_name', essential: true },
        { name: 'nickname', essential: false },
        { name: 'email', essential: false },
      ]),
    );
    expect(idToken).toHaveLength(3);
    expect(idToken).toEqual(
      expect.arrayContaining([
        { name: 'auth_time', essential: true },
        { name: 'gender', essential: false, values: ['female'] },
        { name: 'acr', essential: false, values: ['phr', '1'] },
      ]),
    );
  });

  it.each([
    [{ id_token: { 'http://example.info/claims/groups': null, constructor: null, toString: { value: 1 } } }],
    [{ id_token: { verified_claims: [{ claims: {} }], 'name#ja-Kana-JP': 7, iss: null, aud: null } }],
    [{ purpose: 'x', client: [1], __proto__: { userinfo: 1 } }],
    ['{"__proto__":{"userinfo":{"email":null}}}'],
    ['{"userinfo":{"__proto__":{"email":null}}}'],
  ])('ignores claims and members that it does not know: %j', (asked) => {
    expect(read(asked)).toEqual(NO_CLAIMS);
  });

  it('ignores members of a claim that it does not know, and values that no claim can have', () => {
    const asked = { userinfo: { name: { purpose: 'x', values: [[[]], 1.5, null, { a: {} }, 'Alice', 1, true] } } };
    expect(read(asked).userinfo).toEqual([{ name: 'name', essential: false, values: ['Alice', 1, true] }]);
    const deep = `{"userinfo":{"name":{"value":${'['.repeat(8000)}${']'.repeat(8000)}}}}`;
    expect(read(deep).userinfo).toEqual([{ name: 'name', essential: false, values: [] }]);
  });

  it.each([
    ['', '{'],
    ['', 'null'],
    ['', '[]'],
    ['', '"userinfo"'],
    ['', '{"userinfo":{}} x'],
    ['a repeated member', '{"userinfo":{},"userinfo":{}}'],
    ['a repeated claim', '{"userinfo":{"name":null,"name":null}}'],
    ['a repeated claim in disguise', '{"userinfo":{"name":null,"n\\u0061me":null}}'],
    ['a repeated member of a claim', '{"userinfo":{"name":{"essential":true,"essential":false}}}'],
    ['', { userinfo: null }],
    ['', { userinfo: [] }],
    ['', { id_token: 'name' }],
    ['', { id_token: { name: true } }],
    ['', { id_token: { name: ['x'] } }],
    ['', { id_token: { name: 'x' } }],
    ['', { id_token: { name: { essential: 'true' } } }],
    ['', { id_token: { name: { essential: null } } }],
    ['', { id_token: { name: { values: 'x' } } }],
    ['', { id_token: { name: { values: [] } } }],
    ['', { id_token: { name: { value: 'x', values: ['x'] } } }],
    ['', { id_token: { sub: { value: 7 } } }],
    ['', { userinfo: { sub: { values: ['a', null] } } }],
  ])('refuses %s %j', (_what, asked) => {
    expect(refusal(() => read(asked))).toBeInstanceOf(InvalidRequest);
  });

  it('asks for no claim of a scope that the client may not have', () => {
    const asked = { userinfo: { email: null, phone_number: { essential: true } }, id_token: { acr: null } };
    const { userinfo, idToken } = read(asked, 'code', client({ scope: ['openid', 'email'] }));
    expect(userinfo.map(({ name }) => name)).toEqual(['email']);
    expect(idToken.map(({ name }) => name)).toEqual(['acr']);
  });

  it.each([
    ['code', 1],
    ['id_token token', 1],
    ['code id_token', 1],
    ['id_token', 0],
    ['none', 0],
  ] as const)('with response_type %s it reads %i claims for userinfo, which needs an access token', (type, count) => {
    const { userinfo, idToken } = read({ userinfo: { name: null }, id_token: { name: null } }, type);
    expect([userinfo.length, idToken.length]).toEqual([count, 1]);
  });
});

const claim = (name: string, values?: readonly unknown[], essential = false): RequestedClaim => ({
  name,
  essential,
  ...(values === undefined ? {} : { values }),
});
const inIdToken = (...idToken: RequestedClaim[]): ClaimsRequest => ({ userinfo: [], idToken });

describe('wantedSubjects (OIDC Core §3.1.2.2)', () => {
  it.each([
    [undefined, NO_CLAIMS, undefined],
    ['a', NO_CLAIMS, ['a']],
    [undefined, inIdToken(claim('sub')), undefined],
    [undefined, inIdToken(claim('sub', ['a'])), ['a']],
    [undefined, inIdToken(claim('sub', ['a', 'b'])), ['a', 'b']],
    [undefined, { userinfo: [claim('sub', ['b'])], idToken: [] }, ['b']],
    [undefined, { userinfo: [claim('sub', ['b', 'c'])], idToken: [claim('sub', ['a', 'b'])] }, ['b']],
    ['b', inIdToken(claim('sub', ['a', 'b'])), ['b']],
  ])('hint %s and claims %j: %j', (hinted, claims, expected) => {
    expect(wantedSubjects(hinted, claims)).toEqual(expected);
  });

  it('refuses a request that names different users', () => {
    const asked = inIdToken(claim('sub', ['b']));
    expect(refusal(() => wantedSubjects('a', asked))).toBeInstanceOf(InvalidRequest);
    const both = { userinfo: [claim('sub', ['a'])], idToken: [claim('sub', ['b'])] };
    expect(refusal(() => wantedSubjects(undefined, both))).toBeInstanceOf(InvalidRequest);
  });
});

describe('requestedAcr (OIDC Core §3.1.2.1, §5.5.1.1)', () => {
  const acr = (sent: string, claims = NO_CLAIMS, defaultAcrValues: string[] = []) =>
    requestedAcr(parameters({ acr_values: sent }), client({ defaultAcrValues }), claims);

  it.each([
    ['nothing', '', NO_CLAIMS, [], undefined],
    ['acr_values', ' 1  2 ', NO_CLAIMS, [], ['1', '2']],
    ['acr_values that nobody knows', 'urn:x loa3', NO_CLAIMS, [], undefined],
    ['acr_values that no sign-in here has', 'phrh', NO_CLAIMS, [], undefined],
    ['the values of the client (OIDC Registration §2)', '', NO_CLAIMS, ['1'], ['1']],
    ['acr_values rather than those of the client', '2 1', NO_CLAIMS, ['1'], ['2', '1']],
    ['the claim rather than acr_values', '2', inIdToken(claim('acr', ['1'])), [], ['1']],
    ['acr_values beside a claim without values', '1', inIdToken(claim('acr')), [], ['1']],
    ['a claim that no sign-in here has', '1', inIdToken(claim('acr', ['phrh'])), [], undefined],
  ] as const)('takes %s', (_what, sent, claims, defaults, expected) => {
    expect(acr(sent, claims, [...defaults])?.values).toEqual(expected);
  });

  it('tells a demand from a wish', () => {
    expect(acr('', inIdToken(claim('acr', ['1'], true)))).toEqual({ values: ['1'], essential: true });
    expect(acr('', inIdToken(claim('acr', ['1'])))?.essential).toBe(false);
  });

  it.each([[['phrh']], [['urn:x']], [[7]], [[]]])('refuses the demand for %j, which cannot be met', (values) => {
    const asked = inIdToken(claim('acr', values, true));
    expect(refusal(() => acr('1', asked))).toBeInstanceOf(UnmetAuthenticationRequirements);
  });

  it('demands nothing of userinfo, which is not about the sign-in', () => {
    expect(acr('', { idToken: [], userinfo: [claim('acr', ['phr'], true)] })).toBeUndefined();
  });
});
