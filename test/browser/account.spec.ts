import * as openid from 'openid-client';
import { describe, expect, it } from 'vitest';
import { aVisitor, signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('the account pages in a browser', () => {
  const stage = setStage({ client: { clientName: 'Travel Desk', optionalScope: ['email'] } });

  async function signedIn(): Promise<void> {
    const { visitor, site, alice } = stage;
    await visitor.page.goto(site.start());
    await signIn(visitor.page, alice);
    await visitor.page.click('#consent-allow');
    await visitor.page.waitForURL(`${site.origin}/callback**`);
  }

  it('lists what an application may do and ends it at once', async () => {
    const { visitor, site, service } = stage;
    const { page } = visitor;
    await signedIn();
    const { refreshToken = '' } = site.last();
    await page.goto(service.url('/account/applications'));
    const card = page.locator('section.row-card', { hasText: 'Travel Desk' });
    expect(await card.innerText()).toContain('Your e-mail');
    await card.getByRole('button', { name: /Remove access/ }).click();
    expect(await page.getByRole('status').innerText()).toContain('no longer has access');
    expect(await page.locator('main').innerText()).not.toContain('Travel Desk');
    await expect(openid.refreshTokenGrant(site.config(), refreshToken)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await page.goto(site.start({ prompt: 'none' }));
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last()).toEqual({ error: 'consent_required' });
  });

  it('lists the browsers of a user and signs another one out at once', async () => {
    const { visitor, service, browser, alice } = stage;
    const { page } = visitor;
    await signedIn();
    const other = await aVisitor(browser, {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    });
    await other.page.goto(service.url('/account'));
    await signIn(other.page, alice);
    await other.page.waitForURL(service.url('/account'));

    await page.goto(service.url('/account/sessions'));
    expect(await page.locator('section.row-card').count()).toBe(2);
    expect(await page.locator('section.row-card', { hasText: 'This browser' }).getByRole('button').count()).toBe(0);
    await page.locator('section.row-card', { hasText: 'Firefox' }).getByRole('button').click();
    expect(await page.getByRole('status').innerText()).toContain('signed out');
    expect(await page.locator('section.row-card').count()).toBe(1);
    await other.page.reload();
    expect(new URL(other.page.url()).pathname).toBe('/sign-in');
    await other.close();
  });
});
