import { ClientAuthenticationMethod } from '#standards/oauth.js';
import type { ClientMetadata } from '../client-metadata.js';
import type { Found } from './rule.js';

const PAIRS = [
  ['idTokenEncryptedResponseAlg', 'idTokenEncryptedResponseEnc'],
  ['userinfoEncryptedResponseAlg', 'userinfoEncryptedResponseEnc'],
  ['requestObjectEncryptionAlg', 'requestObjectEncryptionEnc'],
] as const;
const TO_THE_CLIENT = ['idTokenEncryptedResponseAlg', 'userinfoEncryptedResponseAlg'] as const;
const SIGNED = ['idTokenSignedResponseAlg', 'userinfoSignedResponseAlg'] as const;

/** What is encrypted to the client needs its public key, what is signed with its secret needs one (OIDC Registration §2). */
export function encryption(metadata: ClientMetadata): Found[] {
  return [...contentAlone(metadata), ...missingKeys(metadata), ...missingSecret(metadata)];
}

function contentAlone(metadata: ClientMetadata): Found[] {
  return PAIRS.flatMap(([alg, enc]): Found[] =>
    metadata[alg] === undefined && metadata[enc] !== undefined
      ? [[enc, 'needs the algorithm that wraps the key beside it']]
      : [],
  );
}

function missingKeys(metadata: ClientMetadata): Found[] {
  if (metadata.jwks !== undefined || metadata.jwksUri !== undefined) return [];
  return TO_THE_CLIENT.flatMap((member): Found[] =>
    metadata[member] === undefined ? [] : [[member, 'needs a public key of the client in jwks or jwks_uri']],
  );
}

// OIDC Core §10.1: the secret is the key, and a public client has none (RFC 8725 §2.1).
function missingSecret(metadata: ClientMetadata): Found[] {
  const { tokenEndpointAuthMethod: method } = metadata;
  if (hasSecret(method)) return [];
  return SIGNED.flatMap((member): Found[] =>
    metadata[member]?.startsWith('HS') === true
      ? [[member, `cannot be used by a client without a secret (${method})`]]
      : [],
  );
}

function hasSecret(method: ClientAuthenticationMethod): boolean {
  const { None, PrivateKeyJwt } = ClientAuthenticationMethod;
  return method !== None && method !== PrivateKeyJwt;
}
