import { Injectable } from '@nestjs/common';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { BrandingSettings, IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { accentFor } from './accent.js';
import { CompanyAssets } from './company-assets.js';
import { Dates } from './dates.js';
import type { MailTemplate, RenderedMail } from './mails/mail.js';
import { MailDocument } from './mails/mail-document.js';
import { mailText, subjectLine } from './mails/mail-text.js';
import { CATALOGUES, type Locale } from './messages/index.js';
import type { Reader } from './views.service.js';

/** The name under which the picture of the logo travels inside a mail. */
export const MAIL_LOGO_ID = 'company-logo';

/** The pictures that mail programs show; most of them leave out SVG and many WebP. */
const SHOWN_BY_MAIL_PROGRAMS: ReadonlySet<string> = new Set(['image/png', 'image/jpeg']);

/** The company's logo as it travels inside a mail. */
export interface MailLogo {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** Turns a template and its data into a mail, as text and as HTML of the same words. */
@Injectable()
export class MailViews {
  /** What must go along with each mail, so that nobody's reading is told to a server. */
  readonly logo: MailLogo | undefined;

  constructor(
    private readonly issuer: IssuerSettings,
    private readonly branding: BrandingSettings,
    assets: CompanyAssets,
    private readonly clock: Clock,
  ) {
    this.logo = assets.logo && SHOWN_BY_MAIL_PROGRAMS.has(assets.logo.mediaType) ? assets.logo : undefined;
  }

  render<M>(template: MailTemplate<M>, model: M, locale: Locale, { timeZone }: Reader = {}): RenderedMail {
    const { mails: words, language } = CATALOGUES[locale];
    const { companyName } = this.branding;
    const dates = new Dates(language.dates, timeZone, this.clock.now());
    const { blocks, ...draft } = template.write(model, { words, companyName, dates });
    const subject = subjectLine(draft.subject);
    const closing = [words.closing(companyName), this.issuer.issuer];
    // Links are made of the issuer that the operator set, never of what a request says of its host.
    const url = (path: string) => this.issuer.url(path);
    const logo = this.logo && `cid:${MAIL_LOGO_ID}`;
    const accent = accentFor(this.branding.color, 'light');
    const html = renderToString(
      h(MailDocument, { subject, language, companyName, logo, accent, blocks, closing, url }),
    );
    return { subject, text: mailText(blocks, closing, url), html: `<!DOCTYPE html>${html}` };
  }
}
