import { describe, expect, it } from 'vitest';
import { InvitationsService, PasswordsService } from '#authentication/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { aUser, uniqueName } from '../support/given.js';
import { linkTo } from '../support/mailbox.js';
import { check } from './support/axe.js';
import { aVisitor, signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

const PASSWORD = 'a new long walk by the river';
const TERMS = { termsVersion: '1', termsUri: 'https://corp.example/terms' };

const someone = (): string => `${uniqueName('nora')}@corp.example`;

describe('getting in without a password or an account, in a browser', () => {
  const stage = setStage({ env: { SIGN_UP: 'corp.example' } });
  const url = (path: string): string => stage.service.url(path);
  const settings = (): CompanySettingsService => stage.service.app.get(CompanySettingsService, { strict: false });

  it('signs up from the sign-in page by a link in a mail, and goes on to the application', async () => {
    const { visitor, site, service } = stage;
    const { page } = visitor;
    const email = someone();
    await page.goto(site.start());
    await page.click('#sign-up-link');
    await check(page, 'Make an account');
    await page.fill('#email', 'nobody@elsewhere.example');
    await page.evaluate(`document.querySelector('form').noValidate = true`);
    await page.fill('#email', 'not an address');
    await page.click('#sign-up');
    await page.waitForSelector('#email-error');
    await check(page, 'Make an account');
    await page.fill('#email', email);
    await page.click('#sign-up');
    await page.waitForSelector('#outcome-sign-up-asked');
    await check(page, 'Look at your mail');
    await page.goto(await linkTo(service, email));
    await check(page, 'Make an account');
    await page.fill('#name', 'Nora Newman');
    await page.fill('#password', 'password12345678');
    await page.click('#create-account');
    await page.waitForSelector('#password-error');
    await check(page, 'Make an account');
    await page.fill('#password', PASSWORD);
    await page.click('#create-account');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().userInfo).toMatchObject({ email, name: 'Nora Newman' });
  });

  it('accepts an invitation together with the terms, and shows a used link for what it is', async () => {
    const { visitor, service } = stage;
    const { page } = visitor;
    await settings().change(TERMS);
    const email = someone();
    await service.app.get(InvitationsService, { strict: false }).create({ email, name: 'Gustav Guest' });
    const link = await linkTo(service, email);
    await page.goto(link);
    await check(page, 'Make an account');
    await page.evaluate(`document.querySelector('form').noValidate = true`);
    await page.fill('#password', PASSWORD);
    await page.click('#create-account');
    await page.waitForSelector('#accept-terms-error');
    await check(page, 'Make an account');
    await page.check('#accept-terms');
    await page.fill('#password', PASSWORD);
    await page.click('#create-account');
    await page.waitForURL(url('/account'));
    await settings().change({}, { toDefault: ['termsVersion', 'termsUri'] });
    await page.goto(link);
    await check(page, 'This link no longer works');
  });

  it('chooses a new password by mail', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    await page.goto(url('/sign-in'));
    await page.click('#forgot-password');
    await check(page, 'Forgot your password?');
    await page.fill('#username', alice.username);
    await page.click('#ask-reset');
    await page.waitForSelector('#outcome-reset-asked');
    await check(page, 'Look at your mail');
    await page.goto(await linkTo(service, alice.claims.email ?? ''));
    await check(page, 'Choose a new password');
    await page.evaluate(`document.querySelector('form').noValidate = true`);
    await page.fill('#password', 'short');
    await page.click('#set-password');
    await page.waitForSelector('#password-error');
    await check(page, 'Choose a new password');
    await page.fill('#password', PASSWORD);
    await page.click('#set-password');
    await page.waitForSelector('#outcome-password-set');
    await check(page, 'Your password is changed');
    await page.goto(url('/sign-in'));
    await signIn(page, { ...alice, password: PASSWORD });
    await page.waitForURL(url('/account'));
  });

  it('confirms an address that is demanded, in this browser and another', async () => {
    const { visitor, browser, service } = stage;
    const { page } = visitor;
    const email = someone();
    const nora = await aUser(service, { claims: { email }, requiredActions: ['verify_email'] });
    await page.goto(url('/account'));
    await signIn(page, nora);
    await page.waitForSelector('#send-link');
    await check(page, 'Confirm your e-mail address');
    await page.click('#send-link');
    await page.waitForSelector('#email-confirmed.primary');
    await check(page, 'Confirm your e-mail address');
    const other = await aVisitor(browser);
    await other.page.goto(await linkTo(service, email));
    await check(other.page, 'Confirm your e-mail address');
    await other.page.click('#verify-email');
    await other.page.waitForSelector('#outcome-email-confirmed');
    await check(other.page, 'Your address is confirmed');
    expect(other.complaints).toEqual([]);
    await other.close();
    await page.click('#email-confirmed');
    await page.waitForURL(url('/account'));
  });

  it('demands another password, then the terms, before it goes on', async () => {
    const { visitor, service } = stage;
    const { page } = visitor;
    await settings().change(TERMS);
    const nora = await aUser(service, { claims: { name: 'Nora' }, requiredActions: ['change_password'] });
    await page.goto(url('/account'));
    await signIn(page, nora);
    await page.waitForURL('**/sign-in/change-password**');
    await check(page, 'Choose a new password');
    await page.fill('#password', PASSWORD);
    await page.click('#set-password');
    await page.waitForURL('**/sign-in/accept-terms**');
    await check(page, 'Our terms');
    await page.evaluate(`document.querySelector('form').noValidate = true`);
    await page.click('#accept');
    await page.waitForSelector('#accept-terms-error');
    await check(page, 'Our terms');
    await page.check('#accept-terms');
    await page.click('#accept');
    await page.waitForURL(url('/account'));
    await settings().change({}, { toDefault: ['termsVersion', 'termsUri'] });
  });

  it('says "that was not me" by a mail', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    await page.goto(url('/account'));
    await signIn(page, alice);
    await page.waitForURL(url('/account'));
    await service.app.get(PasswordsService, { strict: false }).set(alice.id, PASSWORD);
    const elsewhere = await aVisitor(stage.browser);
    await elsewhere.page.goto(await linkTo(service, alice.claims.email ?? ''));
    await check(elsewhere.page, 'Was that somebody else?');
    await elsewhere.page.click('#not-me');
    await elsewhere.page.waitForSelector('#outcome-account-secured');
    await check(elsewhere.page, 'Your account is safe');
    expect(elsewhere.complaints).toEqual([]);
    await elsewhere.close();
    await page.goto(url('/account'));
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  it('confirms a change of address', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const email = someone();
    await page.goto(url('/account/email'));
    await signIn(page, alice);
    await page.waitForSelector('#change-email');
    await check(page, 'E-mail address');
    await page.fill('#email', email);
    await page.click('#change-email');
    await page.getByRole('status').waitFor();
    await check(page, 'E-mail address');
    await page.goto(await linkTo(service, email));
    await check(page, 'Confirm your new e-mail address');
    await page.click('#change-email');
    await page.waitForSelector('#outcome-email-changed');
    await check(page, 'Your address is changed');
  });
});

describe('getting in, in Chinese', () => {
  const stage = setStage({ env: { SIGN_UP: 'open' }, browser: { locale: 'zh-CN' } });

  it('signs up', async () => {
    const { page } = stage.visitor;
    const email = someone();
    await page.goto(stage.service.url('/sign-up'));
    await check(page, '创建');
    await page.fill('#email', email);
    await page.click('#sign-up');
    await page.waitForSelector('#outcome-sign-up-asked');
    await check(page, '邮');
    await page.goto(await linkTo(stage.service, email));
    await check(page, '创建');
    await page.fill('#name', '李娜');
    await page.fill('#password', PASSWORD);
    await page.click('#create-account');
    await page.waitForURL(stage.service.url('/account'));
    expect(await page.textContent('main')).toContain('李娜');
  });
});
