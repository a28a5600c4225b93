import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestId, sendPage } from '#platform/http/index.js';
import { negotiateLocale } from './negotiate-locale.js';
import { ErrorPage, type ErrorModel } from './pages/protocol/error.page.js';
import { ViewsService } from './views.service.js';

/** An error as the page about it needs it; the support code and the language come from the request. */
export type PageFault = Omit<ErrorModel, 'supportCode'> & { readonly uiLocales?: string | undefined };

/** Answers a request with the error page, in the reader's language, with the request id as support code. */
@Injectable()
export class ErrorPages {
  constructor(private readonly views: ViewsService) {}

  send(request: FastifyRequest, reply: FastifyReply, { uiLocales, ...fault }: PageFault): FastifyReply {
    const locale = negotiateLocale({ uiLocales, acceptLanguage: request.headers['accept-language'] });
    const status = fault.status ?? 400;
    if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', fault.retryAfterSeconds);
    const html = this.views.render(ErrorPage, { ...fault, status, supportCode: requestId(request) }, locale);
    return sendPage(reply, { status, html });
  }
}
