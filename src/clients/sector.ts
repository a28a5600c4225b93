import type { ClientMetadata } from './client-metadata.js';

/**
 * The sector of a client, within which it knows users by the same pairwise subjects: the host of its
 * `sector_identifier_uri`, else the one host of its redirect URIs (OIDC Core §8.1).
 */
export function sectorOf({
  sectorIdentifierUri,
  redirectUris,
}: Pick<ClientMetadata, 'sectorIdentifierUri' | 'redirectUris'>): string {
  const uri = sectorIdentifierUri ?? redirectUris[0];
  if (uri === undefined) throw new Error('a client without redirect URIs has no sector');
  return new URL(uri).hostname;
}
