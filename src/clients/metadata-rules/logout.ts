import type { ClientMetadata } from '../client-metadata.js';
import { webUriProblem, type UriContext } from '../uri-rules.js';
import type { Found } from './rule.js';

/** Where a client wants to hear of sign-outs (OIDC Back-Channel Logout §2.2, OIDC Front-Channel Logout §2). */
export function logoutUris(metadata: ClientMetadata, context: UriContext): Found[] {
  const found = (['backchannelLogoutUri', 'frontchannelLogoutUri'] as const).flatMap((member): Found[] => {
    const uri = metadata[member];
    const problem = uri === undefined ? undefined : webUriProblem(uri, context);
    return problem === undefined ? [] : [[member, problem]];
  });
  return found.length > 0 ? found : [...foreignOrigin(metadata)];
}

// OIDC Front-Channel Logout §2: the page is shown beside those of the client, so it belongs to one of its origins.
function foreignOrigin({ frontchannelLogoutUri, redirectUris }: ClientMetadata): Found[] {
  if (frontchannelLogoutUri === undefined) return [];
  const { origin } = new URL(frontchannelLogoutUri);
  const known = redirectUris.some((uri) => URL.canParse(uri) && new URL(uri).origin === origin);
  return known ? [] : [['frontchannelLogoutUri', 'must have the scheme, host and port of a redirect URI']];
}
