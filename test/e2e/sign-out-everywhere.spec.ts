import { expect, it } from 'vitest';
import { RememberedBrowsers } from '#authentication/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aSignInReadyToHappen, aUser, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const SESSIONS = '/account/sessions';

onEveryDatabase('the page of sign-ins', (running) => {
  const remembered = () => running.service.app.get(RememberedBrowsers, { strict: false });

  async function signedIn(user: GivenUser): Promise<UserAgent> {
    const browser = aBrowser(running.service);
    await signIn(browser, await browser.visit('/sign-in'), user);
    return browser;
  }

  const isIn = async (browser: UserAgent): Promise<boolean> =>
    (await browser.visit('/account')).url.pathname === '/account';

  it('names the applications that each sign-in was used for, as text, and no others', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, {
      clientName: 'Travel <i>Desk</i>',
    });
    await new BareClient(running.service, client).signIn(browser, alice);
    const elsewhere = await signedIn(alice);
    const other = await aClient(running.service, { clientName: 'Web Shop' });
    await new BareClient(running.service, other).signIn(elsewhere, alice);
    await aClient(running.service, { clientName: 'Wiki' });
    const page = await browser.visit(SESSIONS);
    expect(page.html.words).toContain('Travel <i>Desk</i>');
    expect(page.html.source).not.toContain('<i>Desk');
    expect(page.html.words).toContain('Web Shop');
    expect(page.html.words).not.toContain('Wiki');
    const rows = page.html.source.split('<section').filter((row) => row.includes('row-card'));
    expect(rows.map((row) => [row.includes('Desk'), row.includes('Web Shop')]).sort()).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('signs out everywhere, here too, tells the clients, and forgets remembered browsers', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const tokens = await bare.signIn(browser, alice);
    const elsewhere = await signedIn(alice);
    await remembered().remember(alice.id, 'a browser', 'Firefox');
    const done = await browser.submit(await browser.visit(SESSIONS), '#end-all');
    expect([done.status, done.html.has('#outcome-signed-out-everywhere')]).toEqual([200, true]);
    expect([await isIn(browser), await isIn(elsewhere)]).toEqual([false, false]);
    expect(await remembered().listByUser(alice.id)).toEqual([]);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
  });

  it('leaves everybody else signed in and remembered', async () => {
    const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
    const [browser, others] = [await signedIn(alice), await signedIn(bob)];
    await remembered().remember(bob.id, 'a browser', 'Firefox');
    await browser.submit(await browser.visit(SESSIONS), '#end-all');
    expect(await isIn(others)).toBe(true);
    expect(await remembered().listByUser(bob.id)).toHaveLength(1);
  });

  it('takes the button from its own page only (RFC 9700 §4.7)', async () => {
    const browser = await signedIn(await aUser(running.service));
    expect((await browser.post(SESSIONS, { csrf: 'forged', action: 'end-all' })).status).toBe(400);
    expect(await isIn(browser)).toBe(true);
  });
});
