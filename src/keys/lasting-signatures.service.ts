import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactVerify } from 'jose';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { decodedClaims, decodedHeader } from './decoded-claims.js';
import type { FormerKeyRow } from './former-key.entity.js';
import { FormerKeysRepository } from './former-keys.repository.js';
import { isSigningAlgorithm } from './key-algorithm.js';
import { parseJws } from './jws-input.js';
import { thumbprint, type PublicJwk } from './public-jwk.js';
import { SIGNING_ALGORITHMS } from './signing-algorithm.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

/** Something that we signed once, and the public key of the pair that did. */
export interface LastingSignature {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly publicKey: PublicJwk;
}

/** Why a signature is not taken for one of ours: by what it says itself, which nobody has proven. */
export type SignatureDoubt =
  | { readonly because: 'issuer'; readonly signedFor: string; readonly here: string }
  | { readonly because: 'key'; readonly kid: string }
  | { readonly because: 'changed' };

type PublicHalf = Pick<FormerKeyRow, 'kid' | 'publicJwk'> & { readonly algorithm: string };

/** Checks what we signed to be kept for years: also by keys that sign and are published no longer. */
@Injectable()
export class LastingSignatures {
  constructor(
    private readonly keys: SigningKeysRepository,
    private readonly former: FormerKeysRepository,
    private readonly clock: Clock,
    private readonly issuer: IssuerSettings,
  ) {}

  /** What a signed text of ours says; undefined when it is not ours, not of that kind, or was changed. */
  async verify(token: string, typ: string): Promise<LastingSignature | undefined> {
    const parsed = parseJws(token, { algorithms: SIGNING_ALGORITHMS, typ: [typ] });
    if (!parsed.ok || parsed.input.claims['iss'] !== this.issuer.issuer) return undefined;
    const { alg, kid, claims } = parsed.input;
    const key = kid === undefined ? undefined : await this.key(kid, alg);
    return key !== undefined && (await isSignedBy(token, key)) ? { claims, publicKey: key.publicJwk } : undefined;
  }

  /** What a refused text looks like: made for another issuer, with a key that is not in this database, or changed. */
  async doubt(token: string): Promise<SignatureDoubt> {
    const issuer = decodedClaims(token)?.['iss'];
    const { kid, alg } = decodedHeader(token) ?? {};
    const here = this.issuer.issuer;
    if (typeof issuer === 'string' && issuer !== here) return { because: 'issuer', signedFor: issuer, here };
    const known = typeof kid !== 'string' || typeof alg !== 'string' || (await this.key(kid, alg)) !== undefined;
    return known ? { because: 'changed' } : { because: 'key', kid };
  }

  /** Keeps the public halves of the keys that are about to be deleted. */
  async keepExpired(): Promise<void> {
    for (const { kid, algorithm, publicJwk, createdAt } of await this.keys.findExpired(this.clock.now())) {
      if (isSigningAlgorithm(algorithm)) await this.former.add({ kid, algorithm, publicJwk, createdAt });
    }
  }

  /** RFC 7638 §3: the name of a key is its thumbprint, so no other key can stand under it. */
  private async key(kid: string, alg: string): Promise<PublicHalf | undefined> {
    const row = (await this.keys.find(kid)) ?? (await this.former.find(kid));
    const isIt = row?.kid === kid && row.algorithm === alg && (await thumbprint(row.publicJwk)) === kid;
    return isIt ? row : undefined;
  }
}

async function isSignedBy(token: string, { publicJwk, algorithm }: PublicHalf): Promise<boolean> {
  try {
    await compactVerify(token, createPublicKey({ key: { ...publicJwk }, format: 'jwk' }), { algorithms: [algorithm] });
    return true;
  } catch {
    return false;
  }
}
