import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failureFacts } from './failure.js';
import { problemBody, type ProblemFacts } from './problem-details.js';
import { requestId } from './request-facts.js';

/** Answers every error of our own JSON APIs in the form of RFC 9457. */
@Catch()
export class ProblemDetailsFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const facts = failureFacts(error);
    if (facts.status === 500) this.logger.error(error);
    sendProblem(request, reply, facts);
  }
}

/** Sends a problem as `application/problem+json`. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, facts: ProblemFacts): void {
  if (reply.sent) return;
  void reply
    .code(facts.status)
    .headers({ ...facts.headers, 'cache-control': 'no-store', 'content-type': 'application/problem+json' })
    .send(JSON.stringify(problemBody(facts, requestId(request))));
}
