import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientsService, isVetted } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, CsrfTokens, formTarget, isCrossSite, sendPage } from '#platform/http/index.js';
import type { Session } from '#sessions/index.js';
import {
  ErrorPages,
  LogoutConfirmPage,
  negotiateLocale,
  SignedOutPage,
  ViewsService,
  type Locale,
} from '#views/index.js';
import type { LogoutRequest } from './logout-request.js';

/** What the confirmation page is about. */
export interface Confirmation {
  readonly request: LogoutRequest;
  readonly session: Session;
  /** Where the form posts; carries the sealed request. */
  readonly action: string;
}

/** The pages around signing out. */
@Injectable()
export class LogoutPages {
  constructor(
    private readonly views: ViewsService,
    private readonly errorPages: ErrorPages,
    private readonly csrf: CsrfTokens,
    private readonly cookies: BrowserCookies,
    private readonly clients: ClientsService,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Asks whether to sign out. */
  async confirm(
    { request, session, action }: Confirmation,
    http: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const csrf = this.csrf.issue(this.bindings(http, reply, session));
    const model = { action, csrf, client: await this.clientName(request) };
    const html = this.views.render(LogoutConfirmPage, model, localeOf(request, http));
    const { redirectUri } = request;
    return sendPage(reply, {
      status: 200,
      html,
      formTargets: redirectUri === undefined ? [] : [formTarget(redirectUri)],
    });
  }

  /** Whether a posted form is the one that this browser was shown for this session (RFC 9700 §4.7). */
  isOurForm(http: FastifyRequest, reply: FastifyReply, token: string | undefined, session: Session): boolean {
    return !isCrossSite(http) && this.csrf.valid(token, this.bindings(http, reply, session));
  }

  async signedOut(request: LogoutRequest, http: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const model = { client: await this.clientName(request), signInUrl: this.issuer.path('/sign-in') };
    return sendPage(reply, { status: 200, html: this.views.render(SignedOutPage, model, localeOf(request, http)) });
  }

  expired(http: FastifyRequest, reply: FastifyReply): FastifyReply {
    return this.errorPages.send(http, reply, { kind: 'form', status: 400 });
  }

  private bindings(http: FastifyRequest, reply: FastifyReply, session: Session): string[] {
    return ['logout', this.cookies.browserId(http, reply), session.id];
  }

  private async clientName({ clientId }: LogoutRequest) {
    const client = clientId === undefined ? undefined : await this.clients.find(clientId);
    if (client === undefined) return undefined;
    return { name: client.clientName ?? client.clientId, clientUri: client.clientUri, vetted: isVetted(client) };
  }
}

/** The language of the pages around signing out: what the client asks for, else what the browser wants. */
export function localeOf({ uiLocales }: LogoutRequest, { headers }: FastifyRequest): Locale {
  return negotiateLocale({ uiLocales, acceptLanguage: headers['accept-language'] });
}
