import type { JWK } from 'jose';
import { hasModulus, keysOf } from './fitting-keys.js';

const CURVES = ['P-256', 'P-384', 'P-521'];
const SIGNING_OPERATIONS = ['sign', 'verify'];

/**
 * The keys of a set that a token may be encrypted to with this algorithm, the best first: those that say they are for
 * encryption, then those that do not say what they are for (OIDC Core §10.2, RFC 7517 §4.2 to §4.4).
 */
export function encryptionKeys(jwks: object, algorithm: string): readonly JWK[] {
  const fitting = keysOf(jwks).filter((key) => fits(key, algorithm));
  return [...fitting.filter(({ use }) => use === 'enc'), ...fitting.filter(({ use }) => use === undefined)];
}

function fits(key: JWK, algorithm: string): boolean {
  return fitsType(key, algorithm) && fitsOperations(key) && (key.alg === undefined || key.alg === algorithm);
}

/** RFC 7518 §4.3, §4.6, RFC 8037 §3.2. */
function fitsType(key: JWK, algorithm: string): boolean {
  if (algorithm === 'RSA-OAEP-256') return key.kty === 'RSA' && hasModulus(key);
  if (key.kty === 'OKP') return key.crv === 'X25519';
  return key.kty === 'EC' && typeof key.crv === 'string' && CURVES.includes(key.crv);
}

/** RFC 7517 §4.3; a public key of ECDH has no operation of its own, so that an empty list says nothing. */
function fitsOperations({ key_ops: operations }: JWK): boolean {
  if (!Array.isArray(operations) || operations.length === 0) return true;
  return operations.some((operation) => !SIGNING_OPERATIONS.includes(operation));
}
