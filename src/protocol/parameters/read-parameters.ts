import type { FastifyRequest } from 'fastify';
import { isForm, parseForm, rawQuery } from '#platform/http/index.js';
import { InvalidRequest } from '../errors/oauth-error.js';
import { OAuthParameters } from './oauth-parameters.js';

/** What must never stand in a URL, where it would end in logs and histories (RFC 6749 §2.3.1, RFC 9700 §4.3.2). */
const NEVER_IN_QUERY = [
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'refresh_token',
  'token',
  'device_code',
  'access_token',
  'password',
];

/** The parameters of an authorization request made by GET (RFC 6749 §3.1). */
export function authorizationParameters(request: FastifyRequest): OAuthParameters {
  return new OAuthParameters(entries(rawQuery(request)));
}

/** The parameters of one made by POST: the form, and a query whose repeats of the form count (OIDC Core §3.1.2.1). */
export function postedAuthorizationParameters(request: FastifyRequest): OAuthParameters {
  return new OAuthParameters([...entries(formBody(request)), ...entries(rawQuery(request))]);
}

/** The form of an endpoint that reads nothing else (RFC 6749 §3.2); repeated and overlong parameters are refused. */
export function formParameters(request: FastifyRequest): OAuthParameters {
  const inQuery = new OAuthParameters(entries(rawQuery(request)));
  const misplaced = NEVER_IN_QUERY.find((name) => inQuery.list(name).length > 0);
  if (misplaced !== undefined) {
    throw new InvalidRequest(`${misplaced} is in the query`, { description: `${misplaced} must not be in the URL.` });
  }
  const parameters = new OAuthParameters(entries(formBody(request)));
  parameters.checkSyntax();
  return parameters;
}

function formBody(request: FastifyRequest): string {
  const { body } = request;
  if (body === undefined || body === null || body === '') return '';
  if (typeof body !== 'string' || !isForm(request)) {
    throw new InvalidRequest('the body is not a form', {
      description: 'The body must be application/x-www-form-urlencoded.',
    });
  }
  return body;
}

function entries(raw: string): [string, string][] {
  const parsed = parseForm(raw);
  if (!parsed.ok) throw new InvalidRequest(parsed.problem, { description: 'The parameters cannot be decoded.' });
  return parsed.entries;
}
