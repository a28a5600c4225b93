import { Injectable } from '@nestjs/common';
import { TokenLifetimes } from '#platform/config/index.js';
import { Clock, Random, SecretKeys } from '#platform/crypto/index.js';
import { grantFrom, type Grant } from '../grants/grant.js';
import { RefreshTokenFamiliesRepository } from './refresh-token-families.repository.js';
import type { RefreshTokenFamilyRow } from './refresh-token-family.entity.js';
import { familyIdOf, generationOf, refreshTokenValue } from './refresh-token-value.js';

/** How long a family lives, unused and altogether, in seconds. */
export interface RefreshTokenLifetimes {
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
}

/** A refresh token that somebody presents, and what it is now. */
export interface PresentedRefreshToken {
  readonly familyId: string;
  /** What it keeps alive, ended or not. */
  readonly grant: Grant;
  readonly clientId: string;
  /** `current` may be used; `repeated` was replaced a moment ago and its successor is unused; `superseded` is reuse. */
  readonly state: 'current' | 'repeated' | 'superseded' | 'expired';
  readonly generation: number;
  readonly keyName: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The family ends here whatever happens. */
  readonly endsAt: Date;
}

/** What rotating a presented token came to. */
export type Rotation = { readonly outcome: 'rotated'; readonly value: string } | { readonly outcome: 'superseded' };

/** Refresh-token families: one row each, rotated in place, no value stored (RFC 9700 §4.14.2). */
@Injectable()
export class RefreshTokensService {
  constructor(
    private readonly families: RefreshTokenFamiliesRepository,
    private readonly keys: SecretKeys,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Starts the family of a grant and returns its first token. */
  async start(grantId: string, clientId: string, lifetimes: RefreshTokenLifetimes): Promise<string> {
    const now = this.clock.now();
    const family: RefreshTokenFamilyRow = {
      id: this.random.id(),
      grantId,
      clientId,
      generation: 0,
      keyName: this.keys.primaryName,
      rotatedAt: now,
      endsAt: later(now, lifetimes.absoluteSeconds),
      expiresAt: later(now, Math.min(lifetimes.idleSeconds, lifetimes.absoluteSeconds)),
    };
    await this.families.add(family);
    return refreshTokenValue(this.keys, { familyId: family.id, generation: 0, keyName: family.keyName });
  }

  /** Recognises a presented value, of whatever generation; nothing when no family of ours made it. */
  async find(value: string): Promise<PresentedRefreshToken | undefined> {
    const familyId = familyIdOf(value);
    const found = familyId === undefined ? undefined : await this.families.findWithGrant(familyId);
    if (found === undefined) return undefined;
    const { row, grant } = found;
    const generation = generationOf(this.keys, value, { ...row, familyId: row.id });
    return generation === undefined ? undefined : this.presented(row, grantFrom(grant), generation);
  }

  /** Replaces the presented token: the winner moves the family on, an honest repeat gets the same successor again. */
  async rotate(token: PresentedRefreshToken, lifetimes: RefreshTokenLifetimes): Promise<Rotation> {
    if (token.state === 'current' && (await this.moveOn(token, lifetimes))) {
      return { outcome: 'rotated', value: this.value(token, token.generation + 1) };
    }
    const row = await this.families.find(token.familyId);
    if (row === null || this.stateOf(row, token.generation) !== 'repeated') return { outcome: 'superseded' };
    return { outcome: 'rotated', value: this.value(token, row.generation) };
  }

  /** Notes the use of a token that is not rotated. */
  async keep(token: PresentedRefreshToken, lifetimes: RefreshTokenLifetimes): Promise<void> {
    await this.families.touch(token.familyId, this.idleEnd(token, lifetimes));
  }

  private moveOn(token: PresentedRefreshToken, lifetimes: RefreshTokenLifetimes): Promise<boolean> {
    return this.families.rotate(token.familyId, token.generation, {
      rotatedAt: this.clock.now(),
      expiresAt: this.idleEnd(token, lifetimes),
    });
  }

  private idleEnd(token: PresentedRefreshToken, lifetimes: RefreshTokenLifetimes): Date {
    const idle = later(this.clock.now(), lifetimes.idleSeconds);
    return idle < token.endsAt ? idle : token.endsAt;
  }

  private presented(row: RefreshTokenFamilyRow, grant: Grant, generation: number): PresentedRefreshToken {
    return {
      familyId: row.id,
      grant,
      clientId: row.clientId,
      state: this.stateOf(row, generation),
      generation,
      keyName: row.keyName,
      issuedAt: row.rotatedAt,
      expiresAt: row.expiresAt,
      endsAt: row.endsAt,
    };
  }

  private stateOf(row: RefreshTokenFamilyRow, generation: number): PresentedRefreshToken['state'] {
    const now = this.clock.now();
    if (row.expiresAt <= now) return 'expired';
    if (generation === row.generation) return 'current';
    const windowEnd = later(row.rotatedAt, this.lifetimes.refreshReplayWindow);
    return generation === row.generation - 1 && now <= windowEnd ? 'repeated' : 'superseded';
  }

  private value({ familyId, keyName }: { familyId: string; keyName: string }, generation: number): string {
    return refreshTokenValue(this.keys, { familyId, generation, keyName });
  }
}

function later(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}
