import { describe, expect, it } from 'vitest';
import { GroupsService } from '#users/index.js';
import { aUser } from '../support/given.js';
import { aVisitor, signIn } from './support/chromium.js';
import { check } from './support/axe.js';
import { setStage } from './support/stage.js';

describe('an application that is not for the user, in a browser', () => {
  const stage = setStage({
    prepare: (service) => service.app.get(GroupsService, { strict: false }).create({ name: 'payroll' }),
    client: {
      clientName: 'Payroll',
      allowedGroups: ['payroll'],
      contacts: ['payroll@acme.example', 'Extension 4711'],
    },
  });

  it('says so, can be read by everybody, and leads back with access_denied', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, alice);
    await check(page, 'Payroll is not open to you');
    expect(await page.title()).toContain('Payroll is not open to you');
    const text = await page.locator('main').innerText();
    for (const said of [alice.claims.name, alice.claims.email, 'payroll@acme.example', 'Extension 4711']) {
      expect(text).toContain(said);
    }
    expect(await page.getAttribute('a[href^="mailto:"]', 'href')).toBe(
      'mailto:payroll@acme.example?subject=Access%20to%20Payroll',
    );
    await page.click('#cancel');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last()).toEqual({ error: 'access_denied' });
  });

  it('lets the user go on with another account', async () => {
    const { visitor, site, alice, service } = stage;
    const { page } = visitor;
    const bob = await aUser(service, { groups: ['payroll'] });
    await page.goto(site.start());
    await signIn(page, alice);
    await page.click('#use-another-account');
    await page.waitForSelector('#password');
    await signIn(page, bob);
    await page.waitForSelector('#consent-allow');
    expect(await page.locator('main').innerText()).toContain(bob.claims.email);
  });

  it('speaks Simplified Chinese', async () => {
    const { browser, site, alice } = stage;
    const visitor = await aVisitor(browser, { locale: 'zh-CN' });
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, alice);
    await check(page, '你不能使用');
    expect(await page.textContent('h1')).toBe('你不能使用 Payroll');
    expect(await page.textContent('#use-another-account')).toBe('使用其他账号');
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });
});
