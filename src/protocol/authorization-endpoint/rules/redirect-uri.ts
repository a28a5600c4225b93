import { redirectUriMatches, type Client } from '#clients/index.js';
import { differsAt, plainAddress, type Decision } from '#explanations/index.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';

/** RFC 9700 §2.1: the redirect URI must be sent and equal a registered one; nobody is redirected otherwise. */
export function registeredRedirectUri(parameters: OAuthParameters, client: Client): string {
  const presented = parameters.require('redirect_uri');
  if (!redirectUriMatches(client.redirectUris, presented)) {
    throw new InvalidRequest(`redirect_uri is not registered for ${client.clientId}`, {
      description: 'The redirect_uri is not registered for this client.',
      decision: unregistered(presented, client),
    });
  }
  return presented;
}

/** Compared with the registered one that it is like for longest. */
function unregistered(presented: string, { clientId, redirectUris }: Client): Decision {
  const places = redirectUris.map((uri) => ({ uri, place: differsAt(presented, uri) }));
  const [nearest] = places.sort((a, b) => b.place - a.place);
  const compared = nearest && { registered: plainAddress(nearest.uri), differs_at: nearest.place };
  const facts = { presented: plainAddress(presented), ...compared };
  return { rule: 'redirect_uri.unregistered', clause: 'RFC 9700 §2.1', clientId, facts };
}
