import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Explanations } from '#explanations/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Metrics } from '#platform/observability/index.js';
import { ErrorPages } from '#views/index.js';
import { OAuthError, TooManyRequests } from '../errors/oauth-error.js';
import { AnswerableError, mayRedirect } from './answerable-error.js';
import { AuthorizationAnswers } from './answers.service.js';

/** RFC 6749 §4.1.2.1: an error goes to the client, or to the user where client or redirect URI cannot be trusted. */
@Catch(OAuthError, AnswerableError)
export class AuthorizationErrorFilter implements ExceptionFilter<OAuthError | AnswerableError> {
  private readonly logger = new Logger('protocol');

  constructor(
    private readonly answers: AuthorizationAnswers,
    private readonly errorPages: ErrorPages,
    private readonly issuer: IssuerSettings,
    private readonly metrics: Metrics,
    private readonly explanations: Explanations,
  ) {}

  catch(error: OAuthError | AnswerableError, host: ArgumentsHost): void {
    const http = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const reason = error instanceof AnswerableError ? error.reason : error;
    this.logger.log({ msg: 'authorization refused', error: reason.error, detail: reason.message });
    this.metrics.refused(http.routeOptions.url, reason.error);
    this.explanations.note(http, reason, error instanceof AnswerableError ? error.target.client : undefined);
    const { error: code, description } = reason;
    const told = { status: 400, error: code, description };
    if (error instanceof TooManyRequests) this.errorPages.send(http, reply, { ...told, ...busy(error) });
    else if (!(error instanceof AnswerableError)) this.errorPages.send(http, reply, { kind: 'client', ...told });
    else if (mayRedirect(error.about, this.issuer)) this.answers.sendError(http, reply, error.target, reason);
    else this.errorPages.send(http, reply, { kind: 'unvetted', ...told, ...this.answers.wayOn(error.target, reason) });
  }
}

/** RFC 6585 §4: it is not the request that is wrong, but the number of them. */
function busy({ status, retryAfterSeconds }: TooManyRequests) {
  return { kind: 'busy', status, retryAfterSeconds } as const;
}
