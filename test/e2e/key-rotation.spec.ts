import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { expect, it } from 'vitest';
import { KeyRing } from '#keys/index.js';
import { answerOf, BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen } from '../support/given.js';

onEveryDatabase('rotation of the signing keys', (running) => {
  const keyRing = () => running.service.app.get(KeyRing, { strict: false });

  async function published(): Promise<JSONWebKeySet> {
    const { body } = await answerOf(await fetch(running.service.url('/oauth2/jwks')));
    return body as unknown as JSONWebKeySet;
  }

  async function aSignedInUser() {
    const ready = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, ready.client);
    return {
      ...ready,
      bare,
      tokens: await bare.signIn(ready.browser, ready.alice, { scope: 'openid offline_access' }),
    };
  }

  const kid = (token: string) => decodeProtectedHeader(token).kid;

  /** What an API does with the keys it fetched at some time. */
  const isGood = async (token: string, keys: JSONWebKeySet): Promise<boolean> => {
    const options = { issuer: running.service.issuer, currentDate: running.service.clock.now() };
    return jwtVerify(token, createLocalJWKSet(keys), options).then(
      () => true,
      () => false,
    );
  };

  it('never makes a valid token fail, here or at an API that caches the keys (OIDC Core §10.1.1)', async () => {
    const { bare, browser, alice, tokens } = await aSignedInUser();
    const { clock } = running.service;
    let cache = { keys: await published(), at: clock.epochSeconds() };
    const before = kid(tokens.accessToken);
    await keyRing().rotate({});
    let live = [tokens];
    const signedBy = new Set<string | undefined>();
    for (let minute = 0; minute < 24; minute += 2) {
      const fresh = await bare.signIn(browser, alice);
      signedBy.add(kid(fresh.accessToken));
      live = [...live.slice(-4), fresh]; // none is older than its ten minutes
      if (clock.epochSeconds() - cache.at >= 300) cache = { keys: await published(), at: clock.epochSeconds() };
      for (const { accessToken, idToken } of live) {
        expect(await isGood(accessToken, cache.keys)).toBe(true);
        expect(await isGood(idToken, cache.keys)).toBe(true);
        expect((await bare.userinfo(accessToken)).status).toBe(200);
      }
      clock.advance('2m');
    }
    expect([...signedBy]).toEqual([before, expect.any(String)]);
    expect(signedBy.size).toBe(2);
  });

  it('publishes a new key before it signs with it, and withdraws the old one when nothing of it is left', async () => {
    const { bare, browser, alice, tokens } = await aSignedInUser();
    const { clock } = running.service;
    const views = await keyRing().rotate({ algorithm: 'ES256' });
    const next = views.find(({ algorithm, status }) => algorithm === 'ES256' && status === 'next')?.kid;
    const old = kid(tokens.accessToken);
    const kids = async () => (await published()).keys.map((key) => key.kid);
    expect(await kids()).toEqual(expect.arrayContaining([old, next]));
    clock.advance('5m');
    expect(kid((await bare.signIn(browser, alice)).accessToken)).toBe(old);
    clock.advance('1m');
    expect(kid((await bare.signIn(browser, alice)).accessToken)).toBe(next);
    clock.advance('1h');
    expect(await kids()).toContain(old);
    clock.advance('10m');
    expect(await kids()).not.toContain(old);
    expect(await kids()).toContain(next);
  });

  it('signs with the new key at once when told to, and the old tokens stay good', async () => {
    const { bare, browser, alice, tokens } = await aSignedInUser();
    await keyRing().rotate({ now: true });
    const fresh = await bare.signIn(browser, alice);
    expect(kid(fresh.accessToken)).not.toBe(kid(tokens.accessToken));
    expect(kid(fresh.idToken)).not.toBe(kid(tokens.idToken));
    const keys = await published();
    for (const { accessToken, idToken } of [tokens, fresh]) {
      expect(await isGood(accessToken, keys)).toBe(true);
      expect(await isGood(idToken, keys)).toBe(true);
      expect((await bare.userinfo(accessToken)).status).toBe(200);
    }
  });

  it('ends what a key has signed when the key is revoked, and refresh tokens go on', async () => {
    const { bare, tokens } = await aSignedInUser();
    await keyRing().rotate({ revoke: true });
    const keys = await published();
    expect(keys.keys.map((key) => key.kid)).not.toContain(kid(tokens.accessToken));
    expect(await isGood(tokens.accessToken, keys)).toBe(false);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    const refreshed = await bare.refresh(tokens.refreshToken);
    expect(refreshed.status).toBe(200);
    expect((await bare.userinfo(String(refreshed.body['access_token']))).status).toBe(200);
  });

  it('still knows at logout whose an expired ID token was (OIDC RP-Initiated Logout §2)', async () => {
    const { browser, tokens } = await aSignedInUser();
    await keyRing().rotate({ now: true });
    running.service.clock.advance('3h');
    const query = new URLSearchParams({ id_token_hint: tokens.idToken }).toString();
    const page = await browser.visit(running.service.url(`/oauth2/logout?${query}`));
    expect(page.status).toBe(200);
    expect(page.html.words).toContain('Travel Desk');
  });
});
