import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '#platform/http/index.js';
import { Metrics } from '#platform/observability/index.js';
import { noStore } from './endpoint-error.filter.js';
import { InsufficientScope, InsufficientUserAuthentication, NoCredentials, OAuthError } from './oauth-error.js';

const REALM = 'Bearer realm="gatehouse"';

/** RFC 6750 §3: errors of an access token, as a challenge and as OAuth JSON. */
@Catch(OAuthError)
export class BearerErrorFilter implements ExceptionFilter<OAuthError> {
  protected readonly logger = new Logger('protocol');

  constructor(private readonly metrics: Metrics) {}

  catch(error: OAuthError, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    this.logger.log({ msg: 'access token refused', error: error.error, detail: error.message });
    this.metrics.refused(request.routeOptions.url, error.error);
    noStore(reply);
    // RFC 6750 §3: another token would not help where we failed
    if (error.status < 500) reply.header('www-authenticate', challenge(error));
    this.answer(error, request, reply);
  }

  protected answer(error: OAuthError, _request: FastifyRequest, reply: FastifyReply): void {
    const body = error instanceof NoCredentials ? {} : { error: error.error, error_description: error.description };
    void reply.code(error.status).send(body);
  }
}

/** The same challenge for our own APIs, whose errors are problem details (RFC 9457). */
@Catch(OAuthError)
export class ApiTokenErrorFilter extends BearerErrorFilter {
  protected override answer(error: OAuthError, request: FastifyRequest, reply: FastifyReply): void {
    sendProblem(request, reply, { status: error.status, detail: error.description });
  }
}

/** RFC 6750 §3: without credentials no error code; else why, and which scope would do. */
function challenge(error: OAuthError): string {
  if (error instanceof NoCredentials) return REALM;
  return `${REALM}, error="${error.error}", error_description="${error.description}"${remedy(error)}`;
}

/** What would do: a scope (RFC 6750 §3), or another sign-in (RFC 9470 §3). */
function remedy(error: OAuthError): string {
  if (error instanceof InsufficientScope) return `, scope="${error.scope}"`;
  if (!(error instanceof InsufficientUserAuthentication)) return '';
  return `, acr_values="${error.wanted.acrValues}", max_age="${error.wanted.maxAge}"`;
}
