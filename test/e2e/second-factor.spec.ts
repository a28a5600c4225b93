import { expect, it } from 'vitest';
import { RememberedBrowsers } from '#authentication/index.js';
import { CompanySettingsService, type CompanySettings } from '#settings/index.js';
import { SessionsService, type Session } from '#sessions/index.js';
import { Authenticator, withAuthenticator, withMailCodes, withRecoveryCodes } from '../support/authenticator.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, type GivenUser } from '../support/given.js';
import { latestMail } from '../support/latest-mail.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

onEveryDatabase('a second factor', (running) => {
  const url = (path: string): string => running.service.url(path);
  const sessionsOf = ({ id }: GivenUser): Promise<Session[]> =>
    running.service.app.get(SessionsService, { strict: false }).listByUser(id);

  const company = async (changes: Partial<CompanySettings>): Promise<void> => {
    await running.service.app.get(CompanySettingsService, { strict: false }).change(changes);
  };

  /** Types the password; what the browser sees then. */
  const withPassword = async (user: GivenUser, browser = aBrowser(running.service), path = '/sign-in') => ({
    browser,
    page: await signIn(browser, await browser.visit(url(path)), user),
  });

  const answer = (browser: UserAgent, page: Visit, code: string, more = {}): Promise<Visit> =>
    browser.submit(page, '#verify', { code, ...more });

  it('is asked for after the password of whoever has an authenticator app, and the session says so (RFC 6238)', async () => {
    const user = await aUser(running.service);
    const app = await withAuthenticator(running.service, user);
    const { browser, page } = await withPassword(user, undefined, '/sign-in?return_to=/account/sessions');
    expect(page.url.pathname).toBe('/second-factor');
    expect(page.html.find('code')?.attributes.get('autocomplete')).toBe('one-time-code');
    expect(await sessionsOf(user)).toEqual([]);
    const end = await answer(browser, page, ` ${app.code().slice(0, 3)} ${app.code().slice(3)} `);
    expect(end.url.pathname).toBe('/account/sessions');
    expect(await sessionsOf(user)).toMatchObject([{ amr: ['pwd', 'otp', 'mfa'], acr: '2', factors: ['totp'] }]);
  });

  it('refuses wrong and empty codes and says so, and nobody is signed in', async () => {
    const user = await aUser(running.service);
    const app = await withAuthenticator(running.service, user);
    const { browser, page } = await withPassword(user);
    for (const code of ['', '000000', 'abc', app.code(5), app.code(-5)]) {
      const again = await answer(browser, page, code);
      expect([again.status, again.html.has('#form-error')]).toEqual([422, true]);
    }
    expect(await sessionsOf(user)).toEqual([]);
  });

  it('RFC 6238 §5.2: takes a code of the step before and after, each step once and none before it', async () => {
    const user = await aUser(running.service);
    const app = await withAuthenticator(running.service, user);
    const used = app.code(1);
    const first = await withPassword(user);
    expect((await answer(first.browser, first.page, used)).url.pathname).toBe('/account');
    const second = await withPassword(user);
    for (const code of [used, app.code()]) {
      expect((await answer(second.browser, second.page, code)).status).toBe(422);
    }
    running.service.clock.advance('60s');
    expect((await answer(second.browser, second.page, app.code())).url.pathname).toBe('/account');
  });

  it('lets five wrong codes through, then makes everybody wait who tries to get into the account', async () => {
    const user = await aUser(running.service);
    const app = await withAuthenticator(running.service, user);
    const { browser, page } = await withPassword(user);
    for (let tries = 0; tries < 5; tries++) expect((await answer(browser, page, '000000')).status).toBe(422);
    const refused = await answer(browser, page, app.code());
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    const elsewhere = await withPassword(user);
    expect((await answer(elsewhere.browser, elsewhere.page, app.code())).status).toBe(429);
    running.service.clock.advance('31s');
    expect((await answer(browser, page, app.code())).url.pathname).toBe('/account');
  });

  it('takes a recovery code, once, in any spelling, and says how many are left', async () => {
    const user = await aUser(running.service);
    await withAuthenticator(running.service, user);
    const [code = '', another = ''] = await withRecoveryCodes(running.service, user);
    const { browser, page } = await withPassword(user);
    const way = await browser.visit(url('/second-factor?way=recovery_codes'));
    expect(page.html.has('#way-recovery-codes')).toBe(true);
    expect((await answer(browser, way, code.toLowerCase().replaceAll('-', ' '))).url.pathname).toBe('/account');
    const again = await withPassword(user);
    const way2 = await again.browser.visit(url('/second-factor?way=recovery_codes'));
    expect((await answer(again.browser, way2, code)).status).toBe(422);
    expect((await latestMail(running.service, user, 'recovery code')).text).toContain('You have 9 left');
    const renewed = await withRecoveryCodes(running.service, user);
    expect((await answer(again.browser, way2, another)).status).toBe(422);
    expect((await answer(again.browser, way2, renewed[0] ?? '')).url.pathname).toBe('/account');
  });

  it('sends a code by mail to a verified address, masked for whoever has only the password', async () => {
    const user = await aUser(running.service);
    await withMailCodes(running.service, user);
    const { browser, page } = await withPassword(user);
    expect(page.html.words).toContain(`${user.username.slice(0, 2)}…@mail.example`);
    expect(page.html.words).not.toContain(user.claims.email);
    const sent = await browser.submit(page, '#send-code');
    const { text } = await latestMail(running.service, user, 'Your code');
    const code = /\b\d{6}\b/.exec(text)?.[0] ?? '';
    expect((await browser.submit(sent, '#send-code')).status).toBe(429);
    expect((await answer(browser, sent, code === '123456' ? '123457' : '123456')).status).toBe(422);
    const other = await withPassword(user);
    await other.browser.submit(other.page, '#send-code');
    const otherPage = await other.browser.visit(url('/second-factor'));
    expect((await answer(other.browser, otherPage, code)).status).toBe(422);
    expect((await answer(browser, sent, code)).url.pathname).toBe('/account');
    expect(await sessionsOf(user)).toMatchObject([{ acr: '2', factors: ['mail_code'] }]);
  });

  it('takes a code by mail for five minutes and five tries', async () => {
    const user = await aUser(running.service);
    await withMailCodes(running.service, user);
    const { browser, page } = await withPassword(user);
    const sent = await browser.submit(page, '#send-code');
    const code = /\b\d{6}\b/.exec((await latestMail(running.service, user, 'Your code')).text)?.[0] ?? '';
    running.service.clock.advance('301s');
    expect((await answer(browser, sent, code)).status).toBe(422);
  });

  it('is none by mail where the address is not verified', async () => {
    const user = await aUser(running.service, { claims: { email: 'someone-unverified@mail.example' } });
    await withMailCodes(running.service, user);
    expect((await withPassword(user)).page.url.pathname).toBe('/account');
  });

  it('is not asked for in a browser that was remembered, for as long as that holds; the session says what happened', async () => {
    const user = await aUser(running.service);
    const app = await withAuthenticator(running.service, user);
    const { browser, page } = await withPassword(user);
    await answer(browser, page, app.code(), { remember: 'yes' });
    await running.service.app.get(SessionsService, { strict: false }).endAll(user.id);
    expect((await withPassword(user, browser)).page.url.pathname).toBe('/account');
    expect(await sessionsOf(user)).toMatchObject([{ amr: ['pwd'], acr: '1', factors: ['remembered'] }]);
    expect((await withPassword(user)).page.url.pathname).toBe('/second-factor');
    await running.service.app.get(SessionsService, { strict: false }).endAll(user.id);
    const other = await aUser(running.service);
    await withAuthenticator(running.service, other);
    expect((await withPassword(other, browser)).page.url.pathname).toBe('/second-factor');
    await running.service.app.get(SessionsService, { strict: false }).endAll(user.id);
    running.service.clock.advance('30d');
    expect((await withPassword(user, browser)).page.url.pathname).toBe('/second-factor');
  });

  it('forgets remembered browsers when a factor changes, and never remembers where the company does not want it', async () => {
    const user = await aUser(running.service);
    const app = await withAuthenticator(running.service, user);
    const remembered = running.service.app.get(RememberedBrowsers, { strict: false });
    const first = await withPassword(user);
    await answer(first.browser, first.page, app.code(), { remember: 'yes' });
    expect(await remembered.listByUser(user.id)).toHaveLength(1);
    await withRecoveryCodes(running.service, user);
    expect(await remembered.listByUser(user.id)).toEqual([]);
    await company({ rememberBrowserDays: 0 });
    running.service.clock.advance('30s');
    const { page } = await withPassword(user);
    expect(page.html.source).not.toContain('name="remember"');
    await company({ rememberBrowserDays: 30 });
  });

  it('is set up during the sign-in where the company requires one and the user has none', async () => {
    await company({ secondFactor: 'required' });
    try {
      const user = await aUser(running.service);
      const { browser, page } = await withPassword(user);
      expect(page.url.pathname).toBe('/second-factor/enrol');
      expect(page.html.source).toContain('<svg role="img"');
      const app = new Authenticator(running.service, (page.html.text('#key') ?? '').replaceAll(' ', ''));
      const wrong = await browser.submit(page, '#add-app', { code: '000000' });
      expect([wrong.status, (wrong.html.text('#key') ?? '').replaceAll(' ', '')]).toEqual([422, app.seed]);
      const codes = await browser.submit(page, '#add-app', { code: app.code() });
      expect((codes.html.text('#recovery-codes') ?? '').match(/([0-9A-Z]{4}-){3}[0-9A-Z]{4}/g)).toHaveLength(10);
      expect(await sessionsOf(user)).toEqual([]);
      expect((await browser.submit(codes, '#continue')).url.pathname).toBe('/account');
      expect(await sessionsOf(user)).toMatchObject([{ acr: '2', factors: ['totp'] }]);
    } finally {
      await company({ secondFactor: 'optional' });
    }
  });

  it('is asked for by nobody where the company has switched it off', async () => {
    const user = await aUser(running.service);
    await withAuthenticator(running.service, user);
    await company({ secondFactor: 'off' });
    expect((await withPassword(user)).page.url.pathname).toBe('/account');
    await company({ secondFactor: 'optional' });
  });

  it('by mail is sent so often and not more, however many sign-ins ask for it; another way stays open', async () => {
    const user = await aUser(running.service);
    await withMailCodes(running.service, user);
    const [code = ''] = await withRecoveryCodes(running.service, user);
    const ask = async () => {
      const { browser, page } = await withPassword(user);
      return { browser, page: await browser.submit(page, '#send-code') };
    };
    for (let time = 0; time < 20; time++) expect((await ask()).page.status).toBe(200);
    const { browser, page } = await ask();
    expect([page.status, Number(page.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(page.html.words).toContain('Many codes were sent');
    const other = await browser.visit(url('/second-factor?way=recovery_codes'));
    expect((await answer(browser, other, code)).url.pathname).toBe('/account');
    running.service.clock.advance('1h');
    expect((await ask()).page.status).toBe(200);
  });
});
