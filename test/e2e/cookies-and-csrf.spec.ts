import { describe, expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aClient, aSignInReadyToHappen, aUser } from '../support/given.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import { UserAgent } from '../support/user-agent.js';

onEveryDatabase('cookies and forms', (running) => {
  it('sets cookies that scripts cannot read, for the whole host, Lax', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    await new BareClient(running.service, client).signIn(browser, alice);
    expect(browser.cookies.all.map(({ name }) => name).sort()).toEqual(['gatehouse-browser', 'gatehouse-session']);
    for (const { line } of browser.cookies.all) {
      expect(line).toMatch(/; Path=\/(;|$)/);
      expect(line).toMatch(/; HttpOnly(;|$)/);
      expect(line).toMatch(/; SameSite=Lax(;|$)/);
      expect(line).not.toMatch(/; (Secure|Domain)/i);
    }
    expect(browser.cookies.find('gatehouse-session')?.line).not.toMatch(/Max-Age/i); // it ends with the browser
  });

  it('answers every page with the headers of a page that takes credentials', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const page = await browser.visit(bare.request().url);
    const consent = await signIn(browser, page, alice);
    const error = await browser.visit(running.service.url('/oauth2/authorize'));
    const logout = await browser.visit(running.service.url('/oauth2/logout'));
    const account = await browser.visit(running.service.url('/account'));
    for (const { headers, url } of [page, consent, error, logout, account]) {
      const policy = headers.get('content-security-policy') ?? '';
      for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]) {
        expect([url.pathname, policy]).toEqual([url.pathname, expect.stringContaining(rule)]);
      }
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  describe('a form is taken only from our own page, in the browser and for the request it was shown for (RFC 9700 §4.7)', () => {
    async function theSignInForm() {
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      const bare = new BareClient(running.service, client);
      const page = await browser.visit(bare.request().url);
      const { action, entries } = press(page.html, '#sign-in', { username: alice.username, password: alice.password });
      return { bare, alice, browser, page, url: new URL(action, page.url), entries };
    }

    const hasSignedIn = (browser: UserAgent) => browser.cookies.find('gatehouse-session') !== undefined;

    it.each([
      ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
      ['the Origin of another site', { origin: 'https://evil.example' }],
      ['the Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ])('refuses %s', async (_, headers) => {
      const { browser, url, entries } = await theSignInForm();
      const refused = await browser.post(url, entries, { headers });
      expect([refused.status, hasSignedIn(browser)]).toEqual([400, false]);
    });

    it('accepts a browser that says nothing of the origin, or null', async () => {
      for (const origin of ['null', undefined]) {
        const { browser, url, entries, alice } = await theSignInForm();
        const headers = { ...(origin === undefined ? {} : { origin }) };
        const next = await browser.post(url, entries, { site: 'none', headers });
        expect((await throughEveryPage(browser, next, alice)).answer).toHaveProperty('code');
      }
    });

    it('refuses a form without its token, with another one, or with that of another browser or request', async () => {
      const { browser, url, entries, bare } = await theSignInForm();
      const withToken = (token: string | undefined) => [
        ...entries.filter(([name]) => name !== 'csrf'),
        ...(token === undefined ? [] : [['csrf', token] as const]),
      ];
      const tokenIn = async (other: UserAgent) => {
        const form = press((await other.visit(bare.request().url)).html, '#sign-in', {});
        return form.entries.find(([name]) => name === 'csrf')?.[1];
      };
      const others = [undefined, '', 'x', 'a.b.c', await tokenIn(aBrowser(running.service)), await tokenIn(browser)];
      for (const token of others) {
        const refused = await browser.post(url, withToken(token));
        expect([token, refused.status, hasSignedIn(browser)]).toEqual([token, 400, false]);
      }
    });

    it('refuses a form that came from a page for somebody else’s browser, cookies or not', async () => {
      const { url, entries } = await theSignInForm();
      const other = aBrowser(running.service);
      expect((await other.post(url, entries)).status).toBe(400);
      expect(hasSignedIn(other)).toBe(false);
    });

    it('refuses a consent form after another user signed in in the same browser', async () => {
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      const bare = new BareClient(running.service, client);
      const consent = await signIn(browser, await browser.visit(bare.request().url), alice);
      const bob = await aUser(running.service);
      await signIn(browser, await browser.visit(bare.request({ prompt: 'login' }).url), bob);
      const refused = await browser.submit(consent, '#consent-allow');
      expect(refused.leftFor).toBeUndefined();
    });
  });

  it('answers a wrong password and an unknown name alike, with 422 and no cookie', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const attempt = async (username: string) => {
      const page = await browser.visit(bare.request().url);
      return browser.submit(page, '#sign-in', { username, password: 'not the right one' });
    };
    const [wrong, unknown] = [await attempt(alice.username), await attempt('nobody-at-all')];
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(422);
      expect(answer.html.find('form-error')?.attributes.get('role')).toBe('alert');
    }
    expect(unknown.html.text('#form-error')).toBe(wrong.html.text('#form-error'));
    expect(browser.cookies.find('gatehouse-session')).toBeUndefined();
  });

  it('names the support code of an error page, which the log knows', async () => {
    const page = await aBrowser(running.service).visit(running.service.url('/oauth2/authorize?client_id=nobody'));
    const code = page.html.text('#support-code') ?? '';
    expect(code).toBe(page.headers.get('x-request-id'));
    expect(
      running.service.logs.entries.some((entry) => entry['requestId'] === code && entry['error'] === 'invalid_client'),
    ).toBe(true);
  });
});

onEveryDatabase(
  'cookies of an https issuer behind a proxy',
  (running) => {
    it('carry the __Host- prefix and Secure: the issuer decides, not the connection', async () => {
      const client = await aClient(running.service);
      const alice = await aUser(running.service);
      const browser = new UserAgent(running.service.issuer, {
        connectTo: `http://127.0.0.1:${running.service.settings.server.port}`,
      });
      const page = await browser.visit(new BareClient(running.service, client).request().url);
      expect(page.headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
      const { leftFor } = await throughEveryPage(browser, page, alice);
      expect(leftFor?.searchParams.get('iss')).toBe('https://login.corp.test');
      expect(browser.cookies.all.map(({ name }) => name).sort()).toEqual([
        '__Host-gatehouse-browser',
        '__Host-gatehouse-session',
      ]);
      for (const { line } of browser.cookies.all) expect(line).toMatch(/; Secure(;|$)/);
    });
  },
  { env: { ISSUER: 'https://login.corp.test', SECRET_KEYS: Buffer.alloc(32, 7).toString('base64url') } },
);
