import type { ClientJwks } from './client-metadata.js';

/** A fault of a key set: where in it, and what. */
export interface JwksProblem {
  readonly pointer: string;
  readonly detail: string;
}

const MOST_KEYS = 20;
// RFC 7518 §6.2.2, §6.3.2, §6.4.1: the members that make a key private or shared.
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const COORDINATE_LENGTHS: Readonly<Record<string, number>> = { 'P-256': 43, 'P-384': 64, 'P-521': 88 };
const RSA_MODULUS_LENGTH = 342;

/** Says everything that is wrong with a client's public keys (OIDC Registration §2, RFC 7517 §5). */
export function jwksProblems(jwks: ClientJwks): JwksProblem[] {
  if (jwks.keys.length === 0) return [{ pointer: '/keys', detail: 'must have at least one key' }];
  if (jwks.keys.length > MOST_KEYS) return [{ pointer: '/keys', detail: `must not have more than ${MOST_KEYS} keys` }];
  const problems = jwks.keys.flatMap((key, index) => {
    const detail = keyProblem(key);
    return detail === undefined ? [] : [{ pointer: `/keys/${index}`, detail }];
  });
  return [...problems, ...repeatedKeyIds(jwks)];
}

function repeatedKeyIds({ keys }: ClientJwks): JwksProblem[] {
  const seen = new Set<unknown>();
  return keys.flatMap(({ kid }, index) => {
    if (kid === undefined || !seen.has(kid)) {
      seen.add(kid);
      return [];
    }
    return [{ pointer: `/keys/${index}/kid`, detail: 'is used by another key' }];
  });
}

function keyProblem(key: Readonly<Record<string, unknown>>): string | undefined {
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(key, member)))
    return 'must be a public key, without private members';
  if (key['kid'] !== undefined && typeof key['kid'] !== 'string') return 'must have a string as kid';
  switch (key['kty']) {
    case 'RSA':
      return rsaProblem(key);
    case 'EC':
      return ellipticCurveProblem(key);
    case 'OKP':
      return isCurve25519(key['crv']) && isEncoded(key['x'], 43)
        ? undefined
        : 'must be an Ed25519 or X25519 key with x';
    default:
      return 'must have kty RSA, EC or OKP';
  }
}

function rsaProblem({ n, e }: Readonly<Record<string, unknown>>): string | undefined {
  if (!isEncoded(e, 2) || !isEncoded(n, 1)) return 'must have n and e';
  return isEncoded(n, RSA_MODULUS_LENGTH) ? undefined : 'must have at least 2048 bits';
}

/** RFC 8037 §2: one to check signatures with, one to encrypt to. */
function isCurve25519(crv: unknown): boolean {
  return crv === 'Ed25519' || crv === 'X25519';
}

function ellipticCurveProblem({ crv, x, y }: Readonly<Record<string, unknown>>): string | undefined {
  const length =
    typeof crv === 'string' && Object.hasOwn(COORDINATE_LENGTHS, crv) ? COORDINATE_LENGTHS[crv] : undefined;
  if (length === undefined) return 'must have crv P-256, P-384 or P-521';
  return isEncoded(x, length) && isEncoded(y, length) ? undefined : 'must have x and y of the length of its curve';
}

function isEncoded(value: unknown, shortest: number): boolean {
  return typeof value === 'string' && value.length >= shortest && BASE64URL.test(value);
}
