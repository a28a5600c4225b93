import { expect, it } from 'vitest';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, type GivenUser } from '../support/given.js';
import { mailsTo } from '../support/mailbox.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW = 'another walk by the river';

onEveryDatabase('the page of the own password', (running) => {
  const open = (browser: UserAgent, path = '/account/password') => browser.visit(running.service.url(path));

  async function signedIn(user: GivenUser): Promise<UserAgent> {
    const browser = aBrowser(running.service);
    await signIn(browser, await open(browser, '/sign-in'), user);
    return browser;
  }

  const isIn = async (browser: UserAgent): Promise<boolean> => {
    const { url } = await open(browser, '/account');
    return url.pathname === '/account';
  };

  const signsIn = async (user: GivenUser): Promise<boolean> => isIn(await signedIn(user));

  const choose = (browser: UserAgent, page: Visit, filling: Readonly<Record<string, string | readonly string[]>>) =>
    browser.submit(page, '#set-password', filling);

  it('changes it, ends the other sign-ins, and tells its owner by mail', async () => {
    const alice = await aUser(running.service);
    const [here, elsewhere] = [await signedIn(alice), await signedIn(alice)];
    const done = await choose(here, await open(here), { password: NEW });
    expect([done.status, done.url.pathname, done.url.search]).toEqual([200, '/account/password', '?done=changed']);
    expect(done.hops[0]?.status).toBe(303);
    expect(await isIn(here)).toBe(true);
    expect(await isIn(elsewhere)).toBe(false);
    expect(await signsIn(alice)).toBe(false);
    expect(await signsIn({ ...alice, password: NEW })).toBe(true);
    const mails = await mailsTo(running.service, alice.claims.email ?? '');
    expect(mails.map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/password/i));
    for (const { text } of mails) expect(text).not.toContain(NEW);
  });

  it('leaves the other sign-ins alone when its owner wants that', async () => {
    const alice = await aUser(running.service);
    const [here, elsewhere] = [await signedIn(alice), await signedIn(alice)];
    await choose(here, await open(here), { password: NEW, others: [] });
    expect(await isIn(here)).toBe(true);
    expect(await isIn(elsewhere)).toBe(true);
    expect(await signsIn(alice)).toBe(false);
  });

  it.each([
    ['', /Choose a password/],
    ['too short', /too short/],
    ['1qazxsw23edcvfr4', /Many people/],
    ['x'.repeat(129), /too long/],
  ])('refuses %j and changes nothing', async (password, reason) => {
    const alice = await aUser(running.service);
    const here = await signedIn(alice);
    const refused = await choose(here, await open(here), { password });
    expect(refused.status).toBe(422);
    expect(refused.html.text('#form-error')).toBeDefined();
    expect(refused.html.text('#password-error')).toMatch(reason);
    expect(await signsIn(alice)).toBe(true);
  });

  it('asks whoever signed in more than five minutes ago to do so again', async () => {
    const alice = await aUser(running.service);
    const here = await signedIn(alice);
    const page = await open(here);
    running.service.clock.advance('6m');
    expect((await choose(here, page, { password: NEW })).url.pathname).toBe('/sign-in');
    const asked = await open(here);
    expect(asked.url.pathname).toBe('/sign-in');
    const back = await signIn(here, asked, alice);
    expect(back.url.pathname).toBe('/account/password');
    expect((await choose(here, back, { password: NEW })).url.search).toBe('?done=changed');
  });
});
