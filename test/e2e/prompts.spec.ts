import { decodeJwt, SignJWT, generateKeyPair, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { UsersService } from '#users/index.js';
import { BareClient, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aSignInReadyToHappen, aUser, type ClientWish } from '../support/given.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';

onEveryDatabase('what the user is asked', (running) => {
  async function aSignedInUser(wish: ClientWish = {}) {
    const ready = await aSignInReadyToHappen(running.service, wish);
    const bare = new BareClient(running.service, ready.client);
    return { ...ready, bare, first: await bare.signIn(ready.browser, ready.alice) };
  }

  describe('prompt=none (OIDC Core §3.1.2.1, §3.1.2.6)', () => {
    it('answers a fresh browser login_required, with a long state and no page', async () => {
      const { client, browser } = await aSignInReadyToHappen(running.service);
      const state = 's'.repeat(128);
      const visit = await browser.visit(new BareClient(running.service, client).request({ prompt: 'none', state }).url);
      expect(visit.answer).toMatchObject({ error: 'login_required', state, iss: running.service.issuer });
      expect(visit.hops).toHaveLength(1);
    });

    it('succeeds in silence after a sign-in and consent, with the same sub and auth_time', async () => {
      const { bare, browser, alice, first } = await aSignedInUser();
      const silent = await bare.signIn(browser, alice, { prompt: 'none' });
      const [before, after] = [decodeJwt(first.idToken), decodeJwt(silent.idToken)];
      expect([after.sub, after['auth_time'], after['sid']]).toEqual([before.sub, before['auth_time'], before['sid']]);
    });

    it('answers consent_required for something new', async () => {
      const { bare, browser } = await aSignedInUser();
      const visit = await browser.visit(bare.request({ prompt: 'none', scope: 'openid email' }).url);
      expect(visit.answer['error']).toBe('consent_required');
    });

    it('answers consent_required to a client that always asks', async () => {
      const { bare, browser } = await aSignedInUser({ consent: 'always' });
      expect((await browser.visit(bare.request({ prompt: 'none' }).url)).answer['error']).toBe('consent_required');
    });

    it('is refused beside another value, and unknown values count for nothing', async () => {
      const { bare, browser } = await aSignedInUser();
      for (const prompt of ['none login', 'login none', 'none consent', 'none unknown']) {
        expect((await browser.visit(bare.request({ prompt }).url)).answer['error']).toBe('invalid_request');
      }
      expect((await browser.visit(bare.request({ prompt: 'unknown' }).url)).answer).toHaveProperty('code');
      expect((await browser.visit(bare.request({ prompt: ' none  none ' }).url)).answer).toHaveProperty('code');
    });
  });

  describe('prompt=login (OIDC Core §3.1.2.1)', () => {
    it('asks for the password again and yields a later auth_time, in the same session', async () => {
      const { bare, browser, alice, first } = await aSignedInUser();
      running.service.clock.advance('2m');
      const page = await browser.visit(bare.request({ prompt: 'login' }).url);
      expect(page.html.words).toContain('Sign in again');
      const again = await bare.signIn(browser, alice, { prompt: 'login' });
      const [before, after] = [decodeJwt(first.idToken), decodeJwt(again.idToken)];
      expect(after['auth_time']).toBe(Number(before['auth_time']) + 120);
      expect(after['sid']).toBe(before['sid']);
    });

    it('cannot be satisfied by taking the parameter away on the way back', async () => {
      const { bare, browser } = await aSignedInUser();
      const page = await browser.visit(bare.request({ prompt: 'login' }).url);
      const resumed = running.service.url(`/oauth2/authorize/${page.url.searchParams.get('interaction') ?? ''}`);
      const skipped = await browser.visit(`${resumed}?prompt=none`);
      expect(skipped.leftFor).toBeUndefined();
      expect(skipped.html.has('#password')).toBe(true);
    });

    it('is not satisfied by a sign-in elsewhere, before or meanwhile', async () => {
      const { bare, browser, alice } = await aSignedInUser();
      const waiting = await browser.visit(bare.request({ prompt: 'login' }).url);
      await bare.signIn(browser, alice, { prompt: 'login' });
      const resumed = running.service.url(`/oauth2/authorize/${waiting.url.searchParams.get('interaction') ?? ''}`);
      expect((await browser.visit(resumed)).html.has('#password')).toBe(true);
    });
  });

  describe('prompt=consent (OIDC Core §3.1.2.4)', () => {
    it('shows the page even if everything is remembered', async () => {
      const { bare, browser } = await aSignedInUser();
      const page = await browser.visit(bare.request({ prompt: 'consent' }).url);
      expect(page.html.has('#consent-allow')).toBe(true);
      expect((await browser.submit(page, '#consent-deny')).answer['error']).toBe('access_denied');
    });

    it('comes after the sign-in when both are asked', async () => {
      const { bare, browser, alice } = await aSignedInUser();
      const page = await browser.visit(bare.request({ prompt: 'login consent' }).url);
      const consent = await signIn(browser, page, alice);
      expect(consent.html.has('#consent-allow')).toBe(true);
      expect((await browser.submit(consent, '#consent-allow')).answer).toHaveProperty('code');
    });
  });

  describe('prompt=select_account (OIDC Core §3.1.2.1)', () => {
    it('offers the account in use, and going on with it needs no password', async () => {
      const { bare, browser, alice } = await aSignedInUser();
      const page = await browser.visit(bare.request({ prompt: 'select_account' }).url);
      expect(page.url.pathname).toBe('/select-account');
      expect(page.html.words).toContain(alice.username);
      const choice = page.html.tags.find(({ attributes }) => attributes.get('value') === 'current');
      expect(choice?.attributes.get('name')).toBe('account');
      const id = choice?.attributes.get('id') ?? '';
      expect((await browser.submit(page, `#${id}`)).answer).toHaveProperty('code');
    });

    it('leads to a sign-in with another account, whose session has a new sid', async () => {
      const { bare, browser, first } = await aSignedInUser();
      const bob = await aUser(running.service);
      const sent = bare.request({ prompt: 'select_account' });
      const page = await browser.visit(sent.url);
      const other = page.html.tags.find(({ attributes }) => attributes.get('value') === 'another');
      const form = await browser.submit(page, `#${other?.attributes.get('id') ?? ''}`);
      expect(form.html.has('#password')).toBe(true);
      const { answer } = await throughEveryPage(browser, form, bob);
      const { body } = await bare.redeem({ ...sent, code: answer['code'] ?? '' });
      const claims = decodeJwt(String(body['id_token']));
      expect(claims.sub).toBe(bob.id);
      expect(claims['sid']).not.toBe(decodeJwt(first.idToken)['sid']);
      expect((await bare.userinfo(first.accessToken)).status).toBe(401); // the session before it ended
    });
  });

  describe('max_age (OIDC Core §3.1.2.1)', () => {
    const asksForPassword = async (wish: Parameters, advance: string) => {
      const { bare, browser } = await aSignedInUser();
      running.service.clock.advance(advance);
      const visit = await browser.visit(bare.request(wish).url);
      return visit.leftFor === undefined && visit.html.has('#password');
    };

    it('asks for the password when the sign-in is older, and not before', async () => {
      expect(await asksForPassword({ max_age: '10000' }, '2s')).toBe(false);
      expect(await asksForPassword({ max_age: '1' }, '2s')).toBe(true);
      expect(await asksForPassword({ max_age: '0' }, '0s')).toBe(true);
    });

    it('puts auth_time into the ID token, the same one while nobody signs in again', async () => {
      const { bare, browser, alice } = await aSignedInUser();
      const [first, second] = [
        await bare.signIn(browser, alice, { max_age: '15000' }),
        await bare.signIn(browser, alice, { max_age: '10000' }),
      ];
      const times = [first, second].map(({ idToken }) => decodeJwt(idToken)['auth_time']);
      expect(times).toEqual([expect.any(Number), times[0]]);
    });

    it('is satisfied by the sign-in that it led to, be it 0', async () => {
      const { bare, browser, alice } = await aSignedInUser();
      running.service.clock.advance('5s');
      const { idToken } = await bare.signIn(browser, alice, { max_age: '0' });
      expect(decodeJwt(idToken)['auth_time']).toBe(running.service.clock.epochSeconds());
    });

    it('makes login_required of prompt=none when the sign-in is too old', async () => {
      const { bare, browser } = await aSignedInUser();
      running.service.clock.advance('1m');
      const visit = await browser.visit(bare.request({ max_age: '30', prompt: 'none' }).url);
      expect(visit.answer['error']).toBe('login_required');
    });

    it('comes from the client record when it is not sent (OIDC Registration §2)', async () => {
      const { bare, browser } = await aSignedInUser({ defaultMaxAge: 60 });
      running.service.clock.advance('61s');
      expect((await browser.visit(bare.request().url)).html.has('#password')).toBe(true);
      expect((await browser.visit(bare.request({ max_age: '3600' }).url)).leftFor).toBeDefined();
    });

    it.each(['-1', '1.5', 'x', '1e3', ' 1', '0x10', '99999999999999999999'])('refuses max_age=%s', async (max_age) => {
      const { bare, browser } = await aSignedInUser();
      expect((await browser.visit(bare.request({ max_age }).url)).answer['error']).toBe('invalid_request');
    });
  });

  describe('id_token_hint (OIDC Core §3.1.2.1)', () => {
    it('of the user who is signed in goes through in silence, expired or not', async () => {
      const { bare, browser, first } = await aSignedInUser();
      const hinted = { prompt: 'none', id_token_hint: first.idToken };
      expect((await browser.visit(bare.request(hinted).url)).answer).toHaveProperty('code');
      running.service.clock.advance('2h');
      expect((await browser.visit(bare.request(hinted).url)).answer).toHaveProperty('code');
    });

    it('of somebody else asks to switch, or is login_required with prompt=none', async () => {
      const { bare, browser, first } = await aSignedInUser();
      const bob = await aUser(running.service);
      const bobs = aBrowser(running.service);
      await bare.signIn(bobs, bob);
      const wish = { id_token_hint: first.idToken };
      expect((await bobs.visit(bare.request({ ...wish, prompt: 'none' }).url)).answer['error']).toBe('login_required');
      expect((await bobs.visit(bare.request(wish).url)).html.has('#password')).toBe(true);
      expect((await browser.visit(bare.request(wish).url)).answer).toHaveProperty('code');
    });

    it('is refused when it was changed, is unsigned, is foreign, or is for another client', async () => {
      const { bare, browser, alice, first } = await aSignedInUser();
      const other = new BareClient(running.service, await aClient(running.service));
      const othersToken = (await other.signIn(aBrowser(running.service), alice)).idToken;
      const claims = decodeJwt(first.idToken);
      const { privateKey } = await generateKeyPair('RS256');
      const foreign = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(privateKey);
      const [head = '', , tail = ''] = first.idToken.split('.');
      const changed = [head, Buffer.from(JSON.stringify({ ...claims, sub: 'x' })).toString('base64url'), tail].join(
        '.',
      );
      const unsigned = new UnsecuredJWT(claims).encode();
      for (const id_token_hint of [othersToken, foreign, changed, unsigned, first.accessToken, 'nonsense']) {
        const { answer } = await browser.visit(bare.request({ id_token_hint }).url);
        expect(answer['error']).toBe('invalid_request');
      }
    });
  });

  describe('login_hint (OIDC Core §3.1.2.1)', () => {
    it('fills in the name and does nothing else', async () => {
      const { client, browser, alice } = await aSignInReadyToHappen(running.service);
      const bare = new BareClient(running.service, client);
      for (const login_hint of [alice.username, 'nobody at all', '"><script>alert(1)</script>']) {
        const page = await browser.visit(bare.request({ login_hint }).url);
        expect(page.html.find('username')?.attributes.get('value')).toBe(login_hint);
        expect(page.html.source).not.toContain('<script>alert');
      }
    });

    it('never signs in or changes who is signed in', async () => {
      const { bare, browser, alice } = await aSignedInUser();
      const bob = await aUser(running.service);
      const { idToken } = await bare.signIn(browser, alice, { login_hint: bob.username });
      expect(decodeJwt(idToken).sub).toBe(alice.id);
    });
  });

  describe('ui_locales (OIDC Core §3.1.2.1)', () => {
    const languageOf = async (wish: Parameters, headers: Record<string, string> = {}) => {
      const browser = aBrowser(running.service, headers);
      const bare = new BareClient(running.service, await aClient(running.service));
      const { html, status } = await browser.visit(bare.request(wish).url);
      return [status, html.tags.find(({ name }) => name === 'html')?.attributes.get('lang')];
    };

    it('chooses the language of the pages, then the browser does', async () => {
      expect(await languageOf({ ui_locales: 'zh-CN' })).toEqual([200, 'zh-CN']);
      expect(await languageOf({ ui_locales: 'fr zh' })).toEqual([200, 'zh-CN']);
      expect(await languageOf({}, { 'accept-language': 'zh-CN,zh;q=0.9' })).toEqual([200, 'zh-CN']);
      expect(await languageOf({ ui_locales: 'en' }, { 'accept-language': 'zh-CN' })).toEqual([200, 'en']);
    });

    it.each(['se', 'tlh-Qaak', 'x', '!!!', '  '])('never makes an error of an unknown one: %s', async (ui_locales) => {
      expect(await languageOf({ ui_locales, claims_locales: ui_locales, display: 'page' })).toEqual([200, 'en']);
    });
  });

  it('ignores parameters that it does not know, display, claims_locales and unknown acr_values among them (RFC 6749 §3.1)', async () => {
    const { bare, browser } = await aSignedInUser();
    const wish = { extra: 'foobar', display: 'popup', acr_values: '1 2 urn:x', claims_locales: 'se' };
    expect((await browser.visit(bare.request(wish).url)).answer).toHaveProperty('code');
  });

  it('asks a user who was disabled meanwhile to sign in, and lets nobody in', async () => {
    const { bare, browser, alice } = await aSignedInUser();
    await running.service.app.get(UsersService, { strict: false }).update(alice.id, { status: 'disabled' });
    const page = await browser.visit(bare.request().url);
    expect(page.html.has('#password')).toBe(true);
    const refused = await signIn(browser, page, alice);
    expect(refused.status).toBe(422);
    expect(refused.html.has('#form-error')).toBe(true);
  });
});
