import { createHash } from 'node:crypto';

/** OIDC Core §3.1.3.6: `at_hash` and its like, the left half of the hash that belongs to the ID token's algorithm. */
export function leftHalfHash(value: string, algorithm: string): string {
  // RFC 8032 §5.1: Ed25519 hashes with SHA-512; the others name theirs in their last three digits (RFC 7518 §3.1)
  const bits = algorithm === 'EdDSA' ? '512' : algorithm.slice(-3);
  const digest = createHash(`sha${bits}`).update(value, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
