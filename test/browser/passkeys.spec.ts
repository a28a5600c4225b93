import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { CompanySettingsService } from '#settings/index.js';
import { ON_A_NAMED_HOST } from '../support/passkeys.js';
import { check } from './support/axe.js';
import { aVisitor, signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';
import { VirtualAuthenticator } from './support/virtual-authenticator.js';

const PASSKEYS = '/account/passkeys';

describe('passkeys in Chromium (WebAuthn §5.1)', () => {
  const stage = setStage({ env: ON_A_NAMED_HOST.env });
  let page: Page;
  let authenticator: VirtualAuthenticator;
  beforeEach(async () => {
    ({ page } = stage.visitor);
    authenticator = await VirtualAuthenticator.pluggedInto(page);
  });

  const url = (path: string) => stage.service.url(path);

  async function addPasskey(name = ''): Promise<void> {
    await page.goto(url(PASSKEYS));
    if (page.url().includes('/sign-in')) await signIn(page, stage.alice);
    await page.fill('#name', name);
    await page.click('#passkey');
    await page.waitForURL(`**${PASSKEYS}?done=added`);
  }

  /** The sign-in page in a browser that knows nothing, with an authenticator that waits to be touched. */
  async function signInPage(): Promise<void> {
    await page.context().clearCookies();
    await authenticator.touched(false);
    await page.goto(url('/sign-in'));
    await page.waitForSelector('#passkey:visible');
  }

  it('are made and then sign in by the button, with neither name nor password', async () => {
    await addPasskey('Blue key');
    expect(await page.textContent('[role=status]')).toContain('Your passkey is ready.');
    expect(await authenticator.count()).toBe(1);
    await check(page, 'Passkeys');
    await signInPage();
    await check(page, 'Sign in');
    await authenticator.touched(true);
    await page.click('#passkey');
    await page.waitForURL(url('/account'));
    await page.goto(url(PASSKEYS));
    expect(await page.textContent('main')).toContain('Last used');
  });

  it('are offered in the field for the name, and sign in from there (WebAuthn §5.1.4, conditional mediation)', async () => {
    await addPasskey();
    await signInPage();
    expect(await page.getAttribute('#username', 'autocomplete')).toBe('username webauthn');
    await authenticator.touched(true);
    await page.goto(url('/sign-in'));
    await page.waitForURL(url('/account'));
  });

  it('go with what was typed and with every hidden field of the form as it was served', async () => {
    await addPasskey();
    await signInPage();
    await page.fill('#username', 'half a na');
    await authenticator.touched(true);
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.click('#passkey');
    const posted = new URLSearchParams((await sent).postData() ?? '');
    expect([...posted.keys()].sort()).toEqual(['action', 'csrf', 'passkey', 'password', 'username']);
    expect([posted.get('action'), posted.get('username')]).toEqual(['passkey', 'half a na']);
    await page.waitForURL(url('/account'));
  });

  it('sign in for an application through consent and back (OIDC Core §3.1.2)', async () => {
    await addPasskey();
    await page.context().clearCookies();
    await page.goto(stage.site.start({ acr_values: 'phr' }));
    await page.click('#consent-allow');
    await page.waitForURL(`${stage.site.origin}/callback**`);
    expect(stage.site.last().claims).toMatchObject({ sub: stage.alice.id, acr: 'phr' });
  });

  it('that do not know their holder are not enough, and the password leads to them as the second factor', async () => {
    await addPasskey();
    await signInPage();
    await authenticator.knowsItsHolder(false);
    await authenticator.touched(true);
    await page.click('#passkey');
    await page.waitForSelector('[data-problem=failed]:visible');
    await check(page, 'Sign in');
    await signIn(page, stage.alice);
    await page.waitForURL('**/second-factor**');
    await check(page, 'One more step');
    await authenticator.knowsItsHolder(true);
    await page.click('#passkey');
    await page.waitForURL(url('/account'));
  });

  it('are made once per device, and the page says so', async () => {
    await addPasskey();
    await page.goto(url(PASSKEYS));
    await page.click('#passkey');
    await page.waitForSelector('[data-problem=known]:visible');
    expect(await authenticator.count()).toBe(1);
  });

  it('are renamed and removed, and no longer sign in then', async () => {
    await addPasskey('Old name');
    await page.click('details:has(input[value="Old name"]) summary');
    await check(page, 'Passkeys');
    await page.fill('input[name=name][value="Old name"]', 'New name');
    await page.click('button[value=rename]');
    await page.waitForURL(`**${PASSKEYS}?done=renamed`);
    expect(await page.textContent('main')).toContain('New name');
    await page.click('button[value=remove]');
    await page.waitForURL(`**${PASSKEYS}?done=removed`);
    expect(await page.textContent('main')).toContain('You have no passkey yet');
    await signInPage();
    await authenticator.touched(true);
    await page.click('#passkey');
    await Promise.race([
      page.waitForSelector('#form-error'),
      // This Chromium was told which passkeys are kept here, and has dropped the other.
      page.waitForSelector('[data-problem=failed]:visible'),
    ]);
  });

  it('are made during the sign-in where a second factor is required, next to an app, and prove it at once', async () => {
    const settings = stage.service.app.get(CompanySettingsService, { strict: false });
    await settings.change({ secondFactor: 'required' });
    try {
      await page.goto(stage.site.start());
      await signIn(page, stage.alice);
      await page.waitForURL('**/second-factor/enrol**');
      expect(await page.isVisible('#add-app')).toBe(true);
      await page.waitForSelector('#passkey:visible');
      await check(page, 'Set up a second step');
      await page.click('#passkey');
      await page.waitForSelector('#recovery-codes');
      expect(await authenticator.count()).toBe(1);
      await page.click('#continue');
      await page.waitForURL('**/second-factor?**');
      await page.click('#passkey');
      await page.click('#consent-allow');
      await page.waitForURL(`${stage.site.origin}/callback**`);
      expect(stage.site.last().claims).toMatchObject({ sub: stage.alice.id, acr: 'phr' });
    } finally {
      await settings.change({}, { toDefault: ['secondFactor'] });
    }
  });

  it('are the only thing to set up where nothing else will do, and without scripts the page says what they need', async () => {
    const settings = stage.service.app.get(CompanySettingsService, { strict: false });
    await settings.change({ secondFactor: 'required', secondFactorKinds: ['passkey'] });
    const plain = await aVisitor(stage.browser, { javaScriptEnabled: false });
    try {
      await plain.page.goto(url('/account'));
      await signIn(plain.page, stage.alice);
      expect(new URL(plain.page.url()).pathname).toBe('/second-factor/enrol');
      expect(await plain.page.textContent('main')).toContain('Passkeys need scripts');
      expect(await plain.page.isVisible('#cancel')).toBe(true);
      await page.goto(url('/account'));
      await signIn(page, stage.alice);
      await page.waitForSelector('#passkey.primary:visible');
      await check(page, 'Set up a second step');
      await page.click('#passkey');
      await page.waitForURL('**/second-factor');
      await page.click('#passkey');
      await page.waitForURL(url('/account'));
    } finally {
      await plain.close();
      await settings.change({}, { toDefault: ['secondFactor', 'secondFactorKinds'] });
    }
  });

  it('wait for a page that was open for long: it takes a new challenge and keeps what was typed', async () => {
    await addPasskey();
    await page.clock.install();
    await signInPage();
    await page.fill('#username', 'half a na');
    stage.service.clock.advance('10m');
    const renewed = page.waitForResponse((response) => response.url() === url('/sign-in') && response.ok());
    await page.clock.fastForward('04:30');
    await renewed;
    expect(await page.inputValue('#username')).toBe('half a na');
    await authenticator.touched(true);
    await page.click('#passkey');
    await page.waitForURL(url('/account'));
  });

  it('need a script, and without one the page says so and the password works', async () => {
    const plain = await aVisitor(stage.browser, { javaScriptEnabled: false });
    await plain.page.goto(url('/sign-in'));
    expect(await plain.page.isVisible('#passkey')).toBe(false);
    expect(await plain.page.textContent('main')).toContain('Passkeys need scripts');
    await signIn(plain.page, stage.alice);
    expect(plain.page.url()).toBe(url('/account'));
    await plain.close();
  });
});

describe('passkeys in Chromium, in Chinese', () => {
  const stage = setStage({ env: ON_A_NAMED_HOST.env, browser: { locale: 'zh-CN' } });

  it('are made and used in the language of the browser', async () => {
    const { page } = stage.visitor;
    const authenticator = await VirtualAuthenticator.pluggedInto(page);
    await page.goto(stage.service.url(PASSKEYS));
    await signIn(page, stage.alice);
    await check(page, '通行密钥');
    await page.click('#passkey');
    await page.waitForURL(`**${PASSKEYS}?done=added`);
    expect(await page.textContent('main')).toContain('我的通行密钥');
    await page.context().clearCookies();
    await authenticator.touched(false);
    await page.goto(stage.service.url('/sign-in'));
    expect(await page.textContent('#passkey')).toBe('使用通行密钥登录');
    await authenticator.touched(true);
    await page.click('#passkey');
    await page.waitForURL(stage.service.url('/account'));
  });
});
