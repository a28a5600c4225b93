import { compactDecrypt, createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWK, JWTPayload, JWTVerifyResult } from 'jose';
import type { TestService } from './start-service.js';

/** A key to encrypt to: its public half as a client publishes it, its private half as the client keeps it. */
export interface ReadingKey {
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
}

/** Makes such a key for an algorithm; `crv` chooses the curve of ECDH-ES. */
export async function aReadingKey(alg: string, crv?: string, more: JWK = {}): Promise<ReadingKey> {
  const options = { extractable: true, ...(crv === undefined ? {} : { crv }) };
  const { publicKey, privateKey } = await generateKeyPair(alg, options);
  const { kty, n, e, crv: curve, x, y } = await exportJWK(publicKey);
  const jwk = { kty, n, e, crv: curve, x, y, kid: 'reader', use: 'enc', ...more };
  return { privateKey, jwk: Object.fromEntries(Object.entries(jwk).filter(([, value]) => value !== undefined)) };
}

/** Opens a compact JWE as the client that it is for. */
export async function decrypted(token: string, { privateKey }: ReadingKey) {
  const { plaintext, protectedHeader } = await compactDecrypt(token, privateKey);
  return { text: new TextDecoder().decode(plaintext), header: protectedHeader };
}

/** Checks a token against the keys that the service publishes, or against a secret. */
export async function verified(
  service: TestService,
  token: string,
  secret?: string,
): Promise<JWTVerifyResult<JWTPayload & Record<string, unknown>>> {
  const rules = { currentDate: service.clock.now(), issuer: service.issuer };
  if (secret !== undefined) return jwtVerify(token, new TextEncoder().encode(secret), rules);
  const keys = (await (await fetch(service.url('/oauth2/jwks'))).json()) as JSONWebKeySet;
  return jwtVerify(token, createLocalJWKSet(keys), rules);
}
