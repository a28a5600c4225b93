import type { ClientMetadata } from '../client-metadata.js';
import { fetchedUriProblem } from '../uri-rules.js';
import type { Found } from './rule.js';

const MOST_URIS = 100;

/** What a client may say about its request objects and where they are (OIDC Core §6, RFC 9101 §10.5). */
export function requestObjects(metadata: ClientMetadata): Found[] {
  const { requestUris, requireSignedRequestObject, jwks, jwksUri } = metadata;
  const found: Found[] = [];
  if (requestUris.length > MOST_URIS) found.push(['requestUris', `must not have more than ${MOST_URIS} URIs`]);
  requestUris.forEach((uri, index) => {
    // OIDC Core §6.2: the fragment may be the hash of the object; it is not part of the address.
    const problem = fetchedUriProblem(uri.split('#', 1)[0] ?? '');
    if (problem !== undefined) found.push(['requestUris', problem, `/${index}`]);
  });
  if (requireSignedRequestObject === true && jwks === undefined && jwksUri === undefined) {
    found.push(['requireSignedRequestObject', 'needs a public key of the client in jwks or jwks_uri']);
  }
  return found;
}
