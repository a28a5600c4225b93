import { redirectUriWords } from './redirect-uri-words.js';
import { requestObjectWords, signatureWords } from './token-words.js';
import { list, names, text, type Words } from './words.js';

/** What is wrong with a parameter of a request, or with the object that holds the parameters. */
export const REQUEST_WORDS: Words = {
  'parameter.missing': ({ parameter }) => `The parameter ${text(parameter)} is missing.`,
  'parameter.repeated': ({ parameter }) => `The parameter ${text(parameter)} was sent more than once.`,
  'parameter.overlong': ({ parameter, limit }) =>
    `The parameter ${text(parameter)} is longer than the ${text(limit)} characters that are taken.`,
  'redirect_uri.unregistered': redirectUriWords,
  'code_challenge.missing': () => 'The client must use PKCE, and the request has no code_challenge.',
  'code_challenge.absent': () => 'The request has a code_challenge_method and no code_challenge.',
  'code_challenge.method': ({ method }) => `The code_challenge_method is ${text(method)}; only S256 is taken.`,
  'code_challenge.malformed': ({ length }) =>
    `The code_challenge has ${text(length)} characters; the base64url of a SHA-256 digest has 43.`,
  'response_type.unregistered': ({ presented, registered }) =>
    `The response_type is ${text(presented)}; the client is registered for ${list(registered)}.`,
  'response_type.unknown': ({ presented, supported }) =>
    `The response_type is ${text(presented)}; this service knows ${list(supported)}.`,
  'response_mode.unknown': ({ presented, supported }) =>
    `The response_mode is ${text(presented)}; this service knows ${list(supported)}.`,
  'response_mode.query': ({ response_type: type }) =>
    `The response_mode is query, and the response_type ${text(type)} yields tokens, which never travel in a query.`,
  'nonce.missing': ({ response_type: type }) => `The response_type ${text(type)} needs a nonce.`,
  'max_age.malformed': ({ presented }) => `The max_age is ${text(presented)}; it must be a whole number of seconds.`,
  'prompt.none': ({ presented }) => `The prompt is ${list(presented)}; none must stand alone.`,
  'scope.missing': () => 'The request has no scope, and the client has no default scope.',
  'scope.malformed': () => 'The scope has characters that no scope may have.',
  'scope.none': ({ asked, registered }) =>
    `The client asked for ${list(asked)} and may ask for ${list(registered)}: nothing is left.`,
  'scope.openid': ({ response_type: type }) => `The response_type ${text(type)} yields an ID token and needs openid.`,
  'scope.unknown': ({ asked }) => `None of the scope is defined at the resources asked for: ${list(asked)}.`,
  'scope.closed': ({ refused, open }) =>
    `The client asked for ${list(refused)}, which is beyond what is open to it here: ${list(open)}.`,
  'resource.unknown': ({ presented, open }) =>
    names(open)
      ? `The resource ${text(presented)} is unknown, or the client may ask for no scope of it; open to it: ${list(open)}.`
      : `The resource ${text(presented)} is unknown, or the client may ask for no scope of it.`,
  'resource.several': ({ candidates }) =>
    `A token is for one resource, and several are meant: ${list(candidates)}. Name one with the resource parameter.`,
  id_token_hint: ({ issued_here: ours, audience }) =>
    ours === true
      ? `The id_token_hint was issued to another client: ${list(audience)}.`
      : 'The id_token_hint is not an ID token that this service signed.',
  post_logout_redirect_uri: ({ presented, registered, client_known: known }) =>
    known === true
      ? `The post_logout_redirect_uri ${text(presented)} is not registered for the client; ${list(registered)} is.`
      : 'A post_logout_redirect_uri needs a client_id or an id_token_hint that says whose it is.',
  'signed_request.missing': () => 'The client must send a signed request object, and the request has none.',
  'request_object.claims': requestObjectWords,
  'request_object.signature': signatureWords('request object'),
  'request_object.encryption': () =>
    'The request object is encrypted in a way, or to a key, that cannot be opened here.',
  'request_object.parameters': () => 'A parameter in the request object is not a text, number or list.',
  'request_object.client': () => 'The client_id in the request object is missing, or another than beside it.',
  'request_object.replayed': () => 'The request object was used before: its jti must be new each time.',
  'request_uri.unregistered': ({ request_uri: uri }) =>
    `The request_uri ${text(uri)} is not registered for the client.`,
  'request_uri.unreachable': ({ request_uri: uri }) => `The request object at ${text(uri)} could not be fetched.`,
};
