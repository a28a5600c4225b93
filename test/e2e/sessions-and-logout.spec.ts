import { decodeJwt, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aClient, aSignInReadyToHappen, aUser, type ClientWish } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';
import { signIn, signOut } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const GOODBYE = 'https://rp.example/goodbye';

onEveryDatabase('sessions and logout', (running) => {
  async function aSignedInUser(wish: ClientWish = {}) {
    const ready = await aSignInReadyToHappen(running.service, { postLogoutRedirectUris: [GOODBYE], ...wish });
    const bare = new BareClient(running.service, ready.client);
    return { ...ready, bare, tokens: await bare.signIn(ready.browser, ready.alice) };
  }

  const logout = (browser: UserAgent, parameters: Record<string, string>) =>
    browser.visit(running.service.url(`/oauth2/logout?${new URLSearchParams(parameters).toString()}`), {
      site: 'cross-site',
    });

  const isSignedIn = async (browser: UserAgent, bare: BareClient) =>
    (await browser.visit(bare.request({ prompt: 'none' }).url)).answer['error'] !== 'login_required';

  describe('a session', () => {
    it('gets a new cookie at each sign-in, so that nobody can plant one', async () => {
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      const bare = new BareClient(running.service, client);
      const { idToken } = await bare.signIn(browser, alice);
      const first = browser.cookies.find('gatehouse-session')?.value ?? '';
      const again = await bare.signIn(browser, alice, { prompt: 'login' });
      const second = browser.cookies.find('gatehouse-session')?.value ?? '';
      expect(first).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(second).not.toBe(first);
      expect(decodeJwt(again.idToken)['sid']).toBe(decodeJwt(idToken)['sid']);
      browser.cookies.overwrite('gatehouse-session', first);
      expect(await isSignedIn(browser, bare)).toBe(false);
    });

    it('is not the one that an attacker chose for the browser beforehand', async () => {
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      browser.cookies.take(new URL(running.service.issuer), [`gatehouse-session=${'x'.repeat(43)}; Path=/`]);
      await new BareClient(running.service, client).signIn(browser, alice);
      expect(browser.cookies.find('gatehouse-session')?.value).not.toBe('x'.repeat(43));
    });

    it('ends after 8 hours without use and after 7 days in any case', async () => {
      const { bare, browser } = await aSignedInUser();
      for (let hours = 0; hours < 7 * 24 - 7; hours += 7) {
        running.service.clock.advance('7h');
        expect(await isSignedIn(browser, bare)).toBe(true);
      }
      running.service.clock.advance('7h');
      expect(await isSignedIn(browser, bare)).toBe(false);
      const other = await aSignedInUser();
      running.service.clock.advance('8h');
      expect(await isSignedIn(other.browser, other.bare)).toBe(false);
    });

    it('is one for each browser, and ended in the account from another', async () => {
      const { bare, browser, alice, tokens } = await aSignedInUser();
      const elsewhere = aBrowser(running.service);
      const others = await bare.signIn(elsewhere, alice);
      expect(decodeJwt(others.idToken)['sid']).not.toBe(decodeJwt(tokens.idToken)['sid']);
      const page = await browser.visit(running.service.url('/account/sessions'));
      await browser.submit(page, 'action=end', { id: String(decodeJwt(others.idToken)['sid']) });
      expect(await isSignedIn(elsewhere, bare)).toBe(false);
      expect((await bare.userinfo(others.accessToken)).status).toBe(401);
      expect((await bare.refresh(others.refreshToken)).body['error']).toBe('invalid_grant');
      expect(await isSignedIn(browser, bare)).toBe(true);
      expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
    });

    it('is nobody else’s to end', async () => {
      const { bare, browser, tokens } = await aSignedInUser();
      const [bob, bobs] = [await aUser(running.service), aBrowser(running.service)];
      await bare.signIn(bobs, bob);
      await bare.signIn(aBrowser(running.service), bob);
      const page = await bobs.visit(running.service.url('/account/sessions'));
      const { action, entries } = press(page.html, 'action=end', {});
      const sid = String(decodeJwt(tokens.idToken)['sid']);
      await bobs.post(
        new URL(action, page.url),
        entries.map(([name, value]): [string, string] => [name, name === 'id' ? sid : value]),
      );
      expect(await isSignedIn(browser, bare)).toBe(true);
    });

    it('leads a user without one from the account to the sign-in and back', async () => {
      const { alice, browser } = await aSignInReadyToHappen(running.service);
      const page = await browser.visit(running.service.url('/account/sessions'));
      expect(page.html.has('#password')).toBe(true);
      const arrived = await signIn(browser, page, alice);
      expect([arrived.status, arrived.url.pathname]).toEqual([200, '/account/sessions']);
    });
  });

  describe('RP-initiated logout (OIDC RP-Initiated Logout)', () => {
    it('asks, ends the session, and returns with nothing but the state (§2, §3)', async () => {
      const { bare, browser, tokens } = await aSignedInUser();
      const state = 's'.repeat(128);
      const page = await logout(browser, { id_token_hint: tokens.idToken, post_logout_redirect_uri: GOODBYE, state });
      expect(page.html.has('#logout-confirm')).toBe(true);
      expect(await isSignedIn(browser, bare)).toBe(true);
      const { leftFor } = await browser.submit(page, '#logout-confirm');
      expect(leftFor?.href).toBe(`${GOODBYE}?state=${state}`);
      expect(browser.cookies.find('gatehouse-session')).toBeUndefined();
      expect(await isSignedIn(browser, bare)).toBe(false);
    });

    it('serves openid-client', async () => {
      const { client, browser, tokens } = await aSignedInUser();
      const rp = await RelyingParty.of(running.service, client);
      const url = rp.logoutUrl({ id_token_hint: tokens.idToken, post_logout_redirect_uri: GOODBYE });
      const { leftFor } = await browser.submit(await browser.visit(url), '#logout-confirm');
      expect(leftFor?.href).toBe(GOODBYE);
    });

    it('keeps the query of the address it returns to (§3)', async () => {
      const uri = `${GOODBYE}?from=here%20now`;
      const { browser, tokens } = await aSignedInUser({ postLogoutRedirectUris: [uri] });
      const page = await logout(browser, {
        id_token_hint: tokens.idToken,
        post_logout_redirect_uri: uri,
        state: 'a b&c',
      });
      expect((await browser.submit(page, '#logout-confirm')).leftFor?.href).toBe(`${uri}&state=a+b%26c`);
    });

    it('accepts a hint that has expired (§2)', async () => {
      const { browser, tokens } = await aSignedInUser();
      running.service.clock.advance('6h');
      const page = await logout(browser, { id_token_hint: tokens.idToken, post_logout_redirect_uri: GOODBYE });
      expect((await browser.submit(page, '#logout-confirm')).leftFor?.href).toBe(GOODBYE);
    });

    it('establishes the client by client_id and the confirmation of the user, too (§3)', async () => {
      const { browser, client } = await aSignedInUser();
      const page = await logout(browser, { client_id: client.clientId, post_logout_redirect_uri: GOODBYE });
      expect((await browser.submit(page, '#logout-confirm')).leftFor?.href).toBe(GOODBYE);
    });

    it.each([
      ['unregistered', 'https://evil.example/'],
      ['with a query', `${GOODBYE}?a=b`],
      ['with a slash more', `${GOODBYE}/`],
      ['in another case', 'https://rp.example/Goodbye'],
      ['a redirect URI of the sign-in', 'https://rp.example/callback'],
      ['a script', 'javascript:alert(1)'],
    ])('never returns to an address that is %s (§3)', async (_, uri) => {
      const { bare, browser, client, tokens } = await aSignedInUser();
      for (const who of [{ id_token_hint: tokens.idToken }, { client_id: client.clientId }]) {
        const refused = await logout(browser, { ...who, post_logout_redirect_uri: uri, state: 'x' });
        expect([refused.status, refused.leftFor]).toEqual([400, undefined]);
        expect(refused.html.text('#error-code')).toBe('invalid_request');
        expect(refused.html.text('#error-description')).toContain('post_logout_redirect_uri');
      }
      expect(await isSignedIn(browser, bare)).toBe(true);
    });

    it('never returns to an address of a client that nobody named (§3)', async () => {
      const { browser } = await aSignedInUser();
      const refused = await logout(browser, { post_logout_redirect_uri: GOODBYE, state: 'x' });
      expect([refused.status, refused.leftFor]).toEqual([400, undefined]);
    });

    it('refuses hints that are changed, unsigned, foreign, or of another client than named (§2, §4)', async () => {
      const { bare, browser, tokens } = await aSignedInUser();
      const other = await aClient(running.service, { postLogoutRedirectUris: [GOODBYE] });
      const claims = decodeJwt(tokens.idToken);
      const { privateKey } = await generateKeyPair('RS256');
      const foreign = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey);
      const hints: Record<string, string>[] = [
        { id_token_hint: new UnsecuredJWT(claims).encode() },
        { id_token_hint: foreign },
        { id_token_hint: `${tokens.idToken}A` },
        { id_token_hint: tokens.accessToken },
        { id_token_hint: 'nonsense' },
        { id_token_hint: tokens.idToken, client_id: other.clientId },
      ];
      for (const hint of hints) {
        const refused = await logout(browser, { ...hint, post_logout_redirect_uri: GOODBYE });
        expect([refused.status, refused.leftFor]).toEqual([400, undefined]);
        expect(refused.html.text('#error-description')).toContain('id_token_hint');
      }
      expect(await isSignedIn(browser, bare)).toBe(true);
    });

    it.each([[{}], [{ state: 'x' }]])(
      'ends on a page of ours without an address to return to: %o',
      async (parameters) => {
        const { bare, browser } = await aSignedInUser();
        const done = await signOut(browser, running.service, parameters);
        expect([done.status, done.leftFor]).toEqual([200, undefined]);
        expect(done.html.words).toContain('You have signed out');
        expect(await isSignedIn(browser, bare)).toBe(false);
      },
    );

    it('ends on a page of ours with a hint alone', async () => {
      const { browser, tokens } = await aSignedInUser();
      const done = await signOut(browser, running.service, { id_token_hint: tokens.idToken });
      expect(done.html.words).toContain('You have signed out');
    });

    it('changes nothing when the user cancels', async () => {
      const { bare, browser, tokens } = await aSignedInUser();
      const page = await logout(browser, { id_token_hint: tokens.idToken, post_logout_redirect_uri: GOODBYE });
      const stayed = await browser.submit(page, '#logout-cancel');
      expect([stayed.status, stayed.leftFor]).toEqual([200, undefined]);
      expect(await isSignedIn(browser, bare)).toBe(true);
    });

    it('is a friendly success without a session', async () => {
      const { tokens } = await aSignedInUser();
      const stranger = aBrowser(running.service);
      const plain = await stranger.visit(running.service.url('/oauth2/logout'));
      expect(plain.status).toBe(200);
      expect(plain.html.words).toContain('You have signed out');
      const hinted = await logout(stranger, {
        id_token_hint: tokens.idToken,
        post_logout_redirect_uri: GOODBYE,
        state: 'x',
      });
      expect(hinted.leftFor?.href).toBe(`${GOODBYE}?state=x`);
    });

    it('works by POST from the site of the client, whose form carries no cookies (§2)', async () => {
      const { bare, browser, tokens } = await aSignedInUser();
      const form = { id_token_hint: tokens.idToken, post_logout_redirect_uri: GOODBYE, state: 'x' };
      const page = await browser.post(running.service.url('/oauth2/logout'), form, { site: 'cross-site' });
      expect(page.hops[0]?.status).toBe(303);
      expect((await browser.submit(page, '#logout-confirm')).leftFor?.href).toBe(`${GOODBYE}?state=x`);
      expect(await isSignedIn(browser, bare)).toBe(false);
    });

    it('happens only by our own form, in this browser and session (RFC 9700 §4.7)', async () => {
      const { bare, browser, alice } = await aSignedInUser();
      const page = await logout(browser, {});
      const { action, entries } = press(page.html, '#logout-confirm', {});
      const url = new URL(action, page.url);
      const withoutToken = entries.filter(([name]) => name !== 'csrf');
      for (const attempt of [
        browser.post(url, withoutToken),
        browser.post(url, [...withoutToken, ['csrf', 'x.y.z']]),
        browser.post(url, entries, { headers: { 'sec-fetch-site': 'cross-site' } }),
        browser.post(url, entries, { headers: { origin: 'https://evil.example' } }),
      ]) {
        expect((await attempt).status).toBe(400);
      }
      expect(await isSignedIn(browser, bare)).toBe(true);
      const elsewhere = aBrowser(running.service);
      await bare.signIn(elsewhere, alice);
      expect((await elsewhere.post(url, entries)).status).toBe(400);
      expect(await isSignedIn(elsewhere, bare)).toBe(true);
    });

    it('revokes what was granted in the session, and nothing of other browsers', async () => {
      const { bare, browser, alice, tokens } = await aSignedInUser();
      const others = await bare.signIn(aBrowser(running.service), alice);
      await signOut(browser, running.service);
      expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
      expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
      expect((await bare.userinfo(others.accessToken)).status).toBe(200);
    });

    it('refuses repeated and malformed parameters on a page (RFC 6749 §3.1)', async () => {
      const { browser } = await aSignedInUser();
      for (const query of ['state=a&state=b', 'state=%ff', 'state=%zz', 'client_id=%00', 'client_id=nobody']) {
        const refused = await browser.visit(running.service.url(`/oauth2/logout?${query}`));
        expect([query, refused.status]).toEqual([query, 400]);
      }
    });
  });
});
