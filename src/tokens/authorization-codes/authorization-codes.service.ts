import { Injectable } from '@nestjs/common';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { grantFrom, type Grant } from '../grants/grant.js';
import type { AuthorizationCodeRow } from './authorization-code.entity.js';
import { AuthorizationCodesRepository, FAILURES_THAT_BURN } from './authorization-codes.repository.js';

/** How long a code is remembered after its end, in milliseconds: as long as an access token made from it can live. */
const REMEMBERED_MS = 3_600_000;

/** What the redemption of a code is bound to (RFC 6749 §4.1.2, RFC 7636 §4.4). */
export interface NewAuthorizationCode {
  readonly grantId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly lifetimeSeconds: number;
}

/** A code that somebody presents, as it was made. */
export interface AuthorizationCode {
  readonly digest: string;
  /** What it stands for, ended or not. */
  readonly grant: Grant;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
}

/** What a presented value turned out to be. */
export type PresentedCode =
  | { readonly outcome: 'redeemable'; readonly code: AuthorizationCode }
  | { readonly outcome: 'redeemed'; readonly code: AuthorizationCode }
  | { readonly outcome: 'unknown' | 'expired' | 'burnt' };

/** Issues authorization codes and redeems each of them once. */
@Injectable()
export class AuthorizationCodesService {
  constructor(
    private readonly codes: AuthorizationCodesRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Makes a code; its value exists only in the answer. */
  async issue(code: NewAuthorizationCode): Promise<string> {
    const value = this.random.secret();
    const redeemableUntil = new Date(this.clock.now().getTime() + code.lifetimeSeconds * 1000);
    await this.codes.add({
      digest: sha256(value),
      grantId: code.grantId,
      clientId: code.clientId,
      redirectUri: code.redirectUri,
      codeChallenge: code.codeChallenge ?? null,
      nonce: code.nonce ?? null,
      failures: 0,
      redeemableUntil,
      redeemedAt: null,
      expiresAt: new Date(redeemableUntil.getTime() + REMEMBERED_MS),
    });
    return value;
  }

  /** Looks at a presented value without changing anything. */
  async find(value: string): Promise<PresentedCode> {
    const found = await this.codes.find(sha256(value));
    if (found === undefined) return { outcome: 'unknown' };
    const { row } = found;
    const code = codeFrom(row, grantFrom(found.grant));
    if (row.redeemedAt !== null) return { outcome: 'redeemed', code };
    if (row.failures >= FAILURES_THAT_BURN) return { outcome: 'burnt' };
    if (row.redeemableUntil <= this.clock.now()) return { outcome: 'expired' };
    return { outcome: 'redeemable', code };
  }

  /** Takes the code: true for exactly one caller, however many try at once. */
  redeem(code: AuthorizationCode): Promise<boolean> {
    return this.codes.redeem(code.digest, this.clock.now());
  }

  /** Notes an attempt by the wrong client or with the wrong verifier. */
  countFailure(code: AuthorizationCode): Promise<void> {
    return this.codes.countFailure(code.digest);
  }
}

function codeFrom(row: AuthorizationCodeRow, grant: Grant): AuthorizationCode {
  return {
    digest: row.digest,
    grant,
    clientId: row.clientId,
    redirectUri: row.redirectUri,
    codeChallenge: row.codeChallenge ?? undefined,
    nonce: row.nonce ?? undefined,
  };
}
