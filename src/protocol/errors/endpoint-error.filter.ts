import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Explanations } from '#explanations/index.js';
import { Metrics } from '#platform/observability/index.js';
import { InvalidClient, OAuthError } from './oauth-error.js';

/** RFC 6749 §5.2: errors of the endpoints that clients call, as JSON that nobody stores. */
@Catch(OAuthError)
export class EndpointErrorFilter implements ExceptionFilter<OAuthError> {
  private readonly logger = new Logger('protocol');

  constructor(
    private readonly metrics: Metrics,
    private readonly explanations: Explanations,
  ) {}

  catch(error: OAuthError, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    this.logger.log({ msg: 'request refused', error: error.error, detail: error.message });
    this.metrics.refused(request.routeOptions.url, error.error);
    this.explanations.note(request, error);
    noStore(reply);
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
    if (error instanceof InvalidClient) challenge(request, reply);
    void reply.code(error.status).send({ error: error.error, error_description: error.description });
  }
}

/** RFC 6749 §5.1: tokens and what is said about them stay out of caches. */
export function noStore(reply: FastifyReply): void {
  reply.header('cache-control', 'no-store').header('pragma', 'no-cache');
}

/** RFC 6749 §5.2: a client that tried the Authorization header is challenged by the scheme it used. */
function challenge({ headers }: FastifyRequest, reply: FastifyReply): void {
  if (headers.authorization === undefined) return;
  reply.header('www-authenticate', 'Basic realm="gatehouse", charset="UTF-8"');
}
