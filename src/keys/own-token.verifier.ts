import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactVerify } from 'jose';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { parseJws } from './jws-input.js';
import { KeyRing } from './key-ring.service.js';
import { SIGNING_ALGORITHMS } from './signing-algorithm.js';

/** Which of our tokens is expected. */
export interface OwnTokenRules {
  readonly typ: readonly string[];
  /** Also one that has run out: an `id_token_hint` (OIDC RP-Initiated Logout §2). */
  readonly allowExpired?: true;
}

/** Recognises the tokens that this issuer signed. */
@Injectable()
export class OwnTokenVerifier {
  constructor(
    private readonly ring: KeyRing,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
  ) {}

  /** The claims of a token of ours, or undefined: not ours, not of that kind, changed, or run out. */
  async verify(token: string, rules: OwnTokenRules): Promise<Record<string, unknown> | undefined> {
    const parsed = parseJws(token, { algorithms: SIGNING_ALGORITHMS, typ: rules.typ });
    if (!parsed.ok || parsed.input.kid === undefined) return undefined;
    const { alg, kid, claims } = parsed.input;
    const withdrawn = rules.allowExpired === true;
    if (claims['iss'] !== this.issuer.issuer || (!withdrawn && !this.#lives(claims['exp']))) return undefined;
    const key = await this.ring.checkingKey(kid, { withdrawn });
    if (key?.algorithm !== alg) return undefined;
    return (await isSignedBy(token, key.publicKey, alg)) ? claims : undefined;
  }

  #lives(exp: unknown): boolean {
    return typeof exp === 'number' && exp > this.clock.now().getTime() / 1000;
  }
}

async function isSignedBy(token: string, key: KeyObject, alg: string): Promise<boolean> {
  try {
    await compactVerify(token, key, { algorithms: [alg] });
    return true;
  } catch {
    return false;
  }
}
