import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { GrantsRepository } from '../grants/grants.repository.js';
import { GrantsService } from '../grants/grants.service.js';
import type { IssuedSelection } from '../grants/issued-selection.js';
import { OpaqueAccessTokensRepository } from './access-tokens.repository.js';

/** How much of what was issued has a row. */
export interface IssuedCount {
  readonly grants: number;
  /** Opaque tokens of clients' own; those of grants end with them. */
  readonly opaqueTokens: number;
}

/** Counts and ends what was issued by what it was issued to, and when. */
@Injectable()
export class IssuedTokens {
  constructor(
    private readonly grants: GrantsRepository,
    private readonly revocations: GrantsService,
    private readonly opaque: OpaqueAccessTokensRepository,
    private readonly clock: Clock,
  ) {}

  async count(selection: IssuedSelection): Promise<IssuedCount> {
    const now = this.clock.now();
    const grants = await this.grants.countLive(selection, now);
    return { grants, opaqueTokens: await this.opaque.countOwn(selection, now) };
  }

  /** Ends some of it, which then fits no more; how many, zero when nothing is left. */
  async endSome(selection: IssuedSelection, most: number): Promise<number> {
    const now = this.clock.now();
    const grants = await this.grants.someLive(selection, now, most);
    for (const grant of grants) await this.revocations.revoke(grant);
    return grants.length === 0 ? this.opaque.removeOwn(selection, now, most) : grants.length;
  }
}
