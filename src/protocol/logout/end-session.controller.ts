import { Controller, Get, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerSettings } from '#platform/config/index.js';
import { redirect, sendPage } from '#platform/http/index.js';
import type { EndedSession } from '#sessions/index.js';
import { PageErrorFilter } from '../errors/page-error.filter.js';
import { InvalidRequest } from '../errors/oauth-error.js';
import {
  authorizationParameters,
  formParameters,
  postedAuthorizationParameters,
} from '../parameters/read-parameters.js';
import { BrowserSession } from './browser-session.js';
import { FrontChannelLogout } from './front-channel-logout.js';
import { localeOf, LogoutPages } from './logout-pages.js';
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
    private readonly browser: BrowserSession,
    private readonly pages: LogoutPages,
    private readonly frontChannel: FrontChannelLogout,
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
    const session = await this.browser.current(http);
    if (request === undefined) return this.pages.expired(http, reply);
    if (session === undefined) return this.signedOut(request, http, reply);
    if (!this.pages.isOurForm(http, reply, form.get('csrf'), session)) return this.pages.expired(http, reply);
    if (form.get('action') !== 'confirm') return redirect(reply, this.issuer.path('/account'));
    return this.confirmed(request, await this.browser.end(session, reply), http, reply);
  }

  private async confirmation(request: LogoutRequest, http: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const session = await this.browser.current(http);
    if (session === undefined) return this.signedOut(request, http, reply);
    return this.pages.confirm({ request, session, action: this.confirmAddress(request) }, http, reply);
  }

  private confirmAddress(request: LogoutRequest): string {
    return this.issuer.path(`${CONFIRM}?request=${this.sealed.seal(request)}`);
  }

  /** First past the frames of the clients that want one, and then on. */
  private async confirmed(
    request: LogoutRequest,
    ended: EndedSession | undefined,
    http: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const target = returnAddress(request);
    const next = target ?? this.issuer.path(`/oauth2/logout${ownQuery(request)}`);
    const page = ended && (await this.frontChannel.page(ended, next, localeOf(request, http)));
    if (page !== undefined) return sendPage(reply, page);
    return target === undefined ? this.pages.signedOut(request, http, reply) : redirect(reply, target);
  }

  /** Without a session the client is established by a hint alone: nobody confirmed anything. */
  private async signedOut(request: LogoutRequest, http: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const target = request.hinted ? returnAddress(request) : undefined;
    if (target === undefined) return this.pages.signedOut(request, http, reply);
    return redirect(reply, target);
  }
}

/** OIDC RP-Initiated Logout §3: the registered address as it is, with nothing added but the state. */
function returnAddress({ redirectUri, state }: LogoutRequest): string | undefined {
  if (redirectUri === undefined || state === undefined) return redirectUri;
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams({ state }).toString()}`;
}

/** What our own page at the end shows: in which language, and whose user this was. */
function ownQuery({ clientId, uiLocales }: LogoutRequest): string {
  const facts = Object.entries({ client_id: clientId, ui_locales: uiLocales });
  const known = facts.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return known.length === 0 ? '' : `?${new URLSearchParams(known).toString()}`;
}
