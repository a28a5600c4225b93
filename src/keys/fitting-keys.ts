import type { JWK } from 'jose';

/** How many keys are tried when the header does not say which. */
const MOST_TRIES = 10;

const SMALLEST_MODULUS_BYTES = 2048 / 8;

const CURVES: Readonly<Record<string, string>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
  EdDSA: 'Ed25519',
  Ed25519: 'Ed25519',
};

/** The keys of a set that may have signed this: named by `kid` when there is one, and fit for the algorithm. */
export function fittingKeys(jwks: object, alg: string, kid: string | undefined): readonly JWK[] {
  return keysOf(jwks)
    .filter((key) => (kid === undefined || key['kid'] === kid) && fits(key, alg))
    .slice(0, MOST_TRIES);
}

/** The members of a set that can be keys at all (RFC 7517 §5.1). */
export function keysOf(jwks: object): readonly JWK[] {
  const keys: unknown = 'keys' in jwks ? jwks.keys : undefined;
  return Array.isArray(keys) ? keys.filter(isObject) : [];
}

/** Says whether a key was made for checking signatures of this algorithm (RFC 8725 §3.1, RFC 7517 §4.2 to §4.4). */
export function fits(key: JWK, alg: string): boolean {
  return fitsType(key, alg) && fitsUse(key) && (key.alg === undefined || canonical(key.alg) === canonical(alg));
}

function fitsType(key: JWK, alg: string): boolean {
  if (alg.startsWith('RS') || alg.startsWith('PS')) return key.kty === 'RSA' && hasModulus(key);
  return key.kty === (alg.startsWith('ES') ? 'EC' : 'OKP') && key.crv === CURVES[alg];
}

function fitsUse(key: JWK): boolean {
  if (key.use !== undefined && key.use !== 'sig') return false;
  return key.key_ops === undefined || (Array.isArray(key.key_ops) && key.key_ops.includes('verify'));
}

/** Says whether an RSA key has at least 2048 bits (RFC 7518 §3.3, §4.3). */
export function hasModulus({ n }: JWK): boolean {
  return typeof n === 'string' && Buffer.from(n, 'base64url').length >= SMALLEST_MODULUS_BYTES;
}

function canonical(alg: string): string {
  return alg === 'Ed25519' ? 'EdDSA' : alg;
}

function isObject(value: unknown): value is JWK {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
