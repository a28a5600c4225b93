import { Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, redirect } from '#platform/http/index.js';
import { SessionsService } from '#sessions/index.js';
import { PageErrorFilter } from '../errors/page-error.filter.js';
import { InvalidRequest } from '../errors/oauth-error.js';
import {
  authorizationParameters,
  formParameters,
  postedAuthorizationParameters,
} from '../parameters/read-parameters.js';
import { LogoutPages } from './logout-pages.js';
import { LogoutRequestValidator, type LogoutRequest } from './logout-request.js';
import { SealedLogoutRequests } from './sealed-logout-request.js';

const CONFIRM = '/oauth2/logout/confirm';

/** The end-session endpoint (OIDC RP-Initiated Logout §2): the user always confirms, then goes back to the client. */
@Controller('oauth2/logout')
@UseFilters(PageErrorFilter)
export class EndSessionController {
  constructor(
    private readonly validator: LogoutRequestValidator,
    private readonly sealed: SealedLogoutRequests,
    private readonly sessions: SessionsService,
    private readonly pages: LogoutPages,
    private readonly cookies: BrowserCookies,
    private readonly issuer: IssuerSettings,
  ) {}

  @Get()
  async ask(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.confirmation(await this.validator.validate(authorizationParameters(http)), http, reply);
  }

  /** A cross-site POST carries no Lax cookies: go on by a GET of ours before any cookie is judged. */
  @Post()
  async post(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const request = await this.validator.validate(postedAuthorizationParameters(http));
    return redirect(reply, this.confirmAddress(request));
  }

  @Get('confirm')
  askAgain(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const request = this.sealed.open(authorizationParameters(http).get('request'));
    if (request === undefined) throw new InvalidRequest('the sealed logout request cannot be opened or lay too long');
    return this.confirmation(request, http, reply);
  }

  @Post('confirm')
  @HttpCode(200)
  async confirm(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const form = formParameters(http);
    const request = this.sealed.open(authorizationParameters(http).get('request'));
    const session = await this.sessions.current(this.cookies.session.read(http));
    if (request === undefined) return this.pages.expired(http, reply);
    if (session === undefined) return this.signedOut(request, http, reply);
    if (!this.pages.isOurForm(http, reply, form.get('csrf'), session)) return this.pages.expired(http, reply);
    if (form.get('action') !== 'confirm') return redirect(reply, this.issuer.path('/account'));
    await this.sessions.end(session.id);
    this.cookies.session.clear(reply);
    return this.signedOut(request, http, reply, true);
  }

  private async confirmation(request: LogoutRequest, http: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const session = await this.sessions.current(this.cookies.session.read(http));
    if (session === undefined) return this.signedOut(request, http, reply);
    return this.pages.confirm({ request, session, action: this.confirmAddress(request) }, http, reply);
  }

  private confirmAddress(request: LogoutRequest): string {
    return this.issuer.path(`${CONFIRM}?request=${this.sealed.seal(request)}`);
  }

  /** Back to the client, when it is established by a hint or by the user's confirmation; else our own page. */
  private async signedOut(
    request: LogoutRequest,
    http: FastifyRequest,
    reply: FastifyReply,
    confirmed = false,
  ): Promise<FastifyReply> {
    const { redirectUri, state } = request;
    if (redirectUri === undefined || !(request.hinted || confirmed)) return this.pages.signedOut(request, http, reply);
    if (state === undefined) return redirect(reply, redirectUri);
    return redirect(
      reply,
      `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams({ state }).toString()}`,
    );
  }
}
