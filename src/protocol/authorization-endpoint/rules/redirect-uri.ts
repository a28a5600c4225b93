import { redirectUriMatches, type Client } from '#clients/index.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';

/** RFC 9700 §2.1: the redirect URI must be sent and equal a registered one; nobody is redirected otherwise. */
export function registeredRedirectUri(parameters: OAuthParameters, client: Client): string {
  const presented = parameters.require('redirect_uri');
  if (!redirectUriMatches(client.redirectUris, presented)) {
    throw new InvalidRequest(`redirect_uri is not registered for ${client.clientId}`, {
      description: 'The redirect_uri is not registered for this client.',
    });
  }
  return presented;
}
