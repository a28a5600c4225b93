import { ID_TOKEN_ALGORITHMS } from '#clients/index.js';
import { CONTENT_ENCRYPTION_ALGORITHMS, KEY_ENCRYPTION_ALGORITHMS } from '#standards/jose.js';

/** How ID tokens and userinfo can be signed and encrypted (OIDC Discovery §3). */
export function tokenProtection(): Readonly<Record<string, readonly string[]>> {
  return {
    id_token_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
    id_token_encryption_alg_values_supported: KEY_ENCRYPTION_ALGORITHMS,
    id_token_encryption_enc_values_supported: CONTENT_ENCRYPTION_ALGORITHMS,
    userinfo_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
    userinfo_encryption_alg_values_supported: KEY_ENCRYPTION_ALGORITHMS,
    userinfo_encryption_enc_values_supported: CONTENT_ENCRYPTION_ALGORITHMS,
  };
}
