import { expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, anApi, aPublicClient, aSignInReadyToHappen, aUser } from '../support/given.js';

onEveryDatabase('the revocation endpoint', (running) => {
  async function aSignedInUser(wish: Parameters<typeof aSignInReadyToHappen>[1] = {}, scope = 'openid offline_access') {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, wish);
    const bare = new BareClient(running.service, client);
    return { bare, tokens: await bare.signIn(browser, alice, { scope }) };
  }

  it('ends the whole grant with a refresh token, at once (RFC 7009 §2.1)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const answer = await bare.revoke(tokens.refreshToken);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
  });

  it('ends the grant with a superseded refresh token too (RFC 7009 §2.1)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const rotated = await bare.refresh(tokens.refreshToken);
    await bare.revoke(tokens.refreshToken);
    expect((await bare.refresh(String(rotated.body['refresh_token']))).body['error']).toBe('invalid_grant');
  });

  it('ends an access token alone, at once (RFC 7009 §2.1)', async () => {
    const { bare, tokens } = await aSignedInUser();
    expect((await bare.revoke(tokens.accessToken)).status).toBe(200);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    const refreshed = await bare.refresh(tokens.refreshToken);
    expect(refreshed.status).toBe(200);
    expect((await bare.userinfo(String(refreshed.body['access_token']))).status).toBe(200);
  });

  it('ends opaque tokens and the tokens of clients themselves (RFC 7009 §2.1)', async () => {
    for (const accessTokenFormat of ['opaque', 'jwt'] as const) {
      const api = await anApi(running.service, { accessTokenFormat });
      const bare = new BareClient(running.service, await aMachine(running.service, api.scopes));
      const token = String((await bare.ownToken()).body['access_token']);
      expect((await bare.introspect(token)).body['active']).toBe(true);
      expect((await bare.revoke(token)).status).toBe(200);
      expect((await bare.introspect(token)).body).toEqual({ active: false });
    }
  });

  it.each(['access_token', 'refresh_token', 'nonsense'])(
    'takes the hint %s for no more than a hint (RFC 7009 §2.1)',
    async (hint) => {
      const { bare, tokens } = await aSignedInUser();
      await bare.revoke(tokens.accessToken, { token_type_hint: hint });
      await bare.revoke(tokens.refreshToken, { token_type_hint: hint });
      expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
      expect((await bare.refresh(tokens.refreshToken)).status).toBe(400);
    },
  );

  it('calls it done for what is unknown, expired or revoked already (RFC 7009 §2.2)', async () => {
    const { bare, tokens } = await aSignedInUser();
    await bare.revoke(tokens.refreshToken);
    running.service.clock.advance('11m');
    for (const token of [tokens.refreshToken, tokens.accessToken, tokens.idToken, 'nonsense', 'a.b.c']) {
      const answer = await bare.revoke(token);
      expect([answer.status, answer.text]).toEqual([200, '']);
    }
  });

  it('never ends what was issued to another client (RFC 7009 §2.1)', async () => {
    const { bare, tokens } = await aSignedInUser();
    const other = new BareClient(running.service, await aClient(running.service));
    for (const token of [tokens.refreshToken, tokens.accessToken]) {
      expect(await other.revoke(token)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    }
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
  });

  it('serves public clients by their client_id (RFC 7009 §2.1)', async () => {
    const bare = new BareClient(running.service, await aPublicClient(running.service));
    const tokens = await bare.signIn(aBrowser(running.service), await aUser(running.service));
    expect((await bare.revoke(tokens.refreshToken)).status).toBe(200);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
  });

  it('needs a token and a client, in the body (RFC 7009 §2.1)', async () => {
    const bare = new BareClient(running.service, await aClient(running.service));
    expect(await bare.call('/oauth2/revoke', {})).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(await bare.call('/oauth2/revoke?token=x', { token: 'x' })).toMatchObject({ status: 400 });
    const nobody = new BareClient(running.service, { ...bare.client, clientSecret: 'wrong' });
    expect(await nobody.revoke('x')).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});
