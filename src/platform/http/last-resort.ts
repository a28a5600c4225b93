import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { failureFacts } from './failure.js';
import { sendPage } from './pages.js';
import type { ProblemFacts } from './problem-details.js';
import { sendProblem } from './problem-details.filter.js';
import { rawPath, requestId } from './request-facts.js';

/** Renders the page for an error that nobody else answered. */
export type FailurePage = (facts: ProblemFacts, request: FastifyRequest) => string;

/** Answers errors that no controller's own filter answered, in the form that whoever asked can read. */
@Catch()
export class LastResort implements ExceptionFilter {
  private readonly logger = new Logger('http');
  private page: FailurePage = plainPage;

  /** Says how error pages look, once the views exist. */
  renderWith(page: FailurePage): void {
    this.page = page;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const facts = failureFacts(error);
    if (facts.status === 500) this.logger.error(error);
    if (reply.sent) return;
    const form = answerForm(rawPath(request));
    if (form === 'oauth') sendOAuthError(reply, facts);
    else if (form === 'problem') sendProblem(request, reply, facts);
    else this.sendErrorPage(request, reply, facts);
  }

  private sendErrorPage(request: FastifyRequest, reply: FastifyReply, facts: ProblemFacts): void {
    void sendPage(reply.headers({ ...facts.headers }), { status: facts.status, html: this.rendered(facts, request) });
  }

  private rendered(facts: ProblemFacts, request: FastifyRequest): string {
    try {
      return this.page(facts, request);
    } catch (error) {
      this.logger.error(error);
      return plainPage(facts, request);
    }
  }
}

// Of the protocol's endpoints these two speak to people.
const PROTOCOL_PAGES = /^\/oauth2\/(?:authorize|logout)(?:\/|$)/;

function answerForm(path: string): 'oauth' | 'problem' | 'page' {
  if (PROTOCOL_PAGES.test(path)) return 'page';
  if (path.startsWith('/oauth2/') || path.startsWith('/.well-known/')) return 'oauth';
  if (/^\/(?:api|health|metrics)(?:\/|$)/.test(path)) return 'problem';
  return 'page';
}

function sendOAuthError(reply: FastifyReply, facts: ProblemFacts): void {
  // RFC 6749 §3.2, App. B: a body of another media type is an invalid request.
  const status = facts.status === 415 ? 400 : facts.status;
  const description = facts.detail === undefined ? {} : { error_description: facts.detail };
  void reply
    .code(status)
    .headers({ ...facts.headers, 'cache-control': 'no-store', pragma: 'no-cache', 'content-type': 'application/json' })
    .send(JSON.stringify({ error: oauthCode(status), ...description }));
}

function oauthCode(status: number): string {
  if (status === 503 || status === 429) return 'temporarily_unavailable';
  return status >= 500 ? 'server_error' : 'invalid_request';
}

function plainPage(facts: ProblemFacts, request: FastifyRequest): string {
  const text = facts.status < 500 ? (facts.detail ?? 'This did not work.') : 'Something went wrong on our side.';
  return `<!doctype html><html lang="en"><title>Error</title><p>${text}</p><p id="support-code">${requestId(request)}</p></html>`;
}
