import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { FormGuard, sendPage, type PostedFiles, type PostedForm } from '#platform/http/index.js';
import { ErrorPages, ViewsService, type FormTarget, type Page } from '#views/index.js';
import type { Visit } from './visit.js';

/** Shows the account's pages and takes only the forms that they hold (RFC 9700 §4.7). */
@Injectable()
export class AccountForms {
  constructor(
    private readonly forms: FormGuard,
    private readonly views: ViewsService,
    private readonly errorPages: ErrorPages,
    private readonly issuer: IssuerSettings,
  ) {}

  show<M>(reply: FastifyReply, { locale, user }: Visit, page: Page<M>, model: M, status = 200): void {
    const html = this.views.render(page, model, locale, { timeZone: user.claims.zoneinfo });
    void sendPage(reply, { status, html, ...this.views.needs(page, model) });
  }

  /** Where the form of a page posts: to the page itself, for this session only. */
  target(path: string, { session }: Visit): FormTarget {
    return { action: this.issuer.path(path), csrf: this.forms.issue([path, session.id]) };
  }

  /** The form; undefined when it is not ours, which the error page has said. */
  accept(request: FastifyRequest, reply: FastifyReply, path: string, { session }: Visit): PostedForm | undefined {
    const form = this.forms.accept(request, [path, session.id]);
    if (form === undefined) {
      this.errorPages.send(request, reply, { kind: 'form', continueUrl: this.issuer.path(path) });
    }
    return form;
  }

  /** The same for a form that brings a file along. */
  async acceptFiles(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    { session }: Visit,
  ): Promise<PostedFiles | undefined> {
    const posted = await this.forms.acceptFiles(request, [path, session.id]);
    if (posted === undefined) this.errorPages.send(request, reply, { kind: 'form' });
    return posted;
  }
}
