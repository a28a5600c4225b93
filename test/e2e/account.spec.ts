import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { ADMINISTRATORS_GROUP } from '#users/index.js';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aClient, anApi, aSignInReadyToHappen, aUser, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const [ACCOUNT, APPLICATIONS, SESSIONS] = ['/account', '/account/applications', '/account/sessions'] as const;

onEveryDatabase('the account', (running) => {
  interface Story {
    readonly bare: BareClient;
    readonly alice: GivenUser;
    readonly browser: UserAgent;
    readonly tokens: SignedIn;
  }

  async function aSignedInUser(clientName = 'Travel Desk'): Promise<Story> {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { clientName });
    const bare = new BareClient(running.service, client);
    const tokens = await bare.signIn(browser, alice, { scope: 'openid email offline_access' });
    return { bare, alice, browser, tokens };
  }

  const idsOn = (page: Visit): string[] =>
    page.html.tags
      .filter(({ name, attributes }) => name === 'input' && attributes.get('name') === 'id')
      .map(({ attributes }) => attributes.get('value') ?? '');

  const isIn = async (browser: UserAgent): Promise<boolean> => (await browser.visit(ACCOUNT)).url.pathname === ACCOUNT;

  it('is where / leads to, after a sign-in that leads back', async () => {
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    const page = await browser.visit('/');
    expect(page.hops.map(({ url, status }) => [url.pathname, status])).toEqual([
      ['/', 303],
      ['/account', 303],
      ['/sign-in', 200],
    ]);
    expect(page.url.searchParams.get('return_to')).toBe('/account');
    const account = await signIn(browser, page, alice);
    expect([account.status, account.url.pathname]).toEqual([200, ACCOUNT]);
    for (const text of [alice.username, String(alice.claims.email), String(alice.claims.name)]) {
      expect(account.html.words).toContain(text);
    }
  });

  it.each([ACCOUNT, APPLICATIONS, SESSIONS, '/account/next-steps'])(
    'at %s asks strangers to sign in, by GET and POST',
    async (path) => {
      const stranger = aBrowser(running.service);
      const page = await stranger.visit(path);
      expect([page.url.pathname, page.url.searchParams.get('return_to')]).toEqual(['/sign-in', path]);
      if (path === ACCOUNT || path === '/account/next-steps') return;
      const posted = await stranger.post(path, { action: 'end-others', csrf: 'x' });
      expect(posted.url.pathname).toBe('/sign-in');
    },
  );

  it('points administrators to their documents, and nobody else', async () => {
    const [root, alice] = [
      await aUser(running.service, { groups: [ADMINISTRATORS_GROUP] }),
      await aUser(running.service),
    ];
    const seen: boolean[] = [];
    for (const user of [root, alice]) {
      const browser = aBrowser(running.service);
      const page = await signIn(browser, await browser.visit(ACCOUNT), user);
      seen.push(page.html.source.includes('/api/docs'));
    }
    expect(seen).toEqual([true, false]);
  });

  it('lists each application with what it may do and since when', async () => {
    const { bare, browser, alice } = await aSignedInUser('Travel <i>Desk</i>');
    const orders = await anApi(running.service);
    const shop = new BareClient(
      running.service,
      await aClient(running.service, { clientName: 'Web Shop', scope: ['openid', ...orders.scopes] }),
    );
    await shop.ask(
      browser,
      alice,
      { scope: `openid ${orders.scopes.join(' ')}` },
      { consent: { duration: 'days:30' } },
    );
    const page = await browser.visit(APPLICATIONS);
    expect(page.status).toBe(200);
    expect(page.html.words).toContain('Travel <i>Desk</i>');
    expect(page.html.source).not.toContain('<i>Desk');
    expect(page.html.words).toContain('Web Shop');
    for (const scope of orders.scopes) expect(page.html.words).toContain(`Use ${scope}`);
    expect(idsOn(page)).toHaveLength(2);
    expect((await browser.visit(ACCOUNT)).html.words).toMatch(/2 applications/);
    expect(bare.client.clientId).toBeTruthy();
  });

  it('marks what the company allowed', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, {
      firstParty: true,
      consent: 'skip',
    });
    await new BareClient(running.service, client).signIn(browser, alice);
    const page = await browser.visit(APPLICATIONS);
    expect(page.html.words).toMatch(/allowed by/i);
  });

  it('ends an application with immediate effect, and asks again the next time', async () => {
    const { bare, browser, alice, tokens } = await aSignedInUser();
    const other = new BareClient(running.service, await aClient(running.service, { clientName: 'Web Shop' }));
    running.service.clock.advance('1s'); // the list is in the order of time
    const kept = await other.signIn(browser, alice);
    const page = await browser.visit(APPLICATIONS);
    const [first = ''] = idsOn(page);
    const done = await browser.submit(page, 'action=withdraw', { id: first });
    expect(done.hops.map(({ status }) => status)).toEqual([303, 200]);
    expect(idsOn(done)).not.toContain(first);
    expect(done.html.words).toContain('Travel Desk Allowed on');
    expect(done.html.words).toContain('Web Shop');
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await other.userinfo(kept.accessToken)).status).toBe(200);
    expect(await isIn(browser)).toBe(true);
    const asked = await browser.visit(bare.request({ scope: 'openid email' }).url);
    expect(asked.html.has('#consent-allow')).toBe(true);
  });

  it('ends an application once; Back and a second click do no harm', async () => {
    const { browser } = await aSignedInUser();
    const page = await browser.visit(APPLICATIONS);
    await browser.submit(page, 'action=withdraw');
    const again = await browser.submit(page, 'action=withdraw');
    expect([again.status, again.url.pathname]).toEqual([200, APPLICATIONS]);
    expect(idsOn(again)).toEqual([]);
  });

  it('ends nothing of somebody else', async () => {
    const [story, others] = [await aSignedInUser(), await aSignedInUser()];
    const theirs = idsOn(await others.browser.visit(APPLICATIONS))[0] ?? '';
    const page = await story.browser.visit(APPLICATIONS);
    const { action, entries } = press(page.html, 'action=withdraw', {});
    const forged = entries.map(([name, value]): [string, string] => [name, name === 'id' ? theirs : value]);
    await story.browser.post(new URL(action, page.url), forged);
    expect((await others.bare.userinfo(others.tokens.accessToken)).status).toBe(200);
    expect(idsOn(await others.browser.visit(APPLICATIONS))).toEqual([theirs]);
  });

  it('lists the browsers that are signed in, and ends one of the others', async () => {
    const { bare, alice, browser, tokens } = await aSignedInUser();
    const elsewhere = aBrowser(running.service, {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    });
    const there = await bare.signIn(elsewhere, alice);
    const page = await browser.visit(SESSIONS);
    expect(page.html.words).toMatch(/Firefox/);
    expect(page.html.words).toContain('127.0.0.1');
    const sid = String(decodeJwt(there.idToken)['sid']);
    expect(idsOn(page)).toEqual([sid]); // the browser in use is signed out elsewhere
    const done = await browser.submit(page, 'action=end', { id: sid });
    expect(done.hops.map(({ status }) => status)).toEqual([303, 200]);
    expect([await isIn(browser), await isIn(elsewhere)]).toEqual([true, false]);
    expect((await bare.userinfo(there.accessToken)).status).toBe(401);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
  });

  it('ends all others at once', async () => {
    const { alice, browser } = await aSignedInUser();
    const others = [aBrowser(running.service), aBrowser(running.service), aBrowser(running.service)];
    for (const other of others) await signIn(other, await other.visit(ACCOUNT), alice);
    const strangers = await aSignedInUser();
    const done = await browser.submit(await browser.visit(SESSIONS), 'action=end-others');
    expect(idsOn(done)).toEqual([]);
    expect(await isIn(browser)).toBe(true);
    for (const other of others) expect(await isIn(other)).toBe(false);
    expect(await isIn(strangers.browser)).toBe(true);
  });

  it('shows nothing of a session that has run out', async () => {
    const { alice, browser } = await aSignedInUser();
    const elsewhere = aBrowser(running.service);
    await signIn(elsewhere, await elsewhere.visit(ACCOUNT), alice);
    expect(idsOn(await browser.visit(SESSIONS))).toHaveLength(1);
    running.service.clock.advance('7h');
    await browser.visit(SESSIONS);
    running.service.clock.advance('1h');
    expect(idsOn(await browser.visit(SESSIONS))).toEqual([]);
  });

  it.each([APPLICATIONS, SESSIONS])(
    'at %s takes only its own forms, of this very session (RFC 9700 §4.7)',
    async (path) => {
      const { alice, browser, bare, tokens } = await aSignedInUser();
      const elsewhere = aBrowser(running.service);
      await bare.signIn(elsewhere, alice);
      const button = path === SESSIONS ? 'action=end' : 'action=withdraw';
      const page = await browser.visit(path);
      const { action, entries } = press(page.html, button, {});
      const url = new URL(action, page.url);
      const without = entries.filter(([name]) => name !== 'csrf');
      const token = entries.find(([name]) => name === 'csrf')?.[1] ?? '';
      const other =
        press((await elsewhere.visit(path)).html, button, {}).entries.find(([name]) => name === 'csrf')?.[1] ?? '';
      const refusals = [
        await browser.post(url, entries, { headers: { 'sec-fetch-site': 'cross-site' } }),
        await browser.post(url, entries, { headers: { origin: 'https://elsewhere.example' } }),
        await browser.post(url, without),
        await browser.post(url, [...without, ['csrf', other]]),
        await browser.post(url, [...without, ['csrf', `${token}x`]]),
        await browser.post(path === SESSIONS ? APPLICATIONS : SESSIONS, entries),
      ];
      for (const [index, refused] of refusals.entries()) {
        expect(refused.status, `refusal ${index}`).toBe(400);
        expect(refused.html.text('#support-code')).toBe(refused.headers.get('x-request-id'));
      }
      // A form that another site posts carries no cookies, so it is a stranger's; nothing happens and no cookie is lost.
      const stranger = await browser.post(url, entries, { site: 'cross-site' });
      expect(stranger.hops.map(({ url: { pathname } }) => pathname)).toEqual([path, '/sign-in', path]);
      expect(await isIn(browser)).toBe(true);
      expect(await isIn(elsewhere)).toBe(true);
      expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
    },
  );

  it.each(['action=', 'action=delete', 'action=end', 'action=withdraw&id=', 'id=x', 'action=end&id=../x'])(
    'does nothing for a form that says %s',
    async (extra) => {
      const { browser, alice, bare, tokens } = await aSignedInUser();
      const elsewhere = aBrowser(running.service);
      await signIn(elsewhere, await elsewhere.visit(ACCOUNT), alice);
      for (const path of [APPLICATIONS, SESSIONS]) {
        const page = await browser.visit(path);
        const { action, entries } = press(page.html, path === SESSIONS ? 'action=end' : 'action=withdraw', {});
        const csrf = entries.filter(([name]) => name === 'csrf');
        const done = await browser.post(new URL(action, page.url), [...csrf, ...new URLSearchParams(extra)]);
        expect([done.status, done.url.pathname, done.url.search]).toEqual([200, path, '']);
      }
      expect([await isIn(browser), await isIn(elsewhere)]).toEqual([true, true]);
      expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
    },
  );

  it('says what was done once, and nothing because of an address', async () => {
    const { browser } = await aSignedInUser();
    const plain = await browser.visit(SESSIONS);
    const made = await browser.visit(`${SESSIONS}?done=%3Cscript%3E`);
    expect(made.html.words).toBe(plain.html.words);
  });

  it('is empty in kind words for a new user', async () => {
    const [alice, browser] = [await aUser(running.service, { claims: { locale: 'en' } }), aBrowser(running.service)];
    await signIn(browser, await browser.visit(ACCOUNT), alice);
    const page = await browser.visit(APPLICATIONS);
    expect(idsOn(page)).toEqual([]);
    expect(page.html.words).not.toMatch(/undefined|\bnull\b|NaN/);
  });

  it('may not be framed, kept or run scripts (RFC 9700 §4.16)', async () => {
    const { browser } = await aSignedInUser();
    for (const path of [ACCOUNT, APPLICATIONS, SESSIONS]) {
      const { headers, html } = await browser.visit(path);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(html.source).not.toMatch(/\son\w+="/);
    }
  });
});
