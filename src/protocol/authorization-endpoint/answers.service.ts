import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InteractionRefusals, type LostInteraction } from '#interaction/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { OAuthError } from '../errors/oauth-error.js';
import type { AnswerTarget } from './authorization-request.js';
import { errorResponse, successResponse, type ResponseParameters, type Yield } from './authorization-response.js';
import { RESPONSE_MODES_IN_USE } from './response-modes/index.js';
import { SessionStates } from './session-states.js';
import type { ResponseModeHandler } from './response-modes/response-mode-handler.js';

/** Sends answers to the client's redirect URI, each in the mode of its request (RFC 6749 §4.1.2, §4.1.2.1). */
@Injectable()
export class AuthorizationAnswers {
  constructor(
    @Inject(RESPONSE_MODES_IN_USE) private readonly modes: readonly ResponseModeHandler[],
    private readonly refusals: InteractionRefusals,
    private readonly issuer: IssuerSettings,
    private readonly sessionStates: SessionStates,
  ) {}

  /** What was authorized, to the client. */
  sendSuccess(http: FastifyRequest, reply: FastifyReply, target: AnswerTarget, yielded: Yield): FastifyReply {
    return this.send(http, reply, target, successResponse(yielded, this.issuer.issuer, target));
  }

  /** Why nothing was authorized, to the client. */
  sendError(http: FastifyRequest, reply: FastifyReply, target: AnswerTarget, error: OAuthError): FastifyReply {
    return this.send(http, reply, target, errorResponse(error, this.issuer.issuer, target));
  }

  /** RFC 9700 §4.11.2: the same as a link, for a user who decides whether to follow it. */
  wayOn(target: AnswerTarget, error: OAuthError): { continueUrl: string; continueName: string } {
    const { redirectUri } = target;
    const response = errorResponse(error, this.issuer.issuer, target);
    const continueUrl = this.handler(target).address(redirectUri, response) ?? redirectUri;
    return { continueUrl, continueName: new URL(redirectUri).host };
  }

  /** Nothing to the client: the user sees why the interaction cannot go on. */
  async sendLost(http: FastifyRequest, reply: FastifyReply, lost: LostInteraction): Promise<FastifyReply> {
    await this.refusals.lost(http, reply, lost);
    return reply;
  }

  private send(
    http: FastifyRequest,
    reply: FastifyReply,
    target: AnswerTarget,
    response: ResponseParameters,
  ): FastifyReply {
    const session_state = this.sessionStates.of(http, reply, target);
    return this.handler(target).send(http, reply, target.redirectUri, { ...response, session_state });
  }

  private handler({ responseMode }: AnswerTarget): ResponseModeHandler {
    const handler = this.modes.find(({ mode }) => mode === responseMode);
    if (handler === undefined) throw new Error(`no handler for response mode ${responseMode}`);
    return handler;
  }
}
