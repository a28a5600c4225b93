import { expect, it } from 'vitest';
import { CompanySettingsService } from '#settings/index.js';
import { UsersService } from '#users/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { linkTo } from '../support/mailbox.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW = 'a new long walk by the river';

onEveryDatabase('what a user must do before a sign-in goes on', (running) => {
  const users = (): UsersService => running.service.app.get(UsersService, { strict: false });
  const settings = (): CompanySettingsService => running.service.app.get(CompanySettingsService, { strict: false });

  const enter = async (user: GivenUser, browser: UserAgent): Promise<Visit> =>
    signIn(browser, await browser.visit(running.service.url('/sign-in')), user);

  const expectNoSession = async (browser: UserAgent): Promise<void> => {
    expect((await browser.visit(running.service.url('/account'))).url.pathname).toBe('/sign-in');
  };

  it('another password, which is not the present one', async () => {
    const alice = await aUser(running.service, { requiredActions: ['change_password'] });
    const browser = aBrowser(running.service);
    const page = await enter(alice, browser);
    expect(page.url.pathname).toBe('/sign-in/change-password');
    await expectNoSession(browser);
    for (const password of ['', 'short', alice.password]) {
      expect((await browser.submit(page, '#set-password', { password })).status).toBe(422);
    }
    expect((await browser.submit(page, '#set-password', { password: NEW })).url.pathname).toBe('/account');
    expect((await users().find(alice.id))?.requiredActions).toEqual([]);
    expect((await enter({ ...alice, password: NEW }, aBrowser(running.service))).url.pathname).toBe('/account');
  });

  it('the address confirmed, in the browser that waits or in any other', async () => {
    const claims = { email: `${uniqueName('nora')}@mail.example` };
    const nora = await aUser(running.service, { claims, requiredActions: ['verify_email'] });
    const browser = aBrowser(running.service);
    const page = await enter(nora, browser);
    expect(page.url.pathname).toBe('/sign-in/verify-email');
    expect((await browser.submit(page, '#email-confirmed')).status).toBe(422);
    const sent = await browser.submit(page, '#send-link');
    const elsewhere = aBrowser(running.service);
    await elsewhere.submit(await elsewhere.visit(await linkTo(running.service, claims.email)), '#verify-email');
    await expectNoSession(elsewhere);
    expect((await browser.submit(sent, '#email-confirmed')).url.pathname).toBe('/account');
    expect((await users().find(nora.id))?.requiredActions).toEqual([]);
  });

  it('the terms, anew with each version, also in an authorization request', async () => {
    const [alice, client] = [await aUser(running.service), await aClient(running.service)];
    await settings().change({ termsVersion: '1', termsUri: 'https://corp.example/terms' });
    const browser = aBrowser(running.service);
    const start = await browser.visit(new BareClient(running.service, client).request().url, { site: 'cross-site' });
    const page = await signIn(browser, start, alice);
    expect(page.url.pathname).toBe('/sign-in/accept-terms');
    const refused = await browser.submit(page, '#accept');
    expect(refused.status).toBe(422);
    const back = await throughEveryPage(
      browser,
      await browser.submit(refused, '#accept', { accept_terms: ['yes'] }),
      alice,
    );
    expect(back.answer).toHaveProperty('code');
    expect((await users().find(alice.id))?.acceptedTerms).toEqual({
      version: '1',
      acceptedAt: running.service.clock.now(),
    });
    expect((await enter(alice, aBrowser(running.service))).url.pathname).toBe('/account');
    await settings().change({ termsVersion: '2' });
    const again = aBrowser(running.service);
    const second = await enter(alice, again);
    await settings().change({ termsVersion: '3' });
    // What was shown is not what holds now, so it is shown anew.
    expect((await again.submit(second, '#accept', { accept_terms: ['yes'] })).status).toBe(422);
    await settings().change({}, { toDefault: ['termsVersion', 'termsUri'] });
  });

  it('all of it, one after the other, and of everybody when the company demands it', async () => {
    await settings().change({ verifyEmail: true });
    const claims = { email: `${uniqueName('nora')}@mail.example` };
    const nora = await aUser(running.service, { claims, requiredActions: ['change_password'] });
    const browser = aBrowser(running.service);
    const next = await browser.submit(await enter(nora, browser), '#set-password', { password: NEW });
    expect(next.url.pathname).toBe('/sign-in/verify-email');
    await expectNoSession(browser);
    await settings().change({}, { toDefault: ['verifyEmail'] });
  });

  it('takes no form from elsewhere, and no step without a sign-in', async () => {
    for (const step of ['change-password', 'verify-email', 'accept-terms']) {
      const browser = aBrowser(running.service);
      expect((await browser.visit(running.service.url(`/sign-in/${step}`))).url.pathname).toBe('/sign-in');
      expect((await browser.post(running.service.url(`/sign-in/${step}`), {})).url.pathname).toBe('/sign-in');
    }
  });
});
