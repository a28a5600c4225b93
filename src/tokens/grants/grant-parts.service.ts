import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { DatabaseUnavailable } from '#platform/database/index.js';
import { endsAfter, grantWithout, withClaims, type GrantParts } from './grant-ends.js';
import { grantFrom } from './grant.js';
import { GrantsRepository } from './grants.repository.js';

/** Whose grants, and to whom. */
export interface GrantsBetween {
  readonly userId: string;
  readonly clientId: string;
}

const MOST_ATTEMPTS = 4;

/** Changes what live grants are for when the approval that they rest on changes: every token follows at once. */
@Injectable()
export class GrantPartsService {
  constructor(
    private readonly grants: GrantsRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes parts away from every grant of the user to the client. */
  async narrow(between: GrantsBetween, parts: GrantParts): Promise<void> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      if (await this.tryNarrow(between, parts)) return;
    }
    throw new DatabaseUnavailable('grants changed again and again while they were narrowed');
  }

  /** Lets parts that end before their grant be used until another moment, or as long as the grant. */
  async prolong({ userId, clientId }: GrantsBetween, parts: GrantParts, until: string | undefined): Promise<void> {
    const [now, end] = [this.clock.now(), until === undefined ? undefined : Date.parse(until)];
    if (end !== undefined && end <= now.getTime()) return;
    for (const { id, scope, claims, ends } of await this.grants.findLiveWithEnds(userId, clientId, now)) {
      if (ends === null) continue;
      await this.grants.replaceParts(id, scope, { scope, claims, ends: endsAfter(ends, withClaims(parts), end) });
    }
  }

  /** False when somebody else wrote at the same moment. */
  private async tryNarrow({ userId, clientId }: GrantsBetween, parts: GrantParts): Promise<boolean> {
    let all = true;
    for (const row of await this.grants.findLive(userId, clientId, this.clock.now())) {
      const { scope, claims = null } = grantWithout(grantFrom(row), withClaims(parts));
      const narrowed = { scope: scope.join(' '), claims, ends: row.ends };
      all = (await this.grants.replaceParts(row.id, row.scope, narrowed)) && all;
    }
    return all;
  }
}
