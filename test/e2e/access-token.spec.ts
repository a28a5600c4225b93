import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { answerOf, BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen, anApi } from '../support/given.js';

onEveryDatabase('JWT access tokens and ID tokens', (running) => {
  async function published(): Promise<JSONWebKeySet> {
    const { body } = await answerOf(await fetch(running.service.url('/oauth2/jwks')));
    return body as unknown as JSONWebKeySet;
  }

  async function aSignedInUser(wish: Parameters<typeof aSignInReadyToHappen>[1] = {}, scope = 'openid email') {
    const ready = await aSignInReadyToHappen(running.service, wish);
    const bare = new BareClient(running.service, ready.client);
    return { ...ready, bare, tokens: await bare.signIn(ready.browser, ready.alice, { scope }) };
  }

  it('carry the header and claims of RFC 9068 §2, verifiable with the published keys', async () => {
    const api = await anApi(running.service);
    const [read = ''] = api.scopes;
    const { client, alice, tokens } = await aSignedInUser({ scope: ['openid', ...api.scopes] }, `openid ${read}`);
    expect(decodeProtectedHeader(tokens.accessToken)).toEqual({
      typ: 'at+jwt',
      alg: 'ES256',
      kid: expect.any(String) as string,
    });
    const { payload } = await jwtVerify(tokens.accessToken, createLocalJWKSet(await published()), {
      issuer: running.service.issuer,
      audience: api.identifier,
      typ: 'at+jwt',
      currentDate: running.service.clock.now(),
    });
    const now = running.service.clock.epochSeconds();
    expect(payload).toMatchObject({
      sub: alice.id,
      client_id: client.clientId,
      aud: [api.identifier, running.service.url('/oauth2/userinfo')],
      iat: now,
      exp: now + 600,
      jti: expect.any(String) as string,
      scope: `openid ${read}`,
      auth_time: now,
      acr: '1',
      amr: ['pwd'],
    });
  });

  it('have a jti of their own each, and times in whole seconds (RFC 9068 §2.2, RFC 7519 §2)', async () => {
    const { bare, browser, alice, tokens } = await aSignedInUser();
    running.service.clock.advance('1500ms');
    const again = await bare.signIn(browser, alice);
    const [first, second] = [decodeJwt(tokens.accessToken), decodeJwt(again.accessToken)];
    expect(first.jti).not.toBe(second.jti);
    for (const time of [second.iat, second.exp, second['auth_time']]) expect(Number.isInteger(time)).toBe(true);
  });

  it('hold nothing personal, and no audience that is a client (RFC 9068 §5, §6)', async () => {
    const { alice, client, tokens } = await aSignedInUser({}, 'openid profile email phone address');
    const text = JSON.stringify(decodeJwt(tokens.accessToken));
    for (const value of [alice.username, alice.claims.email ?? '', 'Liddell', alice.password])
      expect(text).not.toContain(value);
    expect([decodeJwt(tokens.accessToken).aud].flat()).not.toContain(client.clientId);
  });

  it.each([
    ['RS256', 'SHA-256'],
    ['PS256', 'SHA-256'],
    ['ES256', 'SHA-256'],
    ['EdDSA', 'SHA-512'],
  ] as const)(
    'come with an ID token signed with %s where the client is registered so (OIDC Core §2)',
    async (alg, hash) => {
      const { client, alice, tokens } = await aSignedInUser({ idTokenSignedResponseAlg: alg });
      expect(decodeProtectedHeader(tokens.idToken)).toMatchObject({
        alg,
        typ: 'JWT',
        kid: expect.any(String) as string,
      });
      const { payload } = await jwtVerify(tokens.idToken, createLocalJWKSet(await published()), {
        issuer: running.service.issuer,
        audience: client.clientId,
        currentDate: running.service.clock.now(),
      });
      const digest = Buffer.from(await crypto.subtle.digest(hash, Buffer.from(tokens.accessToken)));
      expect(payload).toMatchObject({
        sub: alice.id,
        aud: client.clientId,
        nonce: tokens.nonce,
        at_hash: digest.subarray(0, digest.length / 2).toString('base64url'), // OIDC Core §3.1.3.6
        sid: expect.any(String) as string,
      });
      expect(payload).not.toHaveProperty('azp');
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
    },
  );

  it('live as long as the client record says', async () => {
    const { tokens } = await aSignedInUser({ accessTokenLifetime: 120, idTokenLifetime: 240 });
    expect(tokens.response.body['expires_in']).toBe(120);
    const lives = [tokens.accessToken, tokens.idToken].map((token) => {
      const { exp = 0, iat = 0 } = decodeJwt(token);
      return exp - iat;
    });
    expect(lives).toEqual([120, 240]);
  });

  it('of ours end when they are changed in any way', async () => {
    const { bare, tokens } = await aSignedInUser();
    const [head = '', payload = '', signature = ''] = tokens.accessToken.split('.');
    const reencoded = Buffer.from(JSON.stringify({ ...decodeJwt(tokens.accessToken) }, null, 1)).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(tokens.accessToken), alg: 'none' }));
    const loose = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const lastBits = signature.slice(0, -1) + loose.charAt(loose.indexOf(signature.slice(-1)) ^ 1);
    for (const changed of [
      [head, reencoded, signature],
      [unsigned.toString('base64url'), payload, ''],
      [head, payload, ''],
      [head, payload, `${signature}=`],
      [head, payload, lastBits],
      [head, payload, signature, ''],
      [` ${head}`, payload, signature],
    ]) {
      expect((await bare.introspect(changed.join('.'))).body).toEqual({ active: false });
    }
    expect((await bare.introspect(tokens.accessToken)).body['active']).toBe(true);
  });

  it('give no administrator’s right to a user who is none, whatever the client asks', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, {
      scope: ['openid', 'clients:read', 'users:write'],
    });
    const bare = new BareClient(running.service, client);
    const tokens = await bare.signIn(browser, alice, { scope: 'openid clients:read users:write' });
    expect(tokens.response.body['scope']).toBe('openid');
    expect((await bare.ask(browser, alice, { scope: 'clients:read' })).answer['error']).toBe('access_denied');
  });

  it('are made for members only, where the client record names groups', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    await running.service.app
      .get(ClientsService, { strict: false })
      .update(client.clientId, { allowedGroups: ['administrators'] });
    const { answer } = await new BareClient(running.service, client).ask(browser, alice);
    expect(answer['error']).toBe('access_denied');
  });
});
