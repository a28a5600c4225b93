import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { AuditService } from '#audit/index.js';
import { RememberedBrowsers } from '#authentication/index.js';
import { withAuthenticator, withMailCodes, withRecoveryCodes } from '../support/authenticator.js';
import { BareClient, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, type GivenUser } from '../support/given.js';
import { linkTo } from '../support/mailbox.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW_PASSWORD = 'another long walk by the river';
const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['2'] } } }) };

onEveryDatabase('a sign-in that is made stronger', (running) => {
  const url = (path: string): string => running.service.url(path);
  const open = (browser: UserAgent, path = '/sign-in'): Promise<Visit> => browser.visit(url(path));

  /** Somebody whose session says one factor, and a client that may ask for more. */
  async function weaklySignedIn() {
    const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
    const bare = new BareClient(running.service, await aClient(running.service, { firstParty: true, consent: 'skip' }));
    await signIn(browser, await open(browser), user);
    const since = running.service.clock.epochSeconds();
    const ask = async (wish: Parameters) => {
      const sent = bare.request(wish);
      return { sent, page: await browser.visit(sent.url, { site: 'cross-site' }) };
    };
    const claimsOf = async (sent: ReturnType<BareClient['request']>, { answer: { code = '' } }: Visit) =>
      decodeJwt(String((await bare.redeem({ ...sent, code })).body['id_token']));
    return { user, browser, bare, ask, since, claimsOf };
  }

  it.each<[string, Parameters]>([
    ['acr_values (RFC 9470 §4)', { acr_values: '2' }],
    ['an essential acr (OIDC Core §5.5.1.1)', essential],
    ['acr_values and a max_age that holds', { acr_values: '2', max_age: '3600' }],
  ])('is asked for the factor alone by %s, and the tokens say what happened', async (_how, wish) => {
    const { user, browser, ask, since, claimsOf } = await weaklySignedIn();
    const app = await withAuthenticator(running.service, user);
    expect((await ask({ ...wish, prompt: 'none' })).page.answer).toMatchObject({ error: 'login_required' });
    const { sent, page } = await ask(wish);
    expect([page.url.pathname, page.html.has('#password')]).toEqual(['/second-factor', false]);
    const claims = await claimsOf(sent, await browser.submit(page, '#verify', { code: app.code() }));
    expect(claims).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'], auth_time: since });
    const silent = await ask({ ...wish, prompt: 'none' });
    expect(await claimsOf(silent.sent, silent.page)).toMatchObject({ acr: '2', auth_time: since });
  });

  it('is asked for everything where it is too old as well (OIDC Core §3.1.2.1)', async () => {
    const { user, browser, ask, claimsOf } = await weaklySignedIn();
    const app = await withAuthenticator(running.service, user);
    running.service.clock.advance('10m');
    const { sent, page } = await ask({ acr_values: '2', max_age: '60' });
    expect(page.url.pathname).toBe('/sign-in');
    const asked = await signIn(browser, page, user);
    expect(asked.url.pathname).toBe('/second-factor');
    const claims = await claimsOf(sent, await browser.submit(asked, '#verify', { code: app.code() }));
    expect(claims).toMatchObject({ acr: '2', auth_time: running.service.clock.epochSeconds() });
  });

  it('is asked for everything where the factor came so late that the first proof is too old by then (OIDC Core §3.1.2.1)', async () => {
    const { user, browser, ask, claimsOf } = await weaklySignedIn();
    const app = await withAuthenticator(running.service, user);
    const { sent, page } = await ask({ acr_values: '2', max_age: '60' });
    expect(page.url.pathname).toBe('/second-factor');
    running.service.clock.advance('5m');
    const late = await browser.submit(page, '#verify', { code: app.code() });
    expect(late.url.pathname).toBe('/sign-in');
    const asked = await signIn(browser, late, user);
    const claims = await claimsOf(sent, await browser.submit(asked, '#verify', { code: app.code(1) }));
    expect(claims).toMatchObject({ acr: '2', auth_time: running.service.clock.epochSeconds() });
  });

  it('stays as it is where the user has no factor and it is a wish, and is set up where it is a demand', async () => {
    const { ask, claimsOf } = await weaklySignedIn();
    const wished = await ask({ acr_values: '2' });
    expect(await claimsOf(wished.sent, wished.page)).toMatchObject({ acr: '1', amr: ['pwd'] });
    expect((await ask(essential)).page.url.pathname).toBe('/second-factor/enrol');
  });

  it('leaves the session as it is, and tells of no sign-in, when nothing was proven', async () => {
    const { user, browser, ask } = await weaklySignedIn();
    const signIns = async (): Promise<number> => {
      const filter = { userId: user.id, name: 'user.signed_in' };
      return (await running.service.app.get(AuditService, { strict: false }).list(filter, { limit: 50 })).items.length;
    };
    const cookie = () => browser.cookies.find('gatehouse-session')?.value;
    const [before, told] = [cookie(), await signIns()];
    expect((await ask({ acr_values: '2' })).page.answer).toMatchObject({ code: expect.any(String) as string });
    expect([cookie(), await signIns()]).toEqual([before, told]);
    expect([before === undefined, told]).toEqual([false, 1]);
  });

  it('gives a session no more time when nothing was proven: it ends a week after the sign-in', async () => {
    const { browser, ask } = await weaklySignedIn();
    for (let hours = 0; hours < 7 * 24; hours += 7) {
      expect((await open(browser, '/account')).url.pathname).toBe('/account');
      expect((await ask({ acr_values: '2' })).page.answer).toMatchObject({ code: expect.any(String) as string });
      running.service.clock.advance('7h');
    }
    expect((await open(browser, '/account')).url.pathname).toBe('/sign-in');
  });

  /** Chooses a new password by mail and types it; what is asked then. */
  async function afterReset(user: GivenUser, browser = aBrowser(running.service)) {
    running.service.clock.advance('1s');
    await browser.submit(await open(browser, '/reset-password'), '#ask-reset', { username: user.username });
    const link = await linkTo(running.service, user.claims.email ?? '');
    await browser.submit(await browser.visit(link), '#set-password', { password: NEW_PASSWORD });
    const again = { ...user, password: NEW_PASSWORD };
    return { browser, again, page: await signIn(browser, await open(browser), again) };
  }

  it('takes no code by mail next to a password that came by mail, until more was proven', async () => {
    const user = await aUser(running.service);
    await withMailCodes(running.service, user);
    const app = await withAuthenticator(running.service, user);
    const { browser, page, again } = await afterReset(user);
    const byMail = await open(browser, '/second-factor?way=mail_code');
    expect([page.html.has('#verify'), byMail.html.has('#send-code'), byMail.html.words.includes('…@')]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await browser.submit(page, '#verify', { code: app.code() })).url.pathname).toBe('/account');
    const own = await open(browser, '/account/password');
    await browser.submit(own, '#set-password', { password: 'a third long walk by the river' });
    const stranger = aBrowser(running.service);
    await signIn(stranger, await open(stranger), { ...again, password: 'a third long walk by the river' });
    expect((await open(stranger, '/second-factor?way=mail_code')).html.has('#send-code')).toBe(true);
  });

  it('by somebody who has but the mailbox goes no further: neither a code by mail nor one from the page of the factor', async () => {
    const user = await aUser(running.service);
    await withMailCodes(running.service, user);
    const { browser, page } = await afterReset(user);
    expect(page.url.pathname).toBe('/account');
    const bare = new BareClient(running.service, await aClient(running.service, { firstParty: true, consent: 'skip' }));
    const enrol = await browser.visit(bare.request(essential).url);
    expect([enrol.url.pathname, enrol.html.source.includes('value="mail"')]).toEqual(['/second-factor/enrol', false]);
    const [code = ''] = await withRecoveryCodes(running.service, user);
    const sent = bare.request(essential);
    const asked = await browser.visit(sent.url);
    expect(asked.url.pathname).toBe('/second-factor');
    expect((await browser.submit(asked, '#verify', { code })).answer).toHaveProperty('code');
  });

  it('is forgotten in remembered browsers by signing out everywhere else', async () => {
    const user = await aUser(running.service);
    const app = await withAuthenticator(running.service, user);
    const browsers = [aBrowser(running.service), aBrowser(running.service), aBrowser(running.service)] as const;
    for (const each of browsers) {
      const page = await signIn(each, await open(each), user);
      await each.submit(page, '#verify', { code: app.code(), remember: 'yes' });
      running.service.clock.advance('30s');
    }
    const [browser] = browsers;
    const remembered = running.service.app.get(RememberedBrowsers, { strict: false });
    expect(await remembered.listByUser(user.id)).toHaveLength(3);
    await browser.submit(await open(browser, '/account/sessions'), 'action=end-others');
    expect(await remembered.listByUser(user.id)).toEqual([]);
  });
});
