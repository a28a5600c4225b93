import { ClientAuthenticationMethod, GrantType } from '#standards/oauth.js';
import type { ClientMetadata } from '../client-metadata.js';
import type { Found } from './rule.js';

/** How the client proves itself, and with what (OIDC Core §9). */
export function authenticationMethod(metadata: ClientMetadata): Found[] {
  const { tokenEndpointAuthMethod: method, tokenEndpointAuthSigningAlg: algorithm } = metadata;
  const signs = method === ClientAuthenticationMethod.PrivateKeyJwt;
  if (signs && metadata.jwks === undefined && metadata.jwksUri === undefined) {
    return [['jwks', 'must hold the public keys of a private_key_jwt client, unless jwks_uri says where they are']];
  }
  if (algorithm === undefined) return [];
  if (!signs && method !== ClientAuthenticationMethod.ClientSecretJwt) {
    return [['tokenEndpointAuthSigningAlg', 'is only for the methods private_key_jwt and client_secret_jwt']];
  }
  // RFC 8725 §2.1: what a public key checks and what a secret checks never mix.
  return algorithm.startsWith('HS') === signs
    ? [['tokenEndpointAuthSigningAlg', `must be one that ${method} can sign with`]]
    : [];
}

/** What a client that cannot prove itself may not have. */
export function publicClient(metadata: ClientMetadata): Found[] {
  if (metadata.tokenEndpointAuthMethod !== ClientAuthenticationMethod.None) return [];
  const found: Found[] = [];
  // RFC 6749 §4.4: only a client that can prove itself may act in its own name.
  if (metadata.grantTypes.includes(GrantType.ClientCredentials)) {
    found.push(['grantTypes', 'must not have client_credentials without client authentication']);
  }
  // RFC 9700 §2.1.1: PKCE is what protects the code of a public client.
  if (!metadata.requirePkce) found.push(['requirePkce', 'must be true for a public client']);
  // RFC 9700 §4.14.2: rotation is how the theft of a public client's refresh token is noticed.
  if (metadata.refreshTokenRotation === 'static') {
    found.push(['refreshTokenRotation', 'must be rotate for a public client']);
  }
  return found;
}
