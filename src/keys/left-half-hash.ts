import { createHash } from 'node:crypto';
import type { SigningAlgorithm } from './signing-algorithm.js';

/** OIDC Core §3.1.3.6: `at_hash` and `c_hash`, the left half of the hash that belongs to the ID token's algorithm. */
export function leftHalfHash(value: string, algorithm: SigningAlgorithm): string {
  // EdDSA with Ed25519 hashes with SHA-512; the others here with SHA-256
  const digest = createHash(algorithm === 'EdDSA' ? 'sha512' : 'sha256')
    .update(value, 'ascii')
    .digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
