import { expect, it } from 'vitest';
import { AdminApi } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aSignInReadyToHappen, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const HISTORY = '/account/history';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0';

onEveryDatabase('the security history', (running) => {
  async function attempt(browser: UserAgent, { username }: GivenUser, password: string): Promise<Visit> {
    return signIn(browser, await browser.visit(`/sign-in?return_to=${HISTORY}`), { username, password });
  }

  const entriesOn = ({ html }: Visit): string[] =>
    html.tags
      .filter(({ name }) => name === 'h2')
      .map((tag) => html.source.slice(tag.end, html.endOf(tag)).replaceAll(/<[^>]+>/g, ''));

  it('asks strangers to sign in, and is the way back', async () => {
    const page = await aBrowser(running.service).visit(HISTORY);
    expect([page.url.pathname, page.url.searchParams.get('return_to')]).toEqual(['/sign-in', HISTORY]);
  });

  it('says what happened, by which browser, from where, the newest first', async () => {
    const alice = await aUser(running.service);
    const browser = aBrowser(running.service, { 'user-agent': FIREFOX });
    running.service.clock.advance('1s');
    await attempt(browser, alice, 'wrong');
    running.service.clock.advance('1s');
    const page = await attempt(browser, alice, alice.password);
    expect([page.status, page.url.pathname]).toEqual([200, HISTORY]);
    expect(entriesOn(page).slice(0, 2)).toEqual(['You signed in', 'Somebody failed to sign in as you']);
    expect(page.html.words).toContain('Firefox on Windows');
    expect(page.html.words).toContain('127.0.0.1');
    expect(page.headers.get('cache-control')).toContain('no-store');
  });

  it('names applications, and speaks the language of its reader', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { clientName: 'Travel Desk' });
    await new BareClient(running.service, client).signIn(browser, alice, { scope: 'openid email' });
    expect((await browser.visit(HISTORY)).html.words).toMatch(/allowed to use your account .*Travel Desk/);
    await browser.post('/account/profile', {
      csrf: csrfOf(await browser.visit('/account/profile')),
      locale: 'zh-CN',
    });
    expect((await browser.visit(HISTORY)).html.words).toContain('允许了一个应用使用你的账号');
  });

  it('says that it was an administrator, and not from where', async () => {
    const admin = await AdminApi.of(running.service);
    const made = await admin.made('/users', { username: uniqueName('bob'), password: 'a walk by the long river' });
    const bob = { id: String(made['id']), username: String(made['username']), password: 'a walk by the long river' };
    const page = await attempt(aBrowser(running.service), { ...bob, claims: {} }, bob.password);
    const row = page.html.source.slice(page.html.source.indexOf('Your account was made'));
    expect(row).toContain('by an administrator');
    expect(row.slice(0, row.indexOf('</section>'))).not.toContain('127.0.0.1');
  });

  it('is nobody else’s', async () => {
    const [alice, eve] = [await aUser(running.service), await aUser(running.service)];
    await attempt(aBrowser(running.service, { 'user-agent': FIREFOX }), alice, 'wrong');
    const page = await attempt(aBrowser(running.service), eve, eve.password);
    expect(page.html.words).not.toContain('Somebody failed');
    expect(page.html.words).not.toContain('Firefox');
  });

  it('goes on page by page, and starts anew at a cursor that it did not make', async () => {
    const alice = await aUser(running.service);
    const browser = aBrowser(running.service);
    for (let times = 0; times < 21; times++) {
      running.service.clock.advance('1s');
      await attempt(aBrowser(running.service), alice, alice.password);
    }
    running.service.clock.advance('1s');
    const first = await attempt(browser, alice, alice.password);
    expect(entriesOn(first)).toHaveLength(20);
    const older = first.html.find('older')?.attributes.get('href') ?? '';
    const second = await browser.visit(older);
    expect(entriesOn(second)).toEqual(expect.arrayContaining(['Your account was made']));
    expect(entriesOn(first).length + entriesOn(second).length).toBe(24);
    expect(second.html.has('#older')).toBe(false);
    const wrong = await browser.visit(`${HISTORY}?after=%22%3E%3Cscript%3E`);
    expect([wrong.status, wrong.url.search]).toEqual([200, '']);
  });
});

function csrfOf({ html }: Visit): string {
  const fields = html.tags.filter(({ attributes }) => attributes.get('name') === 'csrf');
  return fields.at(-1)?.attributes.get('value') ?? '';
}
