import { describe, expect, it } from 'vitest';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('signing out in a browser', () => {
  const stage = setStage({ client: { clientName: 'Travel Desk' } });

  async function signedIn(): Promise<void> {
    const { visitor, site, alice } = stage;
    await visitor.page.goto(site.start());
    await signIn(visitor.page, alice);
    await visitor.page.click('#consent-allow');
    await visitor.page.waitForURL(`${site.origin}/callback**`);
  }

  it('asks, ends the session and leads back to the client (OIDC RP-Initiated Logout §2, §3)', async () => {
    const { visitor, site, service } = stage;
    const { page, context } = visitor;
    await signedIn();
    await page.goto(site.signOut);
    expect(await page.textContent('h1')).toBe('Sign out?');
    await page.click('#logout-confirm');
    await page.waitForURL(`${site.origin}/goodbye?state=bye`);
    expect((await context.cookies(service.issuer)).map(({ name }) => name)).not.toContain('gatehouse-session');
    await page.goto(site.start({ prompt: 'none' }));
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last()).toEqual({ error: 'login_required' });
  });

  it('changes nothing when the user stays', async () => {
    const { visitor, site } = stage;
    await signedIn();
    await visitor.page.goto(site.signOut);
    await visitor.page.click('#logout-cancel');
    await visitor.page.goto(site.start({ prompt: 'none' }));
    await visitor.page.waitForURL(`${site.origin}/callback**`);
    expect(await visitor.page.textContent('#outcome')).toBe('signed in');
  });

  it('signs out from the account page and says so', async () => {
    const { visitor, service } = stage;
    const { page } = visitor;
    await signedIn();
    await page.goto(service.url('/account'));
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.click('#logout-confirm');
    expect(await page.textContent('h1')).toBe('You have signed out');
    await page.goto(service.url('/account'));
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });
});
