import { InvalidRequest } from '../errors/oauth-error.js';
import type { OAuthParameters } from '../parameters/oauth-parameters.js';
import { readableLocales } from '../parameters/readable-locales.js';

/** What an interaction keeps of a request: the parameters that some rule reads when it is validated again. */
const READ_AGAIN = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'resource',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'prompt',
  'max_age',
  'id_token_hint',
  'login_hint',
  'ui_locales',
  'claims',
  'acr_values',
]);

/** A row keeps them sealed, as text of at most 64 KiB. */
const MOST_BYTES = 48_000;

/** The pairs to keep while a request waits; refused, never cut, when they are too many. */
export function storedParameters(parameters: OAuthParameters): [string, string][] {
  const locales = readableLocales(parameters);
  const kept = parameters.entries.filter(
    ([name, value]) => READ_AGAIN.has(name) && (name !== 'ui_locales' || value === locales),
  );
  if (Buffer.byteLength(JSON.stringify(kept)) > MOST_BYTES) {
    throw new InvalidRequest('the parameters are too long together', { description: 'The request is too large.' });
  }
  return kept;
}
