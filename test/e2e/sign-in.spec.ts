import { expect, it, vi } from 'vitest';
import { PasswordHasher } from '#platform/crypto/index.js';
import { SessionsService } from '#sessions/index.js';
import { UsersService } from '#users/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aClient, aSignInReadyToHappen, aUser, uniqueName } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

const langOf = ({ html }: Visit): string | undefined =>
  html.tags.find(({ name }) => name === 'html')?.attributes.get('lang');

/** A page without what differs from one showing to the next. */
const still = ({ html }: Visit, username: string): string =>
  html.source
    .replaceAll(/name="csrf" value="[^"]*"/g, '')
    .replaceAll(username, '<name>')
    .replaceAll(/nonce-[\w-]+|nonce="[^"]*"/g, '');

onEveryDatabase('the sign-in page', (running) => {
  const hasher = () => running.service.app.get(PasswordHasher, { strict: false });

  const attempt = async (username: string, password: string): Promise<Visit> => {
    const browser = aBrowser(running.service);
    return browser.submit(await browser.visit(running.service.url('/sign-in')), '#sign-in', { username, password });
  };

  /** Somebody whom an administrator made without a password. */
  const aUserWithoutPassword = async (): Promise<string> => {
    const username = uniqueName('no-password');
    await running.service.app.get(UsersService, { strict: false }).create({ username });
    return username;
  };

  it('has the ids that others depend on, and asks only for name and password', async () => {
    const page = await aBrowser(running.service).visit(running.service.url('/sign-in'));
    expect(page.status).toBe(200);
    const names = page.html.tags.filter(({ name }) => name === 'input').map(({ attributes }) => attributes.get('name'));
    expect([...names].sort()).toEqual(['csrf', 'password', 'username']);
    for (const id of ['username', 'password', 'sign-in']) expect(page.html.has(id)).toBe(true);
    expect(page.html.find('username')?.attributes.get('autocomplete')).toMatch(/username/);
    expect(page.html.find('password')?.attributes.get('autocomplete')).toBe('current-password');
    expect(page.html.find('sign-in')?.attributes.get('value')).toBe('sign-in');
    expect(page.html.has('#form-error')).toBe(false);
  });

  it('answers a wrong password, an unknown name, a disabled and a password-less user alike: status, text, work', async () => {
    const [alice, disabled, bare] = [
      await aUser(running.service),
      await aUser(running.service),
      await aUserWithoutPassword(),
    ];
    await running.service.app.get(UsersService, { strict: false }).update(disabled.id, { status: 'disabled' });
    const cases: (readonly [string, string])[] = [
      [alice.username, 'not the right one'],
      [`${alice.username}@mail.example`, 'not the right one'],
      [uniqueName('nobody'), 'not the right one'],
      [`${uniqueName('nobody')}@mail.example`, 'not the right one'],
      [disabled.username, 'not the right one'],
      [disabled.username, disabled.password],
      [bare, 'not the right one'],
    ];
    const seen: { page: string; work: number; headers: string[] }[] = [];
    for (const [username, password] of cases) {
      const [verify, dummy, hash] = [
        vi.spyOn(hasher(), 'verify'),
        vi.spyOn(hasher(), 'verifyDummy'),
        vi.spyOn(hasher(), 'hash'),
      ];
      hash.mockClear();
      const page = await attempt(username, password);
      const work = verify.mock.calls.length + dummy.mock.calls.length;
      for (const spy of [verify, dummy, hash]) spy.mockRestore();
      expect(page.status).toBe(422);
      expect(page.html.find('form-error')?.attributes.get('role')).toBe('alert');
      expect(page.html.find('username')?.attributes.get('value')).toBe(username);
      expect(page.html.find('password')?.attributes.get('value')).toBeUndefined();
      expect(page.html.words).not.toContain(password);
      const headers = [...page.headers.keys()].filter((name) => name !== 'date').sort();
      seen.push({ page: still(page, username), work, headers });
    }
    for (const one of seen) expect(one).toEqual(seen[0]);
    expect(seen[0]?.work).toBe(1);
  });

  it.each([
    ['', 'x'],
    ['x', ''],
    ['', ''],
    ['   ', 'x'],
  ])('says what is missing, with nothing counted or tried: %j, %j', async (username, password) => {
    const verify = vi.spyOn(hasher(), 'verifyDummy');
    const page = await attempt(username, password);
    expect(page.status).toBe(422);
    expect(page.html.has('#form-error')).toBe(true);
    expect(verify).not.toHaveBeenCalled();
    verify.mockRestore();
  });

  it('spends no work on a password that is too long to be one', async () => {
    const alice = await aUser(running.service);
    const [verify, dummy] = [vi.spyOn(hasher(), 'verify'), vi.spyOn(hasher(), 'verifyDummy')];
    for (const username of [alice.username, uniqueName('nobody')]) {
      expect((await attempt(username, 'x'.repeat(129))).status).toBe(422);
    }
    expect([verify.mock.calls.length, dummy.mock.calls.length]).toEqual([0, 0]);
    for (const spy of [verify, dummy]) spy.mockRestore();
  });

  it('takes name or address in any case, the accent typed either way, and the password to the letter', async () => {
    const username = uniqueName('Zoé');
    const zoe = await aUser(running.service, { username, claims: { email: `${uniqueName('zoe')}@mail.example` } });
    const typed = [
      username,
      username.toUpperCase(),
      username.normalize('NFD'),
      ` ${username}\t`,
      String(zoe.claims.email).toUpperCase(),
    ];
    for (const name of typed) expect((await attempt(name, zoe.password)).url.pathname, name).toBe('/account');
    for (const password of [zoe.password.toUpperCase(), ` ${zoe.password}`, `${zoe.password} `]) {
      expect((await attempt(username, password)).status).toBe(422);
    }
  });

  it('redirects with 303 after credentials, never with another status (RFC 9700 §4.12)', async () => {
    const alice = await aUser(running.service);
    expect((await attempt(alice.username, alice.password)).hops.map(({ status }) => status)).toEqual([303, 200]);
  });

  it('shows nothing to whoever is signed in already: they go on', async () => {
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    await signIn(browser, await browser.visit(running.service.url('/sign-in')), alice);
    const again = await browser.visit(running.service.url('/sign-in?return_to=%2Faccount%2Fsessions'));
    expect(again.url.pathname).toBe('/account/sessions');
  });

  it.each<readonly [string, string]>([
    ['/account/sessions', '/account/sessions'],
    ['/account?x=1', '/account?x=1'],
    ['/account#part', '/account'],
    ['/account/../account/sessions', '/account/sessions'],
    ['', '/account'],
    ['account', '/account'],
    ['//evil.example', '/account'],
    ['//evil.example/%2e%2e', '/account'],
    ['///evil.example', '/account'],
    ['/\\evil.example', '/account'],
    ['\\\\evil.example', '/account'],
    ['/\t/evil.example', '/account'],
    ['/\n/evil.example', '/account'],
    ['/..//evil.example', '/account'],
    ['/.//evil.example', '/account'],
    ['https://evil.example', '/account'],
    ['HTTPS:evil.example', '/account'],
    ['javascript:alert(1)', '/account'],
    ['data:text/html,x', '/account'],
    [' /account/sessions', '/account'],
    ['@evil.example', '/account'],
    [`/${'a'.repeat(2048)}`, '/account'],
  ])('with return_to %j leads to %s (RFC 9700 §4.11)', async (returnTo, target) => {
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    const page = await browser.visit(`/sign-in?${new URLSearchParams({ return_to: returnTo }).toString()}`);
    expect(page.html.has('#sign-in')).toBe(true);
    const done = await signIn(browser, page, alice);
    expect(done.leftFor).toBeUndefined();
    expect(done.url.href).toBe(running.service.url(target));
  });

  it('with return_to said twice leads to the account', async () => {
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    const page = await browser.visit('/sign-in?return_to=%2Faccount%2Fsessions&return_to=%2Faccount%2Fapplications');
    expect((await signIn(browser, page, alice)).url.pathname).toBe('/account');
  });

  it('keeps where it leads through wrong tries', async () => {
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    const page = await browser.visit('/sign-in?return_to=%2Faccount%2Fsessions');
    const wrong = await browser.submit(page, '#sign-in', { username: alice.username, password: 'wrong' });
    expect((await signIn(browser, wrong, alice)).url.pathname).toBe('/account/sessions');
  });

  it('sends access_denied when cancelled within a request, without judging the fields', async () => {
    const { client, browser } = await aSignInReadyToHappen(running.service);
    const sent = new BareClient(running.service, client).request();
    for (const filling of [{}, { username: '', password: '' }, { username: 'x', password: 'x'.repeat(500) }]) {
      const { answer, hops } = await browser.submit(await browser.visit(sent.url), '#cancel', filling);
      expect(answer).toMatchObject({ error: 'access_denied', state: sent.state, iss: running.service.issuer });
      expect(hops.map(({ status }) => status)).toEqual([303, 303]);
    }
    expect((await aBrowser(running.service).visit(running.service.url('/sign-in'))).html.has('#cancel')).toBe(false);
  });

  it('names the client, and uses login_hint for the name alone (OIDC Core §3.1.2.1)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, {
      clientName: 'Travel <b>Desk</b>',
    });
    const bare = new BareClient(running.service, client);
    const page = await browser.visit(bare.request({ login_hint: alice.username }).url);
    expect(page.html.words).toContain('Travel <b>Desk</b>');
    expect(page.html.source).not.toContain('<b>Desk');
    expect(page.html.find('username')?.attributes.get('value')).toBe(alice.username);
    const nasty = await browser.visit(bare.request({ login_hint: '"><script>alert(1)</script>' }).url);
    expect(nasty.html.source).not.toContain('<script>alert');
  });

  it('takes only its own form, shown to this browser (RFC 9700 §4.7)', async () => {
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    const page = await browser.visit('/sign-in');
    const { action, entries } = press(page.html, '#sign-in', { username: alice.username, password: alice.password });
    const url = new URL(action, page.url);
    const without = entries.filter(([name]) => name !== 'csrf');
    const account = await aBrowser(running.service).visit('/sign-in?return_to=%2F');
    const foreign = press(account.html, '#sign-in', {}).entries.find(([name]) => name === 'csrf') ?? ['csrf', ''];
    const refusals = [
      await browser.post(url, entries, { site: 'cross-site' }),
      await browser.post(url, entries, { headers: { 'sec-fetch-site': 'cross-site' } }),
      await browser.post(url, entries, { headers: { origin: 'https://elsewhere.example' } }),
      await browser.post(url, entries, { headers: { origin: `${running.service.issuer}0` } }),
      await browser.post(url, without),
      await browser.post(url, [...without, ['csrf', '']]),
      await browser.post(url, [...without, foreign]),
      await browser.post(url, [...entries, ['csrf', 'x']]),
      await browser.post(url, entries, { headers: { 'content-type': 'text/plain' } }),
      await aBrowser(running.service).post(url, entries),
    ];
    for (const [index, refused] of refusals.entries()) {
      expect(refused.status, `refusal ${index}`).toBe(400);
      expect(refused.html.text('#support-code')).toBe(refused.headers.get('x-request-id'));
    }
    expect(browser.cookies.find('gatehouse-session')).toBeUndefined();
    expect((await browser.visit('/account')).url.pathname).toBe('/sign-in');
    const accepted = await browser.post(url, entries, { headers: { origin: 'null', 'sec-fetch-site': 'same-origin' } });
    expect(accepted.url.pathname).toBe('/account');
  });

  it('reads the form as it came: a field said twice is no field', async () => {
    const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
    const page = await browser.visit('/sign-in');
    const { action, entries } = press(page.html, '#sign-in', { username: alice.username, password: alice.password });
    const twice = await browser.post(new URL(action, page.url), [...entries, ['username', 'mallory']]);
    expect(twice.status).toBe(422);
    const arrays = entries.map(([name, value]): [string, string] => [name === 'username' ? 'username[]' : name, value]);
    expect((await browser.post(new URL(action, page.url), arrays)).status).toBe(422);
  });

  it('notes when, how and from where somebody signed in', async () => {
    const [alice, browser] = [
      await aUser(running.service),
      aBrowser(running.service, { 'user-agent': `Test ${'x'.repeat(600)}` }),
    ];
    await signIn(browser, await browser.visit('/sign-in'), alice);
    const [session] = await running.service.app.get(SessionsService, { strict: false }).listByUser(alice.id);
    expect(session).toMatchObject({ userId: alice.id, amr: ['pwd'], acr: '1', address: '127.0.0.1' });
    expect(session?.userAgent?.length).toBe(255);
    expect(session?.authTime).toEqual(running.service.clock.now());
  });

  it('never writes a password to the log, right or wrong', async () => {
    const alice = await aUser(running.service);
    await attempt(alice.username, 'a wrong one, unmistakable');
    await attempt(alice.username, alice.password);
    for (const secret of ['unmistakable', alice.password]) expect(running.service.logs.text).not.toContain(secret);
  });

  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-Hans-CN,en;q=0.5', 'zh-CN'],
    ['en;q=0.1, zh-CN', 'zh-CN'],
    ['de-DE,de;q=0.9', 'en'],
    ['en-GB, zh-CN;q=0.9', 'en'],
    ['*', 'en'],
    ['zh-CN;q=0, en', 'en'],
    [';;;,,,q=1', 'en'],
  ])('speaks the language of the browser: %s is %s (RFC 9110 §12.5.4)', async (accepted, language) => {
    const page = await aBrowser(running.service, { 'accept-language': accepted }).visit('/sign-in');
    expect(langOf(page)).toBe(language);
    expect(page.html.text('#sign-in')).toBe(language === 'en' ? 'Sign in' : '登录');
  });

  it('puts ui_locales before the browser, and keeps it from page to page (OIDC Core §3.1.2.1)', async () => {
    const { client, alice } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const browser = aBrowser(running.service, { 'accept-language': 'en' });
    const page = await browser.visit(bare.request({ ui_locales: 'fr zh-CN en' }).url);
    expect(langOf(page)).toBe('zh-CN');
    const wrong = await browser.submit(page, '#sign-in', { username: alice.username, password: 'wrong' });
    expect([wrong.status, langOf(wrong)]).toEqual([422, 'zh-CN']);
    expect(wrong.html.words).toMatch(/\p{Script=Han}/u);
    const consent = await signIn(browser, wrong, alice);
    expect([consent.html.has('#consent-allow'), langOf(consent)]).toEqual([true, 'zh-CN']);
    expect(
      langOf(await aBrowser(running.service, { 'accept-language': 'en' }).visit('/sign-in?ui_locales=zh-CN')),
    ).toBe('zh-CN');
  });

  it('is that of the profile of the user before that of the browser, where the request says none', async () => {
    const alice = await aUser(running.service, { claims: { locale: 'zh-CN' } });
    const browser = aBrowser(running.service, { 'accept-language': 'en' });
    const account = await signIn(browser, await browser.visit('/sign-in'), alice);
    expect(langOf(account)).toBe('zh-CN');
    const client = await aClient(running.service);
    expect(langOf(await browser.visit(new BareClient(running.service, client).request().url))).toBe('zh-CN');
  });

  it('shows on every error page the code that the log has, in the language of the reader', async () => {
    const browser = aBrowser(running.service, { 'accept-language': 'zh-CN' });
    const client = await aClient(running.service);
    const other = aBrowser(running.service);
    const interaction = await other.visit(new BareClient(running.service, client).request().url);
    for (const path of [
      '/oauth2/authorize',
      '/oauth2/authorize?client_id=nobody',
      '/oauth2/authorize/00000000-0000-7000-8000-000000000000',
      interaction.url.pathname + interaction.url.search,
      '/consent?interaction=x',
      '/set-up?token=x',
      '/nowhere',
      '/oauth2/logout?id_token_hint=x',
    ]) {
      const page = await browser.visit(running.service.url(path));
      const code = page.headers.get('x-request-id') ?? '';
      expect(page.status, path).toBeGreaterThanOrEqual(400);
      expect(page.html.text('#support-code'), path).toBe(code);
      expect(langOf(page), path).toBe('zh-CN');
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
      expect(running.service.logs.text).toContain(code);
    }
  });

  it('lets a user whose account is gone sign in as another', async () => {
    const [alice, bob, browser] = [
      await aUser(running.service),
      await aUser(running.service),
      aBrowser(running.service),
    ];
    await signIn(browser, await browser.visit('/sign-in'), alice);
    await running.service.app.get(UsersService, { strict: false }).delete(alice.id);
    const page = await browser.visit('/account');
    expect(page.url.pathname).toBe('/sign-in');
    expect((await signIn(browser, page, bob)).html.words).toContain(bob.username);
  });
});
