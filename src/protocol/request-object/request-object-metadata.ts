import { REQUEST_OBJECT_ALGORITHMS } from '#clients/index.js';
import { CONTENT_ENCRYPTION_ALGORITHMS, KEY_ENCRYPTION_ALGORITHMS } from '#standards/jose.js';

/** What the discovery document says of request objects (OIDC Discovery §3, RFC 9101 §9). */
export const REQUEST_OBJECT_METADATA = {
  request_parameter_supported: true,
  request_uri_parameter_supported: true,
  require_request_uri_registration: true,
  request_object_signing_alg_values_supported: REQUEST_OBJECT_ALGORITHMS,
  request_object_encryption_alg_values_supported: KEY_ENCRYPTION_ALGORITHMS,
  request_object_encryption_enc_values_supported: CONTENT_ENCRYPTION_ALGORITHMS,
} as const;
