import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { BareClient, encoded, post } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, anApi, aPublicClient, aSignInReadyToHappen, aUser } from '../support/given.js';

const INACTIVE = { status: 200, body: { active: false } };

onEveryDatabase('the introspection endpoint', (running) => {
  async function aSignedInUser(wish: Parameters<typeof aSignInReadyToHappen>[1] = {}, scope = 'openid email') {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, wish);
    const bare = new BareClient(running.service, client);
    return { bare, client, alice, tokens: await bare.signIn(browser, alice, { scope }) };
  }

  it('says of an access token what it says itself (RFC 7662 §2.2)', async () => {
    const { bare, client, alice, tokens } = await aSignedInUser();
    const answer = await bare.introspect(tokens.accessToken);
    const claims = decodeJwt(tokens.accessToken);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.body).toEqual({
      active: true,
      token_type: 'Bearer',
      scope: 'openid email',
      client_id: client.clientId,
      sub: alice.id,
      aud: running.service.url('/oauth2/userinfo'),
      iss: running.service.issuer,
      jti: claims.jti,
      iat: claims.iat,
      exp: claims.exp,
      auth_time: claims['auth_time'],
      acr: '1',
    });
  });

  it('says of a refresh token what belongs to it, to its owner only', async () => {
    const { bare, client, alice, tokens } = await aSignedInUser({}, 'openid offline_access');
    expect((await bare.introspect(tokens.refreshToken)).body).toMatchObject({
      active: true,
      client_id: client.clientId,
      sub: alice.id,
      scope: 'openid offline_access',
      exp: expect.any(Number) as number,
    });
    const other = new BareClient(running.service, await aClient(running.service));
    expect(await other.introspect(tokens.refreshToken)).toMatchObject(INACTIVE);
    await bare.refresh(tokens.refreshToken);
    expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
  });

  it.each(['access_token', 'refresh_token', 'nonsense'])(
    'takes the hint %s for no more than a hint (RFC 7662 §2.1)',
    async (hint) => {
      const { bare, tokens } = await aSignedInUser();
      for (const token of [tokens.accessToken, tokens.refreshToken]) {
        expect((await bare.introspect(token, { token_type_hint: hint })).body['active']).toBe(true);
      }
    },
  );

  it('tells a client nothing about the tokens of others (RFC 7662 §4)', async () => {
    const { tokens } = await aSignedInUser();
    const other = new BareClient(running.service, await aClient(running.service));
    const answer = await other.introspect(tokens.accessToken);
    expect(answer.body).toEqual({ active: false });
  });

  it('tells an API that is named as introspecting about the tokens made for it, and no others', async () => {
    const keeper = await aMachine(running.service, ['clients:read']);
    const api = await anApi(running.service, { introspectionClients: [keeper.clientId] });
    const { tokens, bare, alice } = await aSignedInUser(
      { scope: ['openid', ...api.scopes] },
      `openid ${api.scopes[0] ?? ''}`,
    );
    const asApi = new BareClient(running.service, keeper);
    expect((await asApi.introspect(tokens.accessToken)).body).toMatchObject({ active: true, sub: alice.id });
    expect(await asApi.introspect(tokens.refreshToken)).toMatchObject(INACTIVE);
    const forUserinfo = await bare.signIn(aBrowser(running.service), alice, { scope: 'openid' });
    expect(await asApi.introspect(forUserinfo.accessToken)).toMatchObject(INACTIVE);
  });

  it('sees opaque tokens as it sees signed ones', async () => {
    const api = await anApi(running.service, { accessTokenFormat: 'opaque' });
    const { bare, tokens, alice, client } = await aSignedInUser(
      { scope: ['openid', ...api.scopes] },
      `openid ${api.scopes[0] ?? ''}`,
    );
    expect(tokens.accessToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await bare.introspect(tokens.accessToken)).body).toMatchObject({
      active: true,
      sub: alice.id,
      client_id: client.clientId,
      aud: [api.identifier, running.service.url('/oauth2/userinfo')],
      exp: running.service.clock.epochSeconds() + 600,
    });
    running.service.clock.advance('10m');
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
  });

  it('calls inactive whatever is not a live token: codes, ID tokens, assertions, nonsense (RFC 7662 §2.2)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const { accessToken, idToken, code } = tokens;
    const changed = [accessToken.slice(0, -1), `${accessToken}A`, accessToken.replaceAll('.', '..'), `${accessToken}=`];
    for (const token of [idToken, code, 'x', 'a.b.c', '....', 'é', ' ', '%00'.repeat(9), ...changed]) {
      expect(await bare.introspect(token)).toMatchObject(INACTIVE);
    }
    running.service.clock.advance('10m');
    expect((await bare.introspect(accessToken)).body).toEqual({ active: false });
  });

  it('is not for public clients, nor for anonymous ones (RFC 7662 §2.1)', async () => {
    const bare = new BareClient(running.service, await aPublicClient(running.service));
    const tokens = await bare.signIn(aBrowser(running.service), await aUser(running.service));
    expect(await bare.introspect(tokens.accessToken)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const anonymous = await post(running.service, '/oauth2/introspect', encoded({ token: tokens.accessToken }));
    expect(anonymous).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('needs a token, in the body (RFC 7662 §2.1)', async () => {
    const bare = new BareClient(running.service, await aClient(running.service));
    expect(await bare.call('/oauth2/introspect', {})).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    const inUrl = await bare.call('/oauth2/introspect?token=abc', { token: 'abc' });
    expect(inUrl).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(await bare.call('/oauth2/introspect', { token: ['a', 'b'] })).toMatchObject({ status: 400 });
  });
});
