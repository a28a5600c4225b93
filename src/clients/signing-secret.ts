import { secretOctets } from '#keys/index.js';
import { CLIENT_MAC_ALGORITHMS, type MacAlgorithm } from '#standards/jose.js';
import { ClientAuthenticationMethod } from '#standards/oauth.js';
import type { ClientMetadata } from './client-metadata.js';

/** What decides whether anything is signed with the secret of a client. */
export type SigningChoices = Pick<
  ClientMetadata,
  'tokenEndpointAuthMethod' | 'tokenEndpointAuthSigningAlg' | 'idTokenSignedResponseAlg' | 'userinfoSignedResponseAlg'
>;

/** Tells whether a token is signed with the secret of a client, and not with a key of ours (OIDC Core §10.1). */
export function isMacAlgorithm(algorithm: string | undefined): algorithm is MacAlgorithm {
  return CLIENT_MAC_ALGORITHMS.some((known) => known === algorithm);
}

/**
 * The octets that a secret of the client must have, because the client signs with it or we do for the client, so that
 * this service must be able to read it again (RFC 7518 §3.2, OIDC Core §9, §10.1); 0 when nobody signs with it.
 */
export function signingSecretOctets(client: SigningChoices): number {
  const { tokenEndpointAuthMethod: method, tokenEndpointAuthSigningAlg: assertions = 'HS256' } = client;
  const algorithms: readonly (string | undefined)[] = [
    client.idTokenSignedResponseAlg,
    client.userinfoSignedResponseAlg,
    ...(method === ClientAuthenticationMethod.ClientSecretJwt ? [assertions] : []),
  ];
  return Math.max(0, ...algorithms.filter(isMacAlgorithm).map(secretOctets));
}

/** Says what is wrong with a secret that somebody chose, if anything is (RFC 7518 §3.2). */
export function signingSecretProblem(client: SigningChoices, secret: string): string | undefined {
  const octets = signingSecretOctets(client);
  return Buffer.byteLength(secret) >= octets ? undefined : `must have at least ${octets} bytes to sign with`;
}
