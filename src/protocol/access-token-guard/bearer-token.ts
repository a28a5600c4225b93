import type { FastifyRequest } from 'fastify';
import { parseForm, rawQuery } from '#platform/http/index.js';
import { InvalidRequest, NoCredentials } from '../errors/oauth-error.js';

const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/** RFC 6750 §2.1: the token in the Authorization header; in the URL it is refused (RFC 9700 §4.3.2). */
export function bearerToken(request: FastifyRequest): string {
  refuseQueryToken(request);
  const { authorization } = request.headers;
  if (authorization === undefined) throw new NoCredentials('no access token');
  return headerToken(authorization);
}

/** The token in the Authorization header, or nothing when there is none. */
export function headerToken(authorization: string): string {
  const token = BEARER.exec(authorization)?.[1];
  if (token !== undefined) return token;
  if (/^bearer\b/i.test(authorization)) throw new InvalidRequest('the Authorization header is malformed');
  throw new NoCredentials('the Authorization header is not Bearer');
}

/** Refuses an access token in the query, where it would end in logs and histories. */
export function refuseQueryToken(request: FastifyRequest): void {
  const query = parseForm(rawQuery(request));
  if (query.ok && query.entries.some(([name]) => name === 'access_token')) {
    throw new InvalidRequest('access_token is in the query', { description: 'access_token must not be in the URL.' });
  }
}
