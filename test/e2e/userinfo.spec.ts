import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { answerOf, BareClient, encoded, post } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen, aUser, anApi } from '../support/given.js';

const EVERY_SCOPE = 'openid profile email address phone';

onEveryDatabase('the userinfo endpoint', (running) => {
  async function aToken(scope = EVERY_SCOPE) {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    return { bare, alice, ...(await bare.signIn(browser, alice, { scope })) };
  }

  const ask = async (init: RequestInit, query = '') =>
    answerOf(await fetch(running.service.url(`/oauth2/userinfo${query}`), init));

  it('releases every standard claim for its scope, with the right JSON types (OIDC Core §5.1, §5.4)', async () => {
    const { bare, alice, accessToken, idToken } = await aToken();
    const answer = await bare.userinfo(accessToken);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({ ...alice.claims, sub: alice.id, updated_at: expect.any(Number) as number });
    expect(decodeJwt(idToken).sub).toBe(answer.body['sub']);
  });

  it.each([
    ['openid', ['sub']],
    ['openid email', ['sub', 'email', 'email_verified']],
    ['openid phone', ['sub', 'phone_number', 'phone_number_verified']],
    ['openid address', ['sub', 'address']],
  ])('releases for %s only what belongs to it (OIDC Core §5.4)', async (scope, names) => {
    const { bare, accessToken } = await aToken(scope);
    expect(Object.keys((await bare.userinfo(accessToken)).body).sort()).toEqual([...names].sort());
  });

  it('keeps the claims of scopes out of the ID token (OIDC Core §5.4)', async () => {
    const { idToken } = await aToken();
    expect(Object.keys(decodeJwt(idToken)).sort()).toEqual(
      ['acr', 'amr', 'at_hash', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'].sort(),
    );
  });

  it('leaves out what is not known, rather than null or empty (OIDC Core §5.3.2)', async () => {
    const { client, browser } = await aSignInReadyToHappen(running.service);
    const user = await aUser(running.service, { claims: {} });
    const bare = new BareClient(running.service, client);
    const { accessToken } = await bare.signIn(browser, user, { scope: EVERY_SCOPE });
    expect((await bare.userinfo(accessToken)).body).toEqual({
      sub: user.id,
      preferred_username: user.username,
      updated_at: expect.any(Number) as number,
    });
  });

  it('answers GET and POST, the token in the header or the form (OIDC Core §5.3.1, RFC 6750 §2)', async () => {
    const { accessToken, alice } = await aToken();
    const authorization = `Bearer ${accessToken}`;
    const byPost = await ask({ method: 'POST', headers: { authorization } });
    expect(byPost).toMatchObject({ status: 200, body: { sub: alice.id } });
    const inBody = await post(running.service, '/oauth2/userinfo', encoded({ access_token: accessToken }));
    expect(inBody).toMatchObject({ status: 200, body: { sub: alice.id } });
    const lower = await ask({ headers: { authorization: `bEARER ${accessToken}` } });
    expect(lower.status).toBe(200);
  });

  it('challenges a request without credentials, and names no error (RFC 6750 §3)', async () => {
    for (const init of [{}, { method: 'POST' }, { headers: { authorization: 'Basic YTpi' } }]) {
      const answer = await ask(init);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+"$/);
      expect(answer.body).not.toHaveProperty('error');
    }
  });

  it.each([
    ['nothing like one', () => 'nonsense'],
    ['cut short', (token: string) => token.slice(0, -1)],
    ['made longer', (token: string) => `${token}A`],
    ['with its signature taken off', (token: string) => token.slice(0, token.lastIndexOf('.') + 1)],
    ['in another case', (token: string) => token.toUpperCase()],
  ])('refuses a token that is %s (RFC 6750 §3.1)', async (_, change) => {
    const { bare, accessToken } = await aToken('openid');
    const answer = await bare.userinfo(change(accessToken));
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+", error="invalid_token"/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('refuses an expired token (RFC 6750 §3.1)', async () => {
    const { bare, accessToken } = await aToken('openid');
    running.service.clock.advance('9m 59s');
    expect((await bare.userinfo(accessToken)).status).toBe(200);
    running.service.clock.advance('1s');
    expect((await bare.userinfo(accessToken)).status).toBe(401);
  });

  it('refuses an ID token, a refresh token and a code in the place of an access token (RFC 9068 §4, RFC 8725 §3.11)', async () => {
    const { bare, idToken, refreshToken, code } = await aToken('openid');
    for (const token of [idToken, refreshToken, code]) expect((await bare.userinfo(token)).status).toBe(401);
  });

  it('refuses a token in the URL, and one that is sent twice (RFC 6750 §2, RFC 9700 §4.3.2)', async () => {
    const { accessToken } = await aToken('openid');
    const authorization = `Bearer ${accessToken}`;
    const inQuery = await ask({}, `?access_token=${accessToken}`);
    expect(inQuery).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect((await ask({ headers: { authorization } }, `?access_token=${accessToken}`)).status).toBe(400);
    const twice = await post(running.service, '/oauth2/userinfo', encoded({ access_token: accessToken }), {
      authorization,
    });
    expect(twice).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it.each(['Bearer', 'Bearer ', 'Bearer a b', 'Bearer ä', 'Bearer a,b'])(
    'calls the header "%s" malformed (RFC 6750 §3.1)',
    async (authorization) => {
      const answer = await ask({ headers: { authorization: Buffer.from(authorization).toString('latin1') } });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    },
  );

  it('needs openid and itself among the audiences (RFC 8707 §2.2)', async () => {
    const api = await anApi(running.service);
    const [read = ''] = api.scopes;
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, {
      scope: ['openid', 'email', ...api.scopes],
    });
    const bare = new BareClient(running.service, client);
    const both = await bare.signIn(browser, alice, { scope: `openid ${read}` });
    expect(decodeJwt(both.accessToken).aud).toEqual([api.identifier, running.service.url('/oauth2/userinfo')]);
    expect((await bare.userinfo(both.accessToken)).status).toBe(200);
    const onlyApi = await bare.signIn(browser, alice, { scope: read });
    expect(decodeJwt(onlyApi.accessToken).aud).toBe(api.identifier);
    expect((await bare.userinfo(onlyApi.accessToken)).status).toBe(401);
    const withoutOpenid = await bare.signIn(browser, alice, { scope: 'email' });
    const refused = await bare.userinfo(withoutOpenid.accessToken);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="openid"/);
  });
});
