/** What this issuer signs with: one ring of keys for each (RFC 7518 §3.1, RFC 8037 §3.1). */
export const SIGNING_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

/** One of the algorithms that this issuer signs with. */
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];
