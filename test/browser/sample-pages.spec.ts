import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrandingSettings } from '#platform/config/index.js';
import { LOCALES } from '#views/index.js';
import { CompanyAssets } from '../../src/views/company-assets.js';
import { SAMPLE_FACTOR_PAGES } from '../../src/views/sample-factor-pages.spec-support.js';
import { SAMPLE_PAGES } from '../../src/views/sample-pages.spec-support.js';
import { acmeViews } from '../../src/views/sample-parts.spec-support.js';
import { findings } from './support/axe.js';
import { aVisitor, startChromium, type Visitor } from './support/chromium.js';

const ORIGIN = 'https://acme.test';
const views = acmeViews();
const assets = new CompanyAssets(new BrandingSettings({ companyName: 'Acme', color: '#1f5f8c' }));
const cases = [...SAMPLE_PAGES, ...SAMPLE_FACTOR_PAGES].flatMap(([name, render]) =>
  LOCALES.map((locale) => ({ name, locale, render })),
);

describe('every sample page, with the longest and worst that it can be given', () => {
  let browser: Browser;
  let visitor: Visitor;
  let html = '';

  beforeAll(async () => {
    browser = await startChromium();
    visitor = await aVisitor(browser);
    await visitor.page.route(`${ORIGIN}/**`, async (route) => {
      const asset = assets.find(new URL(route.request().url()).pathname.split('/').at(-1) ?? '');
      if (asset !== undefined) await route.fulfill({ contentType: asset.mediaType, body: asset.content });
      else if (route.request().isNavigationRequest()) await route.fulfill({ contentType: 'text/html', body: html });
      else await route.fulfill({ status: 404 });
    });
  });
  afterAll(async () => {
    await visitor.close();
    await browser.close();
  });

  it.each(cases)('$name in $locale fits 320 px and is for everybody (WCAG 2.2 AA)', async ({ locale, render }) => {
    html = render(views, locale);
    await visitor.page.goto(`${ORIGIN}/login/here`);
    expect(await findings(visitor.page)).toEqual({});
  });
});
