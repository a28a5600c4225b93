import { assertionWords, signatureWords } from './token-words.js';
import { list, text, type Words } from './words.js';

/** How a client said who it is, and why that did not do. */
export const CLIENT_WORDS: Words = {
  'client.unknown': () => 'There is no client of this client_id.',
  'client.disabled': () => 'The client is disabled.',
  'client.method': ({ presented, registered }) =>
    `The client authenticated by ${text(presented)}; it is registered for ${text(registered)}.`,
  'client.unproven': ({ method, expired_at: expired }) =>
    expired === undefined
      ? `The client did not prove itself by ${text(method)}: the secret or key is not one of its own.`
      : `The secret of the client expired at ${text(expired)}.`,
  'client.public': () => 'A public client, which cannot prove who it is, may not use this endpoint.',
  'client.no_method': () => 'The client did not say who it is: neither credentials nor a client_id were sent.',
  'client.two_ids': () => 'The client_id is another than that of the client that authenticated.',
  'client.two_methods': ({ presented }) => `The client authenticated in several ways at once: ${list(presented)}.`,
  'client.basic_malformed': () =>
    'The Authorization header is not Basic with client_id and client_secret, each form-encoded.',
  'client_assertion.claims': assertionWords,
  'client_assertion.signature': signatureWords('client assertion'),
  'client_assertion.replayed': () => 'The client assertion was used before: its jti must be new each time.',
  'client_assertion.incomplete': ({ assertion, type }) => {
    if (assertion === false) return 'There is a client_assertion_type, and no client_assertion.';
    return type === false
      ? 'The client_assertion_type is missing, or not that of a JWT.'
      : 'The client assertion does not name a client in sub.';
  },
};
