import type { ResponseType } from '#standards/oauth.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { yieldsIdToken } from './response-type.js';

/** OIDC Core §3.2.2.1, §3.3.2.11: an ID token that comes through the browser must carry a nonce. */
export function nonce(parameters: OAuthParameters, responseType: ResponseType): string | undefined {
  const sent = parameters.get('nonce');
  if (sent === undefined && yieldsIdToken(responseType)) {
    throw new InvalidRequest('nonce is missing', {
      description: 'nonce is required for this response_type.',
      decision: { rule: 'nonce.missing', clause: 'OIDC Core §3.2.2.1', facts: { response_type: responseType } },
    });
  }
  return sent;
}
