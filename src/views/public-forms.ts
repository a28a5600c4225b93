import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, FormGuard, sendPage, type PostedForm } from '#platform/http/index.js';
import { ErrorPages } from './error-pages.js';
import type { Locale } from './messages/index.js';
import type { FormTarget } from './models.js';
import { negotiateLocale } from './negotiate-locale.js';
import type { Page } from './page.js';
import { ViewsService } from './views.service.js';

/** One visit of somebody who need not be signed in. */
export interface PublicVisit {
  readonly browser: string;
  readonly locale: Locale;
  /** The path of the page and what its query holds, which its form is good for. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** Shows pages with forms to people who need not be signed in, above all those that links in mails lead to. */
@Injectable()
export class PublicForms {
  constructor(
    private readonly views: ViewsService,
    private readonly forms: FormGuard,
    private readonly cookies: BrowserCookies,
    private readonly errorPages: ErrorPages,
    private readonly issuer: IssuerSettings,
  ) {}

  visit(request: FastifyRequest, reply: FastifyReply, path: string, query: PublicVisit['query'] = {}): PublicVisit {
    const locale = negotiateLocale({ acceptLanguage: request.headers['accept-language'] });
    return { browser: this.cookies.browserId(request, reply), locale, path, query };
  }

  show<M>(reply: FastifyReply, { locale }: PublicVisit, status: number, page: Page<M>, model: M): void {
    // The address may hold the token of a link, which is nobody else's business.
    reply.header('referrer-policy', 'no-referrer');
    void sendPage(reply, { status, html: this.views.render(page, model, locale) });
  }

  /** Where the form of a page posts: to the page itself, for this browser and this link only. */
  target(visit: PublicVisit): FormTarget {
    return { action: this.address(visit), csrf: this.forms.issue(this.bindings(visit)) };
  }

  /** The form; undefined when it is not ours, which the error page has said (RFC 9700 §4.7). */
  accept(request: FastifyRequest, reply: FastifyReply, visit: PublicVisit): PostedForm | undefined {
    const form = this.forms.accept(request, this.bindings(visit));
    if (form === undefined) this.errorPages.send(request, reply, { kind: 'form', continueUrl: this.address(visit) });
    return form;
  }

  /** The address of the page, as a browser asks for it. */
  address({ path, query }: PublicVisit): string {
    const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    const search = new URLSearchParams(given).toString();
    return this.issuer.path(path) + (search === '' ? '' : `?${search}`);
  }

  private bindings(visit: PublicVisit): string[] {
    return [visit.browser, this.address(visit)];
  }
}
