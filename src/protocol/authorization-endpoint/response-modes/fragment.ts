import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { redirect } from '#platform/http/index.js';
import { ResponseMode } from '#standards/oidc.js';
import { encoded, type ResponseParameters } from '../authorization-response.js';
import { ResponseModeHandler } from './response-mode-handler.js';

/** OAuth Multiple Response Types §2.1: the answer in the fragment, which browsers send to no server. */
@Injectable()
export class FragmentMode extends ResponseModeHandler {
  readonly mode = ResponseMode.Fragment;

  address(redirectUri: string, response: ResponseParameters): string {
    return `${redirectUri}#${encoded(response)}`;
  }

  send(_http: FastifyRequest, reply: FastifyReply, redirectUri: string, response: ResponseParameters): FastifyReply {
    return redirect(reply, this.address(redirectUri, response));
  }
}
