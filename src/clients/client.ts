import type { ClientMetadata } from './client-metadata.js';

/** A registered OAuth client as the rest of the service sees it (RFC 6749 §2). */
export interface Client extends ClientMetadata {
  readonly clientId: string;
  /** The number of its present version: how often its record was written. */
  readonly version: number;
  readonly selfRegistered: boolean;
  readonly tokensRevokedBefore?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Tells whether the client cannot keep a secret, so that it only names itself (RFC 6749 §2.1). */
export function isPublic(client: Pick<Client, 'tokenEndpointAuthMethod'>): boolean {
  return client.tokenEndpointAuthMethod === 'none';
}

/** Tells whether somebody of the company has looked at the client: who registered it, or who checked it since. */
export function isVetted({ selfRegistered, vetted }: Pick<Client, 'selfRegistered' | 'vetted'>): boolean {
  return !selfRegistered || vetted === true;
}

/** Tells whether the client was registered for the grant type (RFC 6749 §5.2, unauthorized_client). */
export function mayUseGrantType(client: Pick<Client, 'grantTypes'>, grantType: string): boolean {
  return client.grantTypes.some((registered) => registered === grantType);
}

/** Tells whether the client proves itself with a shared secret that we made. */
export function usesSecret(client: Pick<Client, 'tokenEndpointAuthMethod'>): boolean {
  return client.tokenEndpointAuthMethod.startsWith('client_secret_');
}
