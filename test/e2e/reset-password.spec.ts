import { expect, it, vi } from 'vitest';
import { OutboxCourier } from '#platform/events/index.js';
import { UsersService } from '#users/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { answered, linkIn, linkTo, mailsTo, mailTo } from '../support/mailbox.js';
import { RelyingParty } from '../support/relying-party.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import { startService } from '../support/start-service.js';
import { StatementCount } from '../support/statement-count.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW = 'a new long walk by the river';

onEveryDatabase('choosing a new password by mail', (running) => {
  const emailOf = ({ claims }: GivenUser): string => claims.email ?? '';

  const ask = async (login: string, browser: UserAgent = aBrowser(running.service)): Promise<Visit> => {
    const signInPage = await browser.visit(running.service.url('/sign-in'));
    const path = signInPage.html.find('forgot-password')?.attributes.get('href') ?? '';
    return browser.submit(await browser.visit(new URL(path, running.service.issuer)), '#ask-reset', {
      username: login,
    });
  };

  const aLink = async (user: GivenUser): Promise<string> => {
    running.service.clock.advance('1s'); // so that the newest mail is the one that this asks for
    await ask(user.username);
    return linkTo(running.service, emailOf(user));
  };

  const expectGone = (page: Visit): void => {
    expect(page.status).toBe(400);
    expect(page.html.words).toContain('no longer works');
    expect(page.html.has('#set-password')).toBe(false);
  };

  const signsIn = async (user: GivenUser, password: string): Promise<boolean> => {
    const browser = aBrowser(running.service);
    const done = await signIn(browser, await browser.visit(running.service.url('/sign-in')), { ...user, password });
    return done.url.pathname === '/account';
  };

  it('goes from the sign-in page to the mail, the new password, and back to the sign-in', async () => {
    const alice = await aUser(running.service);
    const [browser, elsewhere] = [aBrowser(running.service), aBrowser(running.service)];
    await signIn(elsewhere, await elsewhere.visit(running.service.url('/sign-in')), alice);
    const asked = await ask(alice.username, browser);
    expect(asked.hops.map(({ status }) => status)).toEqual([303, 200]);
    expect(asked.html.has('#outcome-reset-asked')).toBe(true);
    const link = await linkTo(running.service, emailOf(alice));
    const page = await browser.visit(link);
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const done = await browser.submit(page, '#set-password', { password: NEW });
    expect(done.status).toBe(200);
    expect(done.html.has('#outcome-password-set')).toBe(true);
    expect(await signsIn(alice, alice.password)).toBe(false);
    expect(await signsIn(alice, NEW)).toBe(true);
    expect((await elsewhere.visit(running.service.url('/account'))).url.pathname).toBe('/sign-in');
  });

  it('ends refresh tokens (RFC 9700 §4.14)', async () => {
    const [client, alice] = [await aClient(running.service), await aUser(running.service)];
    const browser = aBrowser(running.service);
    const rp = await RelyingParty.of(running.service, client);
    const { tokens } = await rp.signIn(browser, alice, { scope: 'openid offline_access' });
    const refreshToken = String((await rp.refresh(tokens.refresh_token ?? '')).refresh_token);
    await browser.submit(await browser.visit(await aLink(alice)), '#set-password', { password: NEW });
    await expect(rp.refresh(refreshToken)).rejects.toThrow();
  });

  it('leads back to the application that waits for the sign-in', async () => {
    const [client, alice, browser] = [
      await aClient(running.service),
      await aUser(running.service),
      aBrowser(running.service),
    ];
    const waiting = await browser.visit(new BareClient(running.service, client).request().url);
    const path = waiting.html.find('forgot-password')?.attributes.get('href') ?? '';
    await browser.submit(await browser.visit(path), '#ask-reset', { username: alice.username });
    const link = await linkTo(running.service, emailOf(alice));
    const done = await browser.submit(await browser.visit(link), '#set-password', { password: NEW });
    const onward = done.html.find('onward')?.attributes.get('href') ?? '';
    expect(onward).toContain('interaction=');
    const back = await throughEveryPage(browser, await browser.visit(onward), { ...alice, password: NEW });
    expect(back.answer).toHaveProperty('code');
  });

  it("shows that the address is the user's, who has read the mail", async () => {
    const alice = await aUser(running.service);
    const browser = aBrowser(running.service);
    await browser.submit(await browser.visit(await aLink(alice)), '#set-password', { password: NEW });
    const users = running.service.app.get(UsersService, { strict: false });
    expect((await users.find(alice.id))?.claims.email_verified).toBe(true);
  });

  it('works once, and not at all after another one was used', async () => {
    const alice = await aUser(running.service);
    const [first, second] = [await aLink(alice), await aLink(alice)];
    expect(first).not.toBe(second);
    const browser = aBrowser(running.service);
    const held = await browser.visit(first);
    await browser.submit(await browser.visit(second), '#set-password', { password: NEW });
    expectGone(await browser.visit(second));
    expectGone(await browser.visit(first));
    expectGone(await browser.submit(held, '#set-password', { password: 'yet another long walk' }));
    expect(await signsIn(alice, NEW)).toBe(true);
  });

  it('is given to one of many who use it at the same moment', async () => {
    const alice = await aUser(running.service);
    const link = await aLink(alice);
    const forms = await Promise.all(
      Array.from({ length: 6 }, async (_, number) => {
        const browser = aBrowser(running.service);
        return { browser, page: await browser.visit(link), password: `long walk number ${number} of many` };
      }),
    );
    const ends = await Promise.all(
      forms.map(({ browser, page, password }) => browser.submit(page, '#set-password', { password })),
    );
    const winners = forms.filter((_, index) => ends[index]?.status === 200);
    expect(winners).toHaveLength(1);
    expect(await signsIn(alice, winners[0]?.password ?? '')).toBe(true);
  });

  it('ends after half an hour', async () => {
    const alice = await aUser(running.service);
    const link = await aLink(alice);
    running.service.clock.advance('29m 59s');
    expect((await aBrowser(running.service).visit(link)).status).toBe(200);
    running.service.clock.advance('1s');
    expectGone(await aBrowser(running.service).visit(link));
  });

  it.each([
    ['the address is another one', { claims: { email: 'other@mail.example' } }],
    ['the user is disabled', { status: 'disabled' }],
  ] as const)('ends when %s', async (_, changes) => {
    const alice = await aUser(running.service);
    const link = await aLink(alice);
    const users = running.service.app.get(UsersService, { strict: false });
    await users.update(
      alice.id,
      'claims' in changes ? { claims: { email: `${uniqueName('other')}@mail.example` } } : changes,
    );
    expectGone(await aBrowser(running.service).visit(link));
  });

  it('is not used up by whoever only looks, such as a program that opens links in mails', async () => {
    const alice = await aUser(running.service);
    const link = await aLink(alice);
    for (let time = 0; time < 3; time++) {
      expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
      expect((await fetch(link)).status).toBe(200);
    }
    const browser = aBrowser(running.service);
    const done = await browser.submit(await browser.visit(link), '#set-password', { password: NEW });
    expect(done.html.has('#outcome-password-set')).toBe(true);
  });

  it.each(['', 'short', 'password123', 'x'.repeat(129)])(
    'refuses a bad password and keeps the link: %j',
    async (password) => {
      const alice = await aUser(running.service);
      const [link, browser] = [await aLink(alice), aBrowser(running.service)];
      const refused = await browser.submit(await browser.visit(link), '#set-password', { password });
      expect(refused.status).toBe(422);
      expect(refused.html.find('form-error')?.attributes.get('role')).toBe('alert');
      expect((await browser.submit(refused, '#set-password', { password: NEW })).status).toBe(200);
    },
  );

  it('takes only its own form, from the browser it was shown to (RFC 9700 §4.7)', async () => {
    const alice = await aUser(running.service);
    const [link, browser] = [await aLink(alice), aBrowser(running.service)];
    const page = await browser.visit(link);
    const { action, entries } = press(page.html, '#set-password', { password: NEW });
    const url = new URL(action, page.url);
    for (const refused of [
      await aBrowser(running.service).post(url, entries),
      await browser.post(url, entries, { site: 'cross-site' }),
      await browser.post(
        url,
        entries.filter(([name]) => name !== 'csrf'),
      ),
      await browser.post(`/reset-password?token=${'A'.repeat(43)}`, entries),
    ]) {
      expect(refused.status).toBe(400);
    }
    expect(await signsIn(alice, alice.password)).toBe(true);
  });

  it('sends to the address that is stored, whatever was typed, and makes links of the issuer alone', async () => {
    const alice = await aUser(running.service);
    const browser = aBrowser(running.service, { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' });
    await ask(emailOf(alice).toUpperCase().replace('A', 'Ａ'), browser);
    const mail = await mailTo(running.service, emailOf(alice));
    expect(new URL(linkIn(mail)).origin).toBe(running.service.issuer);
    expect(`${mail.text}${mail.html}`).not.toContain('evil.example');
  });

  it('answers alike and does the same work, whether or not there is an account', async () => {
    const courier = running.service.app.get(OutboxCourier, { strict: false });
    const [alice, disabled] = [await aUser(running.service), await aUser(running.service, { status: 'disabled' })];
    const nobodys = await aUser(running.service, { claims: {} });
    await ask('warm-up');
    await answered(running.service);
    const later = vi.spyOn(courier, 'hurry').mockImplementation(() => undefined);
    const count = new StatementCount(running.service);
    const seen = [];
    for (const login of [alice.username, emailOf(alice), disabled.username, nobodys.username, 'nobody-at-all', '…']) {
      const browser = aBrowser(running.service);
      const page = await browser.visit(running.service.url('/reset-password'));
      const visits: Visit[] = [];
      const cost = await count.of(async () =>
        visits.push(await browser.submit(page, '#ask-reset', { username: login })),
      );
      const [done] = visits;
      seen.push({ ...cost, words: done?.html.words, hops: done?.hops.map(({ status }) => status) });
    }
    later.mockRestore();
    for (const each of seen) expect(each).toEqual(seen[0]);
    await courier.deliverDue(new AbortController().signal);
    expect(await mailsTo(running.service, emailOf(alice))).toHaveLength(2);
    expect(await mailsTo(running.service, emailOf(disabled))).toHaveLength(0);
  });

  it('bounds what strangers can cause: five mails an hour to a mailbox, in silence; then fifty requests from an address', async () => {
    const alice = await aUser(running.service);
    running.service.clock.advance('1h');
    for (let count = 0; count < 8; count++) expect((await ask(alice.username)).status).toBe(200);
    expect(await mailsTo(running.service, emailOf(alice))).toHaveLength(5);
    const browser = aBrowser(running.service);
    const page = await browser.visit(running.service.url('/reset-password'));
    let last = page;
    for (let count = 0; count < 60 && last.status !== 429; count++) {
      last = await browser.submit(page, '#ask-reset', { username: 'nobody' });
    }
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    running.service.clock.advance('1h');
    await ask(alice.username);
    expect(await mailsTo(running.service, emailOf(alice))).toHaveLength(6);
  });

  it('is in the language of the reader, page and mail, and never in the log', async () => {
    const alice = await aUser(running.service);
    const browser = aBrowser(running.service, { 'accept-language': 'zh-CN' });
    await ask(alice.username, browser);
    const mail = await mailTo(running.service, emailOf(alice));
    expect(mail.subject).toBe('设置新密码');
    expect((await browser.visit(linkIn(mail))).html.words).toContain('设置密码');
    const token = new URL(linkIn(mail)).searchParams.get('token') ?? '';
    const requests = running.service.logs.entries.filter(({ msg }) => msg === 'request');
    expect(JSON.stringify(requests)).not.toContain(token);
  });
});

it('is not offered where no mail can leave', async () => {
  const service = await startService({ env: { ISSUER: 'https://login.corp.test', SECRET_KEYS: 'b'.repeat(43) } });
  const local = `http://127.0.0.1:${service.settings.server.port}`;
  expect((await fetch(`${local}/reset-password`)).status).toBe(404);
  expect(await (await fetch(`${local}/sign-in`)).text()).not.toContain('forgot-password');
  await service.close();
});
