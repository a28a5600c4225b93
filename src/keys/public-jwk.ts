import type { KeyObject } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { useOf } from './key-algorithm.js';
import type { KeyAlgorithm, KeyUse } from './key-algorithm.js';

/** A key as the JWKS document shows it: never a private member (RFC 7517 §4, OIDC Discovery §3). */
export interface PublicJwk {
  readonly kty: string;
  readonly use: KeyUse;
  readonly alg: KeyAlgorithm;
  readonly kid: string;
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}

const PUBLIC_MEMBERS = ['n', 'e', 'crv', 'x', 'y'] as const;

/** The published form of a public key; its `kid` is its thumbprint. */
export async function publicJwk(algorithm: KeyAlgorithm, key: KeyObject): Promise<PublicJwk> {
  const exported = key.export({ format: 'jwk' });
  const members = PUBLIC_MEMBERS.flatMap((name) => (exported[name] === undefined ? [] : [[name, exported[name]]]));
  const kid = await thumbprint(exported);
  const use = useOf(algorithm);
  return { kty: String(exported.kty), use, alg: algorithm, kid, ...(Object.fromEntries(members) as object) };
}

/** The SHA-256 thumbprint of a key in base64url, 43 characters (RFC 7638 §3). */
export function thumbprint(jwk: object): Promise<string> {
  return calculateJwkThumbprint(jwk, 'sha256');
}
