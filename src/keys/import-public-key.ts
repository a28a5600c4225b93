import { importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';

/** A key that somebody published, for one algorithm; undefined when it is none, such as a point off its curve (RFC 8725 §3.4). */
export async function importPublicKey(jwk: JWK, alg: string): Promise<CryptoKey | undefined> {
  const { kty, n, e, crv, x, y } = jwk;
  const publicMembers = Object.fromEntries(Object.entries({ kty, n, e, crv, x, y }).filter(([, value]) => value));
  try {
    const key = await importJWK(publicMembers as JWK, alg);
    return key instanceof Uint8Array ? undefined : key;
  } catch {
    return undefined;
  }
}
