import { expect, it, vi } from 'vitest';
import { OutboxCourier } from '#platform/events/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { UsersService } from '#users/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName } from '../support/given.js';
import { answered, linkIn, linkTo, mailsTo, mailTo } from '../support/mailbox.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import { startService, type TestService } from '../support/start-service.js';
import { StatementCount } from '../support/statement-count.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const PASSWORD = 'the first long walk by the river';

const someone = (): string => `${uniqueName('new')}@corp.example`;

async function ask(service: TestService, email: string, browser: UserAgent = aBrowser(service)): Promise<Visit> {
  return browser.submit(await browser.visit(service.url('/sign-up')), '#sign-up', { email });
}

async function aLink(service: TestService, email: string): Promise<string> {
  service.clock.advance('1s'); // so that the newest mail is the one that this asks for
  await ask(service, email);
  return linkTo(service, email);
}

function userWith(service: TestService, email: string) {
  return service.app.get(UsersService, { strict: false }).findByLogin(email);
}

onEveryDatabase(
  'making an account by mail',
  (running) => {
    const expectGone = (page: Visit): void => {
      expect(page.status).toBe(400);
      expect(page.html.words).toContain('no longer works');
    };

    it('goes from the sign-in page to the mail, the account, and in', async () => {
      const [email, browser] = [someone(), aBrowser(running.service)];
      const path = (await browser.visit(running.service.url('/sign-in'))).html
        .find('sign-up-link')
        ?.attributes.get('href');
      const asked = await browser.submit(await browser.visit(path ?? ''), '#sign-up', { email });
      expect(asked.html.has('#outcome-sign-up-asked')).toBe(true);
      const page = await browser.visit(await linkTo(running.service, email));
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.html.words).toContain(email);
      const done = await browser.submit(page, '#create-account', { name: 'Nora Newman', password: PASSWORD });
      expect(done.url.pathname).toBe('/account');
      expect(done.html.words).toContain('Nora Newman');
      expect(await userWith(running.service, email)).toMatchObject({
        username: email,
        status: 'active',
        groups: [],
        claims: { email, email_verified: true, name: 'Nora Newman', locale: 'en' },
      });
      const again = aBrowser(running.service);
      const user = { id: '', username: email, password: PASSWORD, claims: {} };
      expect((await signIn(again, await again.visit(running.service.url('/sign-in')), user)).url.pathname).toBe(
        '/account',
      );
    });

    it('takes prompt=create to the sign-up, and the new user back to the application (OIDC Prompt-Create §4.1)', async () => {
      const discovery = await fetch(running.service.url('/.well-known/openid-configuration'));
      expect(((await discovery.json()) as { prompt_values_supported: string[] }).prompt_values_supported).toContain(
        'create',
      );
      const [client, email, browser] = [await aClient(running.service), someone(), aBrowser(running.service)];
      const request = new BareClient(running.service, client).request({ prompt: 'create' });
      const page = await browser.visit(request.url, { site: 'cross-site' });
      expect(page.url.pathname).toBe('/sign-up');
      await browser.submit(page, '#sign-up', { email });
      const form = await browser.visit(await linkTo(running.service, email));
      const made = await browser.submit(form, '#create-account', { name: 'Nora', password: PASSWORD });
      const user = { id: '', username: email, password: PASSWORD, claims: {} };
      const back = await throughEveryPage(browser, made, user);
      expect(back.answer).toMatchObject({ state: request.state });
      expect(back.answer).toHaveProperty('code');
    });

    it('makes one account with a link, however many use it at the same moment', async () => {
      const email = someone();
      const link = await aLink(running.service, email);
      const forms = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const browser = aBrowser(running.service);
          return { browser, page: await browser.visit(link) };
        }),
      );
      const ends = await Promise.all(
        forms.map(({ browser, page }) => browser.submit(page, '#create-account', { name: 'Nora', password: PASSWORD })),
      );
      expect(ends.filter(({ url }) => url.pathname === '/account')).toHaveLength(1);
      for (const end of ends.filter(({ url }) => url.pathname !== '/account')) expect([400, 409]).toContain(end.status);
      expectGone(await aBrowser(running.service).visit(link));
    });

    it('says that there is an account when another link has made it meanwhile', async () => {
      const email = someone();
      const [first, second] = [await aLink(running.service, email), await aLink(running.service, email)];
      const browser = aBrowser(running.service);
      await browser.submit(await browser.visit(first), '#create-account', { name: 'Nora', password: PASSWORD });
      const other = aBrowser(running.service);
      const refused = await other.submit(await other.visit(second), '#create-account', {
        name: 'N',
        password: PASSWORD,
      });
      expect(refused.status).toBe(409);
      expect(refused.html.has('#outcome-account-exists')).toBe(true);
    });

    it('ends after half an hour, and is not used up by whoever only looks', async () => {
      const link = await aLink(running.service, someone());
      for (let time = 0; time < 3; time++) expect((await fetch(link)).status).toBe(200);
      running.service.clock.advance('30m');
      expectGone(await aBrowser(running.service).visit(link));
    });

    it('keeps the link when what is filled in is refused', async () => {
      const [email, browser] = [someone(), aBrowser(running.service)];
      const page = await browser.visit(await aLink(running.service, email));
      for (const [filling, fault] of [
        [{ name: '', password: PASSWORD }, 'name-error'],
        [{ name: 'Nora', password: '' }, 'password-error'],
        [{ name: 'Nora', password: 'short' }, 'password-error'],
        [{ name: 'Nora', password: email }, 'password-error'],
        [{ name: 'x'.repeat(256), password: PASSWORD }, 'name-error'],
      ] as const) {
        const refused = await browser.submit(page, '#create-account', filling);
        expect(refused.status, JSON.stringify(filling)).toBe(422);
        expect(refused.html.has(`#${fault}`)).toBe(true);
        expect(refused.html.has('#form-error')).toBe(true);
      }
      const done = await browser.submit(page, '#create-account', { name: 'Nora', password: PASSWORD });
      expect(done.url.pathname).toBe('/account');
    });

    it('shows a name as text, whatever it is', async () => {
      const [email, browser] = [someone(), aBrowser(running.service)];
      const page = await browser.visit(await aLink(running.service, email));
      const name = '<script>alert(1)</script>';
      const done = await browser.submit(page, '#create-account', { name, password: PASSWORD });
      expect(done.html.tags.filter((tag) => tag.name === 'script')).toEqual([]);
      expect(done.html.words).toContain(name);
    });

    it.each([
      '',
      'nobody',
      'a@b@c.example',
      'a b@corp.example',
      'a@corp.example, b@corp.example',
      'a@corp.example\r\nBcc: b@corp.example',
    ])('refuses what is no address: %j', async (email) => {
      const refused = await ask(running.service, email);
      expect(refused.status).toBe(422);
      expect(refused.html.has('#form-error')).toBe(true);
    });

    it('tells the owner of an account by mail, and whoever asks nothing: same answer, same work', async () => {
      const courier = running.service.app.get(OutboxCourier, { strict: false });
      const [alice, disabled] = [await aUser(running.service), await aUser(running.service, { status: 'disabled' })];
      const fresh = someone();
      await ask(running.service, someone());
      await answered(running.service);
      const later = vi.spyOn(courier, 'hurry').mockImplementation(() => undefined);
      const count = new StatementCount(running.service);
      const seen = [];
      for (const email of [fresh, alice.claims.email, disabled.claims.email]) {
        const browser = aBrowser(running.service);
        const page = await browser.visit(running.service.url('/sign-up'));
        const visits: Visit[] = [];
        const cost = await count.of(async () =>
          visits.push(await browser.submit(page, '#sign-up', { email: email ?? '' })),
        );
        seen.push({ ...cost, words: visits[0]?.html.words, hops: visits[0]?.hops.map(({ status }) => status) });
      }
      later.mockRestore();
      for (const each of seen) expect(each).toEqual(seen[0]);
      await courier.deliverDue(new AbortController().signal);
      expect((await mailTo(running.service, fresh)).subject).toBe('Make your Gatehouse account');
      expect((await mailTo(running.service, alice.claims.email ?? '')).subject).toBe(
        'You already have a Gatehouse account',
      );
      expect(await mailsTo(running.service, disabled.claims.email ?? '')).toEqual([]);
    });

    it('writes to the address that is stored, not to one that only looks like it', async () => {
      const alice = await aUser(running.service);
      const typed = (alice.claims.email ?? '').replace('a', 'ａ');
      await ask(running.service, typed);
      expect(await mailsTo(running.service, typed)).toEqual([]);
      expect((await mailTo(running.service, alice.claims.email ?? '')).subject).toContain('already have');
    });

    it('asks for the terms of the company, and keeps which were accepted and when', async () => {
      const settings = running.service.app.get(CompanySettingsService, { strict: false });
      await settings.change({ termsVersion: '2026-11', termsUri: 'https://corp.example/terms' });
      const [email, browser] = [someone(), aBrowser(running.service)];
      const page = await browser.visit(await aLink(running.service, email));
      const refused = await browser.submit(page, '#create-account', { name: 'Nora', password: PASSWORD });
      expect(refused.status).toBe(422);
      expect(refused.html.has('#accept-terms-error')).toBe(true);
      const filling = { name: 'Nora', password: PASSWORD, accept_terms: ['yes'] };
      expect((await browser.submit(refused, '#create-account', filling)).url.pathname).toBe('/account');
      const made = await userWith(running.service, email);
      expect(made?.acceptedTerms).toEqual({ version: '2026-11', acceptedAt: running.service.clock.now() });
      await settings.change({}, { toDefault: ['termsVersion', 'termsUri'] });
    });

    it('is in the language of the reader, page and mail', async () => {
      const [email, browser] = [someone(), aBrowser(running.service, { 'accept-language': 'zh-CN' })];
      await ask(running.service, email, browser);
      const mail = await mailTo(running.service, email);
      expect(mail.subject).toBe('创建你的 Gatehouse 账号');
      expect((await browser.visit(linkIn(mail))).html.words).toContain('创建账号');
    });
  },
  { env: { SIGN_UP: 'open' } },
);

