import { createPublicKey, verify } from 'node:crypto';
import { must } from './http.mjs';

const SAMPLE = 25;

/** Checks tokens as a client would: claims of each, the signature of one in twenty-five. */
export class TokenChecker {
  #keys = new Map();
  #seen = 0;

  constructor(jwks) {
    for (const key of jwks.keys)
      this.#keys.set(key.kid, { alg: key.alg, key: createPublicKey({ key, format: 'jwk' }) });
  }

  /** The claims of a JWT that says what is expected. */
  claims(token, expected) {
    const [header, payload, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url'));
    for (const [name, value] of Object.entries(expected)) {
      must(claims[name] === value, `${name} is ${claims[name]}, not ${value}`);
    }
    this.#seen += 1;
    if (this.#seen % SAMPLE === 1) this.#checkSignature(header, payload, signature);
    return claims;
  }

  #checkSignature(header, payload, signature) {
    const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url'));
    const known = this.#keys.get(kid);
    must(known?.alg === alg, `${alg} with the key ${kid} is not in the JWKS`);
    const key = alg.startsWith('ES') ? { key: known.key, dsaEncoding: 'ieee-p1363' } : known.key;
    const good = verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
    must(good, `the signature by ${kid} is wrong`);
  }
}
