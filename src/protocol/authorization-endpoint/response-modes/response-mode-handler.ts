import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ResponseMode } from '#standards/oidc.js';
import type { ResponseParameters } from '../authorization-response.js';

/** One way for an answer to travel through the browser to the client (OAuth Multiple Response Types §2.1). */
export abstract class ResponseModeHandler {
  abstract readonly mode: ResponseMode;

  /** The address that carries the answer, where the mode is an address. */
  abstract address(redirectUri: string, response: ResponseParameters): string | undefined;

  abstract send(
    http: FastifyRequest,
    reply: FastifyReply,
    redirectUri: string,
    response: ResponseParameters,
  ): FastifyReply;
}
