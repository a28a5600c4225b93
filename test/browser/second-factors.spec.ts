import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { Authenticator, withAuthenticator, withMailCodes, withRecoveryCodes } from '../support/authenticator.js';
import { aUser, type GivenUser } from '../support/given.js';
import { latestMail } from '../support/latest-mail.js';
import { check } from './support/axe.js';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('second factors in a browser', () => {
  const stage = setStage();
  const url = (path: string): string => stage.service.url(path);

  /** The app that the page shows a key for. */
  async function appFor(page: Page): Promise<Authenticator> {
    expect(await page.locator('svg[role=img]').count()).toBe(1);
    await page.click('details:has(#key) summary');
    return new Authenticator(stage.service, ((await page.textContent('#key')) ?? '').replaceAll(' ', ''));
  }

  async function mailed(user: GivenUser): Promise<string> {
    const { text } = await latestMail(stage.service, user, 'Your code');
    return /^\s*(\d{3} ?\d{3})\s*$/m.exec(text)?.[1] ?? '';
  }

  it('are set up at the account: an app by its QR code, codes by mail, recovery codes', async () => {
    const { visitor, alice } = stage;
    const { page } = visitor;
    await page.goto(url('/account/second-factors'));
    await signIn(page, alice);
    await page.waitForSelector('#add-app');
    await check(page, 'Second factors');
    await page.click('#add-app');
    const app = await appFor(page);
    await check(page, 'Add an authenticator app');
    await page.fill('#code', '000000');
    await page.click('#add-app');
    await page.waitForSelector('#form-error');
    await check(page, 'Add an authenticator app');
    await page.fill('#code', app.code());
    await page.click('#add-app');
    await page.getByRole('status').or(page.locator('#recovery-codes')).first().waitFor();
    await check(page, '');
    await page.goto(url('/account/second-factors'));
    await page.click('details:has(input[name=name]) summary');
    await check(page, 'Second factors');
    await page.fill('input[name=name]', 'Blue phone');
    await page.click('button[value=rename]');
    await page.getByRole('status').waitFor();
    expect(await page.textContent('main')).toContain('Blue phone');
    await page.click('#add-mail');
    await page.getByRole('status').waitFor();
    await check(page, 'Second factors');
    await page.click('#make-recovery-codes');
    await page.waitForSelector('#recovery-codes');
    await check(page, 'recovery codes');
  });

  it('are asked for: the app, a wrong code, the other ways', async () => {
    const { visitor, site, service } = stage;
    const { page } = visitor;
    const name = 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff';
    const user = await aUser(service, { claims: { name, email: 'hubert@mail.example', email_verified: true } });
    await withAuthenticator(service, user);
    await withMailCodes(service, user);
    await withRecoveryCodes(service, user);
    await page.goto(site.start());
    await signIn(page, user);
    await page.waitForSelector('#verify');
    await check(page, 'One more step');
    await page.fill('#code', '000000');
    await page.click('#verify');
    await page.waitForSelector('#form-error');
    await check(page, 'One more step');
    await page.click('#way-mail-code');
    await page.waitForSelector('#send-code.primary');
    await check(page, 'One more step');
    await page.click('#send-code');
    await page.waitForSelector('#verify');
    await check(page, 'One more step');
    await page.click('#way-recovery-codes');
    await check(page, 'One more step');
  });

  it.each(['totp', 'mail-code', 'recovery-codes'])('end the sign-in: %s', async (way) => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const app = await withAuthenticator(service, alice);
    const [recovery = ''] = await withRecoveryCodes(service, alice);
    await withMailCodes(service, alice);
    await page.goto(url('/account'));
    await signIn(page, alice);
    await page.waitForSelector('#verify');
    if (way !== 'totp') await page.click(`#way-${way}`);
    if (way === 'mail-code') {
      await page.click('#send-code');
      await page.getByText('We sent a code to').waitFor();
    }
    await page.fill('#code', way === 'totp' ? app.code() : way === 'mail-code' ? await mailed(alice) : recovery);
    await page.click('#verify');
    await page.waitForURL(url('/account'));
  });

  it('are set up during the sign-in where one is required, with recovery codes at the end', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    const settings = service.app.get(CompanySettingsService, { strict: false });
    await settings.change({ secondFactor: 'required' });
    await page.goto(site.start());
    await signIn(page, alice);
    await page.waitForURL('**/second-factor/enrol**');
    const app = await appFor(page);
    await check(page, 'Set up a second step');
    await page.fill('#code', 'no code');
    await page.click('#add-app');
    await page.waitForSelector('#form-error');
    await check(page, 'Set up a second step');
    await page.fill('#code', app.code());
    await page.click('#add-app');
    await page.waitForSelector('#recovery-codes');
    await check(page, 'recovery codes');
    await page.click('#continue');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().claims).toMatchObject({ sub: alice.id, amr: ['pwd', 'otp', 'mfa'] });
    await settings.change({}, { toDefault: ['secondFactor'] });
  });
});

describe('a page where no second factor can be set up', () => {
  const stage = setStage();

  it('says what to do next, to whoever chose the password by a mail', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const settings = service.app.get(CompanySettingsService, { strict: false });
    const passwords = service.app.get(PasswordsService, { strict: false });
    await settings.change({ secondFactor: 'required', secondFactorKinds: ['mail_code'] });
    await passwords.set(alice.id, alice.password, { restsOnMailbox: true });
    await page.goto(service.url('/account'));
    await signIn(page, alice);
    await page.waitForURL('**/second-factor/enrol');
    await check(page, 'Set up a second step');
    expect(await page.textContent('main')).toContain('Ask your administrator for a new password');
  });
});

describe('second factors in Chinese', () => {
  const stage = setStage({ browser: { locale: 'zh-CN' } });

  it('are set up and asked for', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const app = await withAuthenticator(service, alice);
    await page.goto(service.url('/account/second-factors'));
    await signIn(page, alice);
    await check(page, '再确认一步');
    await page.fill('#code', app.code());
    await page.click('#verify');
    await page.waitForURL(service.url('/account/second-factors'));
    await check(page, '');
  });
});
