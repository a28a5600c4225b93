import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aUser } from '../support/given.js';
import { ON_A_NAMED_HOST } from '../support/passkeys.js';
import { startService, type TestService } from '../support/start-service.js';
import { aGatehouseAsProvider, aProvider } from '../support/upstream-gatehouse.js';
import { check } from './support/axe.js';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('signing in through another provider, in a browser', () => {
  const env: Record<string, string> = {};
  let upstream: TestService;
  // Another host than the service's, as cookies do not tell ports apart.
  beforeAll(async () => {
    upstream = await startService(ON_A_NAMED_HOST);
    env['OUTBOUND_ALLOW'] = new URL(upstream.issuer).host;
  });
  const stage = setStage({ env });
  afterAll(() => upstream.close());

  it('leads from the button there, through the sign-in there, to the application', async () => {
    const { visitor, site, service } = stage;
    const { page } = visitor;
    const title = 'Unternehmensverzeichnisdienstleistungen';
    const { provider } = await aGatehouseAsProvider(service, upstream, { title, justInTime: true });
    for (const preset of ['google', 'github', 'microsoft'] as const) {
      const tenant = preset === 'microsoft' ? { tenant: '11111111-2222-3333-4444-555555555555' } : {};
      await aProvider(service, { preset, slug: preset, clientId: 'id', clientSecret: 'a secret of theirs', ...tenant });
    }
    const there = await aUser(upstream);
    await page.goto(site.start());
    await check(page, 'Sign in');
    await page.click(`#idp-${provider.slug}`);
    await page.waitForURL(`${upstream.issuer}/**`);
    await signIn(page, there);
    await page.waitForSelector('#consent-allow');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().claims).toMatchObject({ amr: ['fed'] });
    expect(site.last().userInfo).toMatchObject({ email: there.claims.email });
  });

  it('says so when it was cancelled there, and asks before accounts are linked', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const { provider } = await aGatehouseAsProvider(service, upstream, { title: 'Acme' });
    const there = await aUser(upstream);
    await page.goto(service.url('/account'));
    await page.click(`#idp-${provider.slug}`);
    await page.waitForURL(`${upstream.issuer}/**`);
    await page.click('#cancel');
    await page.waitForSelector('#form-error');
    await check(page, 'Sign in');
    await page.click(`#idp-${provider.slug}`);
    await page.waitForURL(`${upstream.issuer}/**`);
    await signIn(page, there);
    await page.waitForURL(`${service.issuer}/sign-in**`);
    await check(page, 'Sign in');
    await signIn(page, alice);
    await page.waitForSelector('#link-account');
    await check(page, 'Acme');
    await page.click('#link-account');
    await page.waitForURL(service.url('/account'));
  });
});
