import { sha256 } from '#platform/crypto/index.js';
import type { Client } from '../client.js';

const VERSION_LENGTH = 16;

/** The path below the issuer where this service shows the logo of a client; it changes with the `logo_uri`. */
export function logoPath({ clientId, logoUri }: Pick<Client, 'clientId' | 'logoUri'>): string | undefined {
  return logoUri === undefined ? undefined : `/client-logos/${encodeURIComponent(clientId)}/${logoVersion(logoUri)}`;
}

/** What tells one `logo_uri` of a client from the next. */
export function logoVersion(logoUri: string): string {
  return sha256(logoUri).slice(0, VERSION_LENGTH);
}
