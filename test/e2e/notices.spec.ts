import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { Transactions } from '#platform/database/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { UsersService } from '#users/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { linkIn, linkTo, mailsTo, mailTo } from '../support/mailbox.js';
import { RelyingParty } from '../support/relying-party.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const NEW = 'a new long walk by the river';

onEveryDatabase('what is done in an account is told by mail', (running) => {
  const emailOf = ({ claims }: GivenUser): string => claims.email ?? '';
  const users = (): UsersService => running.service.app.get(UsersService, { strict: false });
  const subjects = async (user: GivenUser): Promise<string[]> =>
    (await mailsTo(running.service, emailOf(user))).map(({ subject }) => subject);

  const enter = async (user: GivenUser, browser: UserAgent = aBrowser(running.service)): Promise<Visit> => {
    running.service.clock.advance('1s'); // so that the newest mail is that of this sign-in
    return signIn(browser, await browser.visit(running.service.url('/sign-in')), user);
  };

  const rescue = async (link: string): Promise<Visit> => {
    const browser = aBrowser(running.service);
    return browser.submit(await browser.visit(link), '#not-me');
  };

  let alice: GivenUser;

  beforeEach(async () => {
    alice = await aUser(running.service);
    await enter(alice);
  });

  it('a sign-in with a new browser, but not the very first, nor one with a known browser', async () => {
    expect(await subjects(alice)).toEqual([]);
    const browser = aBrowser(running.service, { 'user-agent': FIREFOX });
    await enter(alice, browser);
    const mail = await mailTo(running.service, emailOf(alice));
    expect(mail.subject).toBe('New sign-in to your Gatehouse account');
    expect(mail.text).toContain('Firefox on Linux');
    expect(mail.text).toContain('127.0.0.1');
    browser.cookies.forget('gatehouse-session');
    await enter(alice, browser);
    expect(await subjects(alice)).toHaveLength(1);
  });

  it('which a company can do without', async () => {
    const settings = running.service.app.get(CompanySettingsService, { strict: false });
    await settings.change({ noticeNewDevice: false });
    await enter(alice);
    await settings.change({}, { toDefault: ['noticeNewDevice'] });
    expect(await subjects(alice)).toEqual([]);
  });

  it('a changed password', async () => {
    await running.service.app.get(PasswordsService, { strict: false }).set(alice.id, NEW);
    expect(await subjects(alice)).toEqual(['Your password was changed']);
  });

  it('"that was not me" ends sessions and refresh tokens, takes the password away, and sends a link for a new one', async () => {
    const thief = aBrowser(running.service);
    const client = await aClient(running.service);
    const rp = await RelyingParty.of(running.service, client);
    const { tokens } = await rp.signIn(thief, alice, { scope: 'openid offline_access' });
    const refreshed = String((await rp.refresh(tokens.refresh_token ?? '')).refresh_token);
    const link = await linkTo(running.service, emailOf(alice));
    expect(new URL(link).pathname).toBe('/not-me');
    for (let time = 0; time < 3; time++) expect((await fetch(link)).status).toBe(200);
    expect((await thief.visit(running.service.url('/account'))).url.pathname).toBe('/account');
    running.service.clock.advance('1s');
    expect((await rescue(link)).html.has('#outcome-account-secured')).toBe(true);
    expect((await thief.visit(running.service.url('/account'))).url.pathname).toBe('/sign-in');
    await expect(rp.refresh(refreshed)).rejects.toThrow();
    expect((await enter(alice)).status).toBe(422);
    const reset = await mailTo(running.service, emailOf(alice));
    expect(reset.subject).toBe('Choose a new password');
    const browser = aBrowser(running.service);
    const done = await browser.submit(await browser.visit(linkIn(reset)), '#set-password', { password: NEW });
    expect(done.html.has('#outcome-password-set')).toBe(true);
    expect((await enter({ ...alice, password: NEW })).url.pathname).toBe('/account');
    expect((await aBrowser(running.service).visit(link)).status).toBe(400);
  });

  it('a link that was opened by nobody for a week counts no more', async () => {
    await enter(alice);
    const link = await linkTo(running.service, emailOf(alice));
    running.service.clock.advance('7d');
    expect((await aBrowser(running.service).visit(link)).status).toBe(400);
  });

  const changeAddress = async (to: string): Promise<Visit> => {
    const browser = aBrowser(running.service);
    await enter(alice, browser);
    const page = await browser.visit(running.service.url('/account/email'));
    running.service.clock.advance('1s');
    const asked = await browser.submit(page, '#change-email', { email: to });
    expect(asked.url.search).toBe('?done=asked');
    const link = await linkTo(running.service, to);
    running.service.clock.advance('1s');
    return browser.submit(await browser.visit(link), '#change-email');
  };

  it('another address, at the old one, whose reader can take it back and outranks later notices', async () => {
    const taken = `${uniqueName('thief')}@mail.example`;
    expect((await changeAddress(taken)).html.has('#outcome-email-changed')).toBe(true);
    expect((await users().find(alice.id))?.claims).toMatchObject({ email: taken, email_verified: true });
    const notice = await mailTo(running.service, emailOf(alice));
    expect(notice.subject).toBe('Your e-mail address was changed');
    running.service.clock.advance('1s');
    await enter(alice);
    const thiefs = await linkTo(running.service, taken);
    running.service.clock.advance('1s');
    expect((await rescue(linkIn(notice))).html.has('#outcome-account-secured')).toBe(true);
    expect((await users().find(alice.id))?.claims.email).toBe(emailOf(alice));
    expect((await mailTo(running.service, emailOf(alice))).subject).toBe('Choose a new password');
    expect((await aBrowser(running.service).visit(thiefs)).status).toBe(400);
  });

  it('another address, which is taken back also while whoever got in writes to the account', async () => {
    await changeAddress(`${uniqueName('thief')}@mail.example`);
    const notice = linkIn(await mailTo(running.service, emailOf(alice)));
    running.service.clock.advance('1s');
    const claims = { ...(await users().find(alice.id))?.claims, nickname: 'Mallory' };
    let written = (): void => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const theirs = running.service.app.get(Transactions, { strict: false }).run(async () => {
      await users().update(alice.id, { claims });
      written();
      await sleep(200); // by then the rescue has come to the account
    });
    await isWritten;
    const [page] = await Promise.all([rescue(notice), theirs]);
    expect(page.html.has('#outcome-account-secured')).toBe(true);
    expect((await users().find(alice.id))?.claims.email).toBe(emailOf(alice));
    expect((await mailTo(running.service, emailOf(alice))).subject).toBe('Choose a new password');
  });

  it("an address is the account's only once its link was used, and only if nobody else has it", async () => {
    const bob = await aUser(running.service);
    const browser = aBrowser(running.service);
    await enter(alice, browser);
    const page = await browser.visit(running.service.url('/account/email'));
    const answers = [];
    for (const email of [emailOf(bob), `${uniqueName('free')}@mail.example`]) {
      const asked = await browser.submit(page, '#change-email', { email });
      answers.push([asked.status, asked.html.words]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect((await mailTo(running.service, emailOf(bob))).subject).toBe('Your address is in use already');
    expect((await users().find(alice.id))?.claims.email).toBe(emailOf(alice));
    for (const email of ['', 'nobody', 'a@b@c']) {
      expect((await browser.submit(page, '#change-email', { email })).status).toBe(422);
    }
  });

  it('an address is changed only by whoever has just proven who they are', async () => {
    const browser = aBrowser(running.service);
    await enter(alice, browser);
    running.service.clock.advance('6m');
    const page = await browser.visit(running.service.url('/account/email'));
    const sent = await browser.submit(page, '#change-email', { email: `${uniqueName('x')}@mail.example` });
    expect(sent.url.pathname).toBe('/sign-in');
    expect(sent.url.searchParams.get('return_to')).toBe('/account/email');
  });

  it('an address is confirmed by the link that its page sends', async () => {
    const nora = await aUser(running.service, { claims: { email: `${uniqueName('nora')}@mail.example` } });
    const browser = aBrowser(running.service);
    await enter(nora, browser);
    const sent = await browser.submit(await browser.visit(running.service.url('/account/email')), '#send-link');
    expect(sent.url.search).toBe('?done=sent');
    const link = await linkTo(running.service, emailOf(nora));
    const elsewhere = aBrowser(running.service);
    const done = await elsewhere.submit(await elsewhere.visit(link), '#verify-email');
    expect(done.html.has('#outcome-email-confirmed')).toBe(true);
    expect((await users().find(nora.id))?.claims.email_verified).toBe(true);
    expect((await elsewhere.visit(link)).status).toBe(400);
  });
});
