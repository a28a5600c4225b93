import type { FastifyRequest } from 'fastify';
import type { OAuthParameters } from '../parameters/oauth-parameters.js';

/** What a request carries that could prove who the client is. */
export interface AuthenticationAttempt {
  readonly authorization: string | undefined;
  readonly parameters: OAuthParameters;
}

/** Who the client says it is by one method, and the proof that belongs to it. */
export interface PresentedCredentials {
  readonly clientId: string;
  readonly proof: string;
}

/** Collects what a request carries (RFC 6749 §2.3). */
export function authenticationAttempt(request: FastifyRequest, parameters: OAuthParameters): AuthenticationAttempt {
  return { authorization: request.headers.authorization, parameters };
}
