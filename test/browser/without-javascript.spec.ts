import { describe, expect, it } from 'vitest';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('without JavaScript', () => {
  const stage = setStage({
    browser: { javaScriptEnabled: false },
    client: { clientName: 'Travel Desk', optionalScope: ['email'] },
  });

  it('signs in, decides, looks after the account and signs out', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, { ...alice, password: 'a wrong one' });
    expect(await page.getByRole('alert').innerText()).toContain("don't match");
    await signIn(page, alice);
    await page.uncheck('input[name=scope][value=email]');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().scope).toEqual(['openid', 'profile']);

    await page.goto(service.url('/account/applications'));
    await page.getByRole('button', { name: /Remove access/ }).click();
    expect(await page.getByRole('status').innerText()).toContain('no longer has access');
    await page.goto(service.url('/account/sessions'));
    expect(await page.locator('section.row-card').count()).toBe(1);

    await page.goto(site.signOut);
    await page.click('#logout-confirm');
    await page.waitForURL(`${site.origin}/goodbye?state=bye`);
  });

  it('needs no script on any page: none has one', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    expect(await page.content()).not.toContain('<script');
    await signIn(page, alice);
    await page.waitForSelector('#consent-allow');
    expect(await page.content()).not.toContain('<script');
  });
});
