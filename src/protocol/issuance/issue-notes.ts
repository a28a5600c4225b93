import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { ClaimDisclosures, ConsentUses, type DisclosurePlace } from '#consent/index.js';
import type { GrantType } from '#standards/oauth.js';
import type { Grant } from '#tokens/index.js';
import type { ReleasedClaims } from '../claims/claim-release.js';
import { TokenMetrics, type AnsweredTokens } from './token-metrics.js';
import { usedApprovals } from './used-approvals.js';

/** Notes what was issued and said: for operators, for whoever looks for access that nobody needs, and for whom it is about. */
@Injectable()
export class IssueNotes {
  constructor(
    private readonly metrics: TokenMetrics,
    private readonly uses: ConsentUses,
    private readonly disclosures: ClaimDisclosures,
  ) {}

  /** Counts the tokens of an answer. */
  issued(grantType: GrantType, answer: AnsweredTokens): void {
    this.metrics.issued(grantType, answer);
  }

  /** Notes that a client used what its user allowed it. */
  used({ clientId }: Client, grant: Pick<Grant, 'userId' | 'claims'>, scope: readonly string[]): void {
    this.uses.note(grant.userId, clientId, usedApprovals(scope, grant.claims));
  }

  /** Notes which claims about a user went to a client, and by which way: who it is, and what is said besides. */
  released({ clientId }: Client, userId: string, place: DisclosurePlace, claims: ReleasedClaims): void {
    this.disclosures.note({ userId, clientId, place }, ['sub', ...Object.keys(claims)]);
  }
}