it('is for the domains of the company alone, decided by the address and again when the link is used', async () => {
  const service = await startService({ env: { SIGN_UP: 'corp.example,sub.corp.example' } });
  const refused = await ask(service, 'a@elsewhere.example');
  expect(refused.status).toBe(422);
  expect(refused.html.words).toContain('corp.example, sub.corp.example');
  const email = someone();
  const browser = aBrowser(service);
  const done = await browser.submit(await browser.visit(await aLink(service, email)), '#create-account', {
    name: 'Nora',
    password: PASSWORD,
  });
  expect(done.url.pathname).toBe('/account');
  await service.close();
});

it.each([
  ['SIGN_UP is off', {}],
  ['no mail can leave', { SIGN_UP: 'open', ISSUER: 'https://login.corp.test', SECRET_KEYS: 'c'.repeat(43) }],
])('is nowhere when %s', async (_, env) => {
  const service = await startService({ env });
  const local = `http://127.0.0.1:${service.settings.server.port}`;
  const page = await fetch(`${local}/sign-up`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(404);
  expect(await page.text()).toContain('outcome-sign-up-off');
  expect(
    (await fetch(`${local}/sign-up`, { method: 'POST', body: new URLSearchParams({ email: someone() }) })).status,
  ).toBe(404);
  expect(await (await fetch(`${local}/sign-in`)).text()).not.toContain('sign-up-link');
  const metadata = (await (await fetch(`${local}/.well-known/openid-configuration`)).json()) as {
    prompt_values_supported: string[];
  };
  expect(metadata.prompt_values_supported).not.toContain('create');
  await service.close();
});
