import { encryptionKeys } from '#keys/index.js';
import { usesSecret } from '../client.js';
import type { ClientMetadata } from '../client-metadata.js';
import { isMacAlgorithm } from '../signing-secret.js';
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
  const { jwks, jwksUri } = metadata;
  return TO_THE_CLIENT.flatMap((member): Found[] => {
    const algorithm = metadata[member];
    if (algorithm === undefined || jwksUri !== undefined) return [];
    if (jwks === undefined) return [[member, 'needs a public key of the client in jwks or jwks_uri']];
    return encryptionKeys(jwks, algorithm).length > 0 ? [] : [[member, 'needs a key in jwks that fits it']];
  });
}

// OIDC Core §10.1: the secret is the key, and a public client has none (RFC 8725 §2.1).
function missingSecret(metadata: ClientMetadata): Found[] {
  if (usesSecret(metadata)) return [];
  const { tokenEndpointAuthMethod: method } = metadata;
  return SIGNED.flatMap((member): Found[] =>
    isMacAlgorithm(metadata[member]) ? [[member, `cannot be used by a client without a secret (${method})`]] : [],
  );
}
