import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { redirect } from '#platform/http/index.js';
import { ResponseMode } from '#standards/oidc.js';
import { encoded, type ResponseParameters } from '../authorization-response.js';
import { ResponseModeHandler } from './response-mode-handler.js';

/** RFC 6749 §3.1.2, §4.1.2: the redirect URI as registered, query kept, with the answer added to it. */
@Injectable()
export class QueryMode extends ResponseModeHandler {
  readonly mode = ResponseMode.Query;

  address(redirectUri: string, response: ResponseParameters): string {
    return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${encoded(response)}`;
  }

  send(_http: FastifyRequest, reply: FastifyReply, redirectUri: string, response: ResponseParameters): FastifyReply {
    return redirect(reply, this.address(redirectUri, response));
  }
}
