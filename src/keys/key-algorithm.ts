import { KEY_ENCRYPTION_ALGORITHMS } from '#standards/jose.js';
import { SIGNING_ALGORITHMS } from './signing-algorithm.js';
import type { SigningAlgorithm } from './signing-algorithm.js';

/** What the keys of this issuer are for: a ring of keys for each algorithm (RFC 7517 §4.4). */
export const KEY_ALGORITHMS = [...SIGNING_ALGORITHMS, ...KEY_ENCRYPTION_ALGORITHMS] as const;

/** One of the algorithms that this issuer has keys for. */
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** Whether a key signs, or others encrypt to it; never both (RFC 7517 §4.2). */
export type KeyUse = 'sig' | 'enc';

/** Says whether the keys of this algorithm sign. */
export function isSigningAlgorithm(algorithm: KeyAlgorithm): algorithm is SigningAlgorithm {
  return SIGNING_ALGORITHMS.some((one) => one === algorithm);
}

/** What the keys of an algorithm are for (RFC 7517 §4.2). */
export function useOf(algorithm: KeyAlgorithm): KeyUse {
  return isSigningAlgorithm(algorithm) ? 'sig' : 'enc';
}
