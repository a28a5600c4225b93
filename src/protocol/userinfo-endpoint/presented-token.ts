import type { FastifyRequest } from 'fastify';
import { isForm } from '#platform/http/index.js';
import { headerToken, refuseQueryToken } from '../access-token-guard/bearer-token.js';
import { InvalidRequest, NoCredentials } from '../errors/oauth-error.js';
import { formParameters } from '../parameters/read-parameters.js';

/** RFC 6750 §2: the token from the header, or from the form of a POST, never from both and never from the URL. */
export function presentedToken(request: FastifyRequest): string {
  refuseQueryToken(request);
  const inForm = request.method === 'POST' && isForm(request) ? formParameters(request).get('access_token') : undefined;
  const { authorization } = request.headers;
  if (authorization === undefined) {
    if (inForm === undefined) throw new NoCredentials('no access token');
    return inForm;
  }
  if (inForm !== undefined) {
    throw new InvalidRequest('the access token is sent twice', {
      description: 'The access token must be sent by one method only.',
    });
  }
  return headerToken(authorization);
}
