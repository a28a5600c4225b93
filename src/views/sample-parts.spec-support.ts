import { BrandingSettings, IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CompanyAssets } from './company-assets.js';
import type { Locale } from './messages/index.js';
import type { Page } from './page.js';
import { ViewsService } from './views.service.js';

/** The moment at which sample pages are read. */
export const NOW = new Date('2026-11-22T14:05:00Z');

class StoppedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

/** The issuer of a company called Acme, below a path. */
export const acmeIssuer = new IssuerSettings({
  issuer: 'https://acme.test/login',
  kind: 'test',
  secure: true,
  origin: 'https://acme.test',
  basePath: '/login',
});

/** A views service of a company called Acme. */
export function acmeViews(color = '#1f5f8c'): ViewsService {
  const branding = new BrandingSettings({ companyName: 'Acme', color });
  return new ViewsService(acmeIssuer, branding, new CompanyAssets(branding), new StoppedClock());
}

export const form = { action: '/login/here?interaction=one', csrf: 'csrf-token' };
export const client = {
  name: 'Travel Desk',
  host: 'travel.acme.example',
  owner: 'Finance IT',
  vetted: true,
  clientUri: 'https://travel.acme.example/',
  policyUri: 'https://travel.acme.example/privacy',
  tosUri: 'https://travel.acme.example/terms',
};
export const hostileClient = {
  name: '\u202E<script>alert(1)</script>',
  host: '"><img src=x>',
  owner: "' onload='x",
  logoUri: 'https://elsewhere.example/x.png',
  clientUri: 'javascript:alert(1)',
  policyUri: 'http://insecure.example/',
  tosUri: 'data:text/html,x',
  vetted: false,
};
export const account = { name: 'Alice Liddell', username: 'alice', email: 'alice@acme.example', pictureInitials: 'AL' };

/** When something happened earlier. */
export const may = new Date('2026-05-03T10:00:00Z');
/** A page by its name, and how it is rendered. */
export type Sample = readonly [name: string, html: (views: ViewsService, locale: Locale) => string];

/** A page with its data. */
export function sample<M>(name: string, page: Page<M>, model: M): Sample {
  return [name, (views, locale) => views.render(page, model, locale)];
}
