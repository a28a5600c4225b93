import type { ClientMetadata } from '../client-metadata.js';
import { fetchedUriProblem } from '../uri-rules.js';
import type { Found } from './rule.js';

/** What decides how the client knows users (OIDC Core §8.1): one host, or a document that joins several. */
export function subject({ subjectType, sectorIdentifierUri, redirectUris }: ClientMetadata): Found[] {
  const problem = sectorIdentifierUri === undefined ? undefined : fetchedUriProblem(sectorIdentifierUri);
  if (problem !== undefined) return [['sectorIdentifierUri', problem]];
  if (subjectType !== 'pairwise' || sectorIdentifierUri !== undefined) return [];
  const hosts = new Set(redirectUris.map((uri) => (URL.canParse(uri) ? new URL(uri).host : uri)));
  return hosts.size === 1 && !hosts.has('')
    ? []
    : [['sectorIdentifierUri', 'is needed for pairwise subjects unless all redirect URIs have one host']];
}
