import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompanySettingsService } from '#settings/index.js';
import { UsersService } from '#users/index.js';
import { aUser } from '../support/given.js';
import { mailTo } from '../support/mailbox.js';
import { ON_A_NAMED_HOST } from '../support/passkeys.js';
import { aPng } from '../support/pictures.js';
import { startService, type TestService } from '../support/start-service.js';
import { aGatehouseAsProvider } from '../support/upstream-gatehouse.js';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

const NEW = 'a new long walk by the river';

describe('looking after the own account, in a browser', () => {
  const env: Record<string, string> = {};
  let upstream: TestService;
  // Another host than the service's, as cookies do not tell ports apart.
  beforeAll(async () => {
    upstream = await startService(ON_A_NAMED_HOST);
    env['OUTBOUND_ALLOW'] = new URL(upstream.issuer).host;
  });
  const stage = setStage({ env, client: { clientName: 'Travel Desk' } });
  afterAll(() => upstream.close());

  /** Signs in on the way to a page of the account. */
  async function at(path: string): Promise<void> {
    const { visitor, service, alice } = stage;
    await visitor.page.goto(service.url(path));
    await signIn(visitor.page, alice);
    await visitor.page.waitForURL(service.url(path));
  }

  it('changes the language and the picture, which every page shows from then on', async () => {
    const { page } = stage.visitor;
    await at('/account/profile');
    await page.setInputFiles('#picture', { name: 'me.png', mimeType: 'image/png', buffer: aPng() });
    await page.click('#set-picture');
    await page.waitForSelector('#remove-picture');
    const picture = page.locator('img.avatar, .avatar img').first();
    expect(await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(2);
    await page.selectOption('#locale', 'zh-CN');
    await page.fill('#nickname', '小爱');
    await page.click('#save-profile');
    await page.getByRole('status').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    expect(await page.inputValue('#nickname')).toBe('小爱');
    await page.goto(stage.service.url('/account'));
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  });

  it('changes the password, is told by mail, and signs in with the new one', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    await at('/account/password');
    await page.fill('#password', NEW);
    await page.click('#set-password');
    await page.getByRole('status').waitFor();
    expect((await mailTo(service, alice.claims.email ?? '')).subject).toBe('Your password was changed');
    await visitor.context.clearCookies();
    await page.goto(service.url('/account'));
    await signIn(page, alice);
    await page.waitForSelector('#form-error');
    await signIn(page, { ...alice, password: NEW });
    await page.waitForURL(service.url('/account'));
  });

  it('finds an application among its own and opens it by one click', async () => {
    const { visitor, site } = stage;
    const { page } = visitor;
    await at('/account/apps');
    await page.fill('#q', 'travel');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account/apps?q=travel');
    await page.getByRole('link', { name: /Travel Desk/ }).click();
    await page.waitForURL(`${site.origin}/**`);
  });

  it('links an account elsewhere, signs in through it, and takes the link back', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const { provider } = await aGatehouseAsProvider(service, upstream, { title: 'Partner' });
    const there = await aUser(upstream);
    await at('/account/identities');
    await page.click(`#idp-${provider.slug}`);
    await page.waitForURL(`${upstream.issuer}/**`);
    await signIn(page, there);
    await page.waitForURL(`${service.issuer}/account/identities`);
    await page.click('#link-account');
    await page.getByRole('status').waitFor();
    expect(await page.locator('main').innerText()).toContain('Partner');
    await visitor.context.clearCookies();
    await page.goto(service.url('/account/identities'));
    await page.click(`#idp-${provider.slug}`);
    await signIn(page, there);
    await page.waitForURL(service.url('/account/identities'));
    expect(await page.locator('main').innerText()).toContain(String(there.claims.email));
    await page.locator('button[value=unlink]').click();
    await page.getByRole('status').waitFor();
    expect(await page.locator('main').innerText()).not.toContain(String(there.claims.email));
    expect(alice.username).not.toBe(there.username);
  });

  it('reads what happened, takes its data along, and ends the account', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    await service.app.get(CompanySettingsService, { strict: false }).change({ accountDeletion: 'self-service' });
    await at('/account/history');
    expect(await page.locator('main').innerText()).toContain('You signed in');
    await page.goto(service.url('/account/export'));
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    expect(file.suggestedFilename()).toBe('account.json');
    const data = JSON.parse(readFileSync(await file.path(), 'utf8')) as { profile: { id: string } };
    expect(data.profile.id).toBe(alice.id);
    await page.click('#to-delete');
    await page.check('input[name=confirm]');
    await page.click('#delete-account');
    await page.waitForSelector('#outcome-account-deleted');
    expect(await service.app.get(UsersService, { strict: false }).find(alice.id)).toBeUndefined();
    expect((await mailTo(service, alice.claims.email ?? '')).subject).toBe('Your Gatehouse account was deleted');
  });
});
