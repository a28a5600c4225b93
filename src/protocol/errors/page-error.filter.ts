import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Explanations } from '#explanations/index.js';
import { Metrics } from '#platform/observability/index.js';
import { ErrorPages } from '#views/index.js';
import { OAuthError } from './oauth-error.js';

/** Shows a protocol error to the user, where nobody else may be told (RFC 6749 §4.1.2.1). */
@Catch(OAuthError)
export class PageErrorFilter implements ExceptionFilter<OAuthError> {
  private readonly logger = new Logger('protocol');

  constructor(
    private readonly errorPages: ErrorPages,
    private readonly metrics: Metrics,
    private readonly explanations: Explanations,
  ) {}

  catch(error: OAuthError, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.logger.log({ msg: 'request refused on a page', error: error.error, detail: error.message });
    const request = http.getRequest<FastifyRequest>();
    this.metrics.refused(request.routeOptions.url, error.error);
    this.explanations.note(request, error);
    this.errorPages.send(request, http.getResponse<FastifyReply>(), {
      kind: 'client',
      status: 400,
      error: error.error,
      description: error.description,
    });
  }
}
