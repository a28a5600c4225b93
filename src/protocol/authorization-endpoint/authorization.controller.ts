import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InteractionsService, type LoadedInteraction, type Prompt } from '#interaction/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { BrowserCookies, clientAddress, redirect } from '#platform/http/index.js';
import type { Session } from '#sessions/index.js';
import { OAuthParameters } from '../parameters/oauth-parameters.js';
import { authorizationParameters, postedAuthorizationParameters } from '../parameters/read-parameters.js';
import { AuthorizationErrorFilter } from './authorization-error.filter.js';
import { AuthorizationRequestValidator } from './authorization-request.validator.js';
import { AuthorizationAnswers } from './answers.service.js';
import { storedParameters } from './stored-parameters.js';
import { AuthorizationService, type Decision } from './authorization.service.js';
import type { AuthorizationRequest } from './authorization-request.js';

/** Stands on an interaction whose browser has not shown itself yet; what is really asked is decided then. */
const BEFORE_ANY_COOKIE: Prompt = { name: 'login', reason: 'posted request', error: 'login_required' };

/** The authorization endpoint (RFC 6749 §3.1, OIDC Core §3.1.2). */
@Controller('oauth2/authorize')
@UseFilters(AuthorizationErrorFilter)
export class AuthorizationController {
  constructor(
    private readonly validator: AuthorizationRequestValidator,
    private readonly authorization: AuthorizationService,
    private readonly interactions: InteractionsService,
    private readonly cookies: BrowserCookies,
    private readonly issuer: IssuerSettings,
    private readonly answers: AuthorizationAnswers,
  ) {}

  @Get()
  async ask(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const received = authorizationParameters(http);
    const { request, parameters } = await this.validator.receive(received, clientAddress(http));
    const session = await this.session(http, reply);
    const decision = await this.authorization.decide(request, { session, answers: {} });
    if (decision.outcome !== 'ask') return this.answer(http, reply, request, decision);
    const browser = this.cookies.browserId(http, reply);
    const page = await this.authorization.pause(decision, { parameters: storedParameters(parameters), browser });
    return redirect(reply, this.issuer.path(page));
  }

  /** A cross-site POST carries no Lax cookies: the request is stored before any cookie is judged. */
  @Post()
  async post(@Req() http: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const received = postedAuthorizationParameters(http);
    const { request, parameters } = await this.validator.receive(received, clientAddress(http));
    const { id } = await this.interactions.start({
      parameters: storedParameters(parameters),
      facts: request,
      prompt: BEFORE_ANY_COOKIE,
    });
    return redirect(reply, this.issuer.path(`/oauth2/authorize/${id}`));
  }

  @Get(':interaction')
  async resume(
    @Param('interaction') id: string,
    @Req() http: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const browser = this.cookies.browserId(http, reply);
    const loaded = await this.load(id, browser);
    if (loaded.outcome !== 'live') return this.answers.sendLost(http, reply, loaded);
    const { parameters, answers } = loaded.interaction;
    const request = await this.validator.validate(new OAuthParameters(parameters));
    const session = await this.session(http, reply);
    const decision = await this.authorization.decide(request, { session, answers, interactionId: id });
    if (decision.outcome !== 'ask') return this.answer(http, reply, request, decision);
    return redirect(reply, this.issuer.path(await this.authorization.pause(decision, { id })));
  }

  /** The interaction; one that was posted without a cookie belongs to the first browser that shows one. */
  private async load(id: string, browser: string): Promise<LoadedInteraction> {
    const loaded = await this.interactions.load(id, browser);
    if (loaded.outcome !== 'foreign' || !(await this.interactions.bind(id, browser))) return loaded;
    return this.interactions.load(id, browser);
  }

  private async session(http: FastifyRequest, reply: FastifyReply): Promise<Session | undefined> {
    const cookie = this.cookies.session.read(http);
    const session = await this.authorization.session(cookie);
    this.cookies.opState?.mend(http, reply, session === undefined ? undefined : cookie);
    return session;
  }

  private async answer(
    http: FastifyRequest,
    reply: FastifyReply,
    request: AuthorizationRequest,
    decision: Exclude<Decision, { outcome: 'ask' }>,
  ): Promise<FastifyReply> {
    if (decision.outcome === 'issued') return this.answers.sendSuccess(http, reply, request, decision.yielded);
    const { client, redirectUri } = request;
    return this.answers.sendLost(http, reply, { outcome: 'ended', clientId: client.clientId, redirectUri });
  }
}
