import { describe, expect, it } from 'vitest';
import { aUser, anApi } from '../support/given.js';
import { boxes, signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('consent in a browser', () => {
  const stage = setStage({
    prepare: (service) =>
      anApi(service, { identifier: 'https://notes.example/api', name: 'Notes', scopes: ['notes:read', 'notes:write'] }),
    client: {
      clientName: 'Travel Desk',
      scope: ['openid', 'profile', 'email', 'offline_access', 'notes:read', 'notes:write'],
      optionalScope: ['email', 'notes:write', 'offline_access'],
    },
    scope: 'openid profile email notes:read notes:write',
  });

  it('says who asks whom for what, grouped, with the values', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, alice);
    expect(await page.title()).toContain('Allow Travel Desk?');
    expect(await page.textContent('h1')).toBe('Travel Desk wants to use your Gatehouse account');
    const text = await page.locator('main').innerText();
    for (const said of [new URL(site.origin).host, alice.claims.name, alice.claims.email, 'Use another account']) {
      expect(text).toContain(said);
    }
    expect(await page.locator('fieldset legend').allInnerTexts()).toEqual([
      'Who you are',
      'Your data in Notes',
      'Act for you in Notes',
      'Allow this for',
    ]);
    expect(Object.keys(await boxes(page)).sort()).toEqual(['email', 'notes:write']);
  });

  it('grants what stays ticked and no more, and does not ask twice', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, alice);
    await page.uncheck('input[name=scope][value=email]');
    await page.check('input[name=scope][value="notes:write"]');
    await page.check('input[name=duration][value=forever]');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().scope).toEqual(['openid', 'profile', 'notes:read', 'notes:write']);
    expect(site.last().userInfo).not.toHaveProperty('email');

    await page.goto(site.start({ scope: 'openid profile notes:read' }));
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().scope).toEqual(['openid', 'profile', 'notes:read']);
  });

  it('asks only for what is new, marks it, and folds away what was approved', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start({ scope: 'openid profile' }));
    await signIn(page, alice);
    await page.check('input[name=duration][value=forever]');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(site.start({ scope: 'openid profile email' }));
    expect(await boxes(page)).toEqual({ email: true });
    expect(await page.locator('.scope', { hasText: 'Your e-mail' }).innerText()).toContain('new');
    expect(await page.locator('details li').first().isVisible()).toBe(false);
    await page.click('details summary');
    expect(await page.locator('details').innerText()).toContain('Your name and picture');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().scope).toEqual(['openid', 'profile', 'email']);
  });

  it('forgets an approval for this time only', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, alice);
    await page.check('input[name=duration][value=once]');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(site.start({ prompt: 'none' }));
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last()).toEqual({ error: 'consent_required' });
  });

  it('forgets an approval for 30 days after 30 days', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, alice);
    await page.check('input[name=duration][value="days:30"]');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(site.start({ prompt: 'none' }));
    await page.waitForURL(`${site.origin}/callback**`);
    expect(await page.textContent('#outcome')).toBe('signed in');
    // The libraries that drive the service read the machine's clock, so a client is not asked here: the page is.
    service.clock.advance('31d');
    await page.goto(site.start());
    await signIn(page, alice);
    expect(await page.locator('#consent-allow').isVisible()).toBe(true);
  });

  it('sends access_denied when the user denies, as easily as allowing', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, alice);
    const [deny, allow] = [
      await page.locator('#consent-deny').boundingBox(),
      await page.locator('#consent-allow').boundingBox(),
    ];
    expect([deny?.width, deny?.height]).toEqual([allow?.width, allow?.height]);
    await page.click('#consent-deny');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last()).toEqual({ error: 'access_denied' });
  });

  it('lets another user go on in the place of the one who is signed in', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    const bob = await aUser(service, { claims: { name: 'Bob Carpenter' } });
    await page.goto(site.start());
    await signIn(page, alice);
    await page.click('#use-another-account');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await signIn(page, bob);
    expect(await page.locator('.account-in-use').innerText()).toContain('Bob Carpenter');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().claims?.sub).toBe(bob.id);
  });
});
