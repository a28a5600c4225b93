/** The `typ` values that keep tokens of one purpose out of the place of another (RFC 8725 §3.11). */
export const TokenType = {
  AccessToken: 'at+jwt',
  IdToken: 'JWT',
  LogoutToken: 'logout+jwt',
  ClientAuthentication: 'client-authentication+jwt',
  RequestObject: 'oauth-authz-req+jwt',
  ConsentReceipt: 'consent-receipt+jwt',
} as const;

/** One of the values of `TokenType`. */
export type TokenType = (typeof TokenType)[keyof typeof TokenType];

/** Algorithms that may sign what is sent to this service (RFC 7518 §3.1, RFC 8037 §3.1); never `none`, never symmetric. */
export const CLIENT_SIGNING_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/** Algorithms by which a client may sign with its secret (RFC 7518 §3.2); never in one list with those of public keys. */
export const CLIENT_MAC_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;

/** One of `CLIENT_MAC_ALGORITHMS`. */
export type MacAlgorithm = (typeof CLIENT_MAC_ALGORITHMS)[number];

/** Ways to wrap the key of an encrypted token (RFC 7518 §4.1); never RSA1_5, nor with a password (RFC 8725 §3.2). */
export const KEY_ENCRYPTION_ALGORITHMS = [
  'RSA-OAEP-256',
  'ECDH-ES',
  'ECDH-ES+A128KW',
  'ECDH-ES+A192KW',
  'ECDH-ES+A256KW',
] as const;

/** One of `KEY_ENCRYPTION_ALGORITHMS`. */
export type KeyEncryptionAlgorithm = (typeof KEY_ENCRYPTION_ALGORITHMS)[number];

/** Ways to encrypt the content of a token (RFC 7518 §5.1). */
export const CONTENT_ENCRYPTION_ALGORITHMS = [
  'A128CBC-HS256',
  'A192CBC-HS384',
  'A256CBC-HS512',
  'A128GCM',
  'A192GCM',
  'A256GCM',
] as const;

/** One of `CONTENT_ENCRYPTION_ALGORITHMS`. */
export type ContentEncryptionAlgorithm = (typeof CONTENT_ENCRYPTION_ALGORITHMS)[number];
