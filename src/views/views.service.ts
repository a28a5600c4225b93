import { Injectable } from '@nestjs/common';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { BrandingSettings, IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { CompanyAssets } from './company-assets.js';
import { Dates } from './dates.js';
import { Document } from './layout/document.js';
import { CATALOGUES, type Locale } from './messages/index.js';
import { PageContextValue, type PageLook } from './page-context.js';
import type { Page, PageNeeds } from './page.js';

/** What is known of the reader besides the language. */
export interface Reader {
  /** The user's `zoneinfo`; UTC when unknown. */
  readonly timeZone?: string | undefined;
}

/** Turns a page and its data into an HTML document. */
@Injectable()
export class ViewsService {
  private readonly look: PageLook;

  constructor(
    issuer: IssuerSettings,
    branding: BrandingSettings,
    assets: CompanyAssets,
    private readonly clock: Clock,
  ) {
    this.look = {
      companyName: branding.companyName,
      iconPath: issuer.path(`/assets/${assets.icon.fileName}`),
      basePath: issuer.basePath,
      pictureBase: issuer.url('/pictures/'),
      passkeyScriptUrl: issuer.url(`/assets/${assets.passkeyScript.fileName}`),
      stylePath: issuer.path(`/assets/${assets.style.fileName}`),
      paths: {
        account: issuer.path('/account'),
        applications: issuer.path('/account/applications'),
        receipts: issuer.path('/account/receipts'),
        sessions: issuer.path('/account/sessions'),
        apiDocs: issuer.path('/api/docs'),
        signOut: issuer.path('/oauth2/logout'),
      },
    };
  }

  render<M>(page: Page<M>, model: M, locale: Locale, reader: Reader = {}): string {
    const messages = CATALOGUES[locale];
    const dates = new Dates(messages.language.dates, reader.timeZone, this.clock.now());
    const title = page.title(model, messages, this.look.companyName);
    const html = renderToString(
      h(PageContextValue.Provider, {
        value: { ...this.look, messages, dates },
        children: h(Document, { title, children: h(page.Body, { model }) }),
      }),
    );
    return `<!DOCTYPE html>${html}`;
  }

  /** What the content security policy of the page must allow. */
  needs<M>(page: Page<M>, model: M): PageNeeds {
    return page.needs?.(model, this.look) ?? {};
  }
}
