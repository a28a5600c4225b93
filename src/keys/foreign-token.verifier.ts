import { Injectable } from '@nestjs/common';
import { compactVerify } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { fittingKeys } from './fitting-keys.js';
import { importPublicKey } from './import-public-key.js';
import { parseJws } from './jws-input.js';

/** What a place accepts from others, and the keys it trusts for it. */
export interface ForeignTokenRules {
  readonly jwks: object;
  readonly algorithms: readonly string[];
  /** The kinds of token; `undefined` among them accepts one that does not say its kind. */
  readonly typ: readonly (string | undefined)[];
}

/** What became of checking it: the claims, still to be judged, or what an operator should know. */
export type ForeignTokenVerification =
  { readonly outcome: 'valid'; readonly claims: Record<string, unknown> } | FailedVerification;

/** Why a token was not accepted: in words for an operator, and as what decided. */
export interface FailedVerification {
  readonly outcome: 'invalid';
  readonly detail: string;
  readonly cause: VerificationFailure;
  /** Set where a key that is not in the set may have signed it. */
  readonly keyMissing?: true;
}

/** What a token failed at. */
export type VerificationFailure = 'form' | 'no-keys' | 'key-unknown' | 'signature';

/** Checks who signed what others send: assertions, request objects, tokens of upstream providers. */
@Injectable()
export class ForeignTokenVerifier {
  readonly #imported = new WeakMap<JWK, Map<string, Promise<CryptoKey | undefined>>>();

  async verify(token: string, rules: ForeignTokenRules): Promise<ForeignTokenVerification> {
    const parsed = parseJws(token, rules);
    if (!parsed.ok) return { outcome: 'invalid', detail: parsed.detail, cause: 'form' };
    const { alg, kid, claims } = parsed.input;
    const keys = fittingKeys(rules.jwks, alg, kid);
    if (keys.length === 0) return failed('no key of the set fits the token', 'key-unknown');
    for (const jwk of keys) {
      const key = await this.#import(jwk, alg);
      if (key && (await isSignedBy(token, key, alg))) return { outcome: 'valid', claims };
    }
    return failed('the signature is not of a key of the set', 'signature');
  }

  /** Parsing a key costs more than using it; the parsed one lives as long as the set it came from. */
  #import(jwk: JWK, alg: string): Promise<CryptoKey | undefined> {
    const byAlgorithm = this.#imported.get(jwk) ?? new Map<string, Promise<CryptoKey | undefined>>();
    this.#imported.set(jwk, byAlgorithm);
    const key = byAlgorithm.get(alg) ?? importPublicKey(jwk, alg);
    byAlgorithm.set(alg, key);
    return key;
  }
}

function failed(detail: string, cause: VerificationFailure): FailedVerification {
  return { outcome: 'invalid', detail, cause, keyMissing: true };
}

async function isSignedBy(token: string, key: CryptoKey, alg: string): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
}
