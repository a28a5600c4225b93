import type { ClientMetadata } from '../client-metadata.js';
import { fetchedUriProblem, type UriContext } from '../uri-rules.js';
import type { Found } from './rule.js';

const THIS_MACHINE = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** What decides how the client knows users (OIDC Core §8.1): one host, or a document that joins several. */
export function subject(
  { subjectType, sectorIdentifierUri, redirectUris }: ClientMetadata,
  { development }: UriContext,
): Found[] {
  const problem = sectorIdentifierUri === undefined ? undefined : fetchedUriProblem(sectorIdentifierUri);
  if (problem !== undefined) return [['sectorIdentifierUri', problem]];
  if (subjectType !== 'pairwise' || sectorIdentifierUri !== undefined) return [];
  const [host, ...others] = new Set(redirectUris.map((uri) => (URL.canParse(uri) ? new URL(uri).hostname : uri)));
  if (host === undefined || host === '' || others.length > 0) {
    return [['sectorIdentifierUri', 'is needed for pairwise subjects unless all redirect URIs have one host']];
  }
  // every native application has this host, so it would let all of them know users by the same subjects
  return THIS_MACHINE.test(host) && !development
    ? [['sectorIdentifierUri', 'is needed for pairwise subjects of a client that listens on the machine of its user']]
    : [];
}
