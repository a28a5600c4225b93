import { Injectable } from '@nestjs/common';
import { ConsentReceiptsService, ConsentService, type GivenConsent } from '#consent/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { durationEnd, type ConsentDecision } from './consent-form.js';
import { receiptFacts, type AnsweredPage } from './consent-receipts.js';
import { InteractionsService } from './interactions.service.js';
import type { SignedInTurn } from './turn.js';

/** A decision to allow. */
type ConsentAllowed = Extract<ConsentDecision, { readonly decision: 'allow' }>;

/** Records what a user decided: for this request, and for later ones as long as the user chose, with a receipt. */
@Injectable()
export class ConsentDecisions {
  constructor(
    private readonly consent: ConsentService,
    private readonly receipts: ConsentReceiptsService,
    private readonly interactions: InteractionsService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async allow(turn: SignedInTurn, allowed: ConsentAllowed, page: AnsweredPage): Promise<void> {
    const { client, interaction, user } = turn;
    const expiresAt = durationEnd(allowed.duration, this.clock.now());
    const remember = allowed.duration.kind !== 'once';
    await this.transactions.run(async () => {
      const recorded = await this.interactions.record(interaction, (soFar) => ({
        ...soFar,
        consent: {
          userId: user.id,
          scopes: allowed.granted,
          remember,
          ...(expiresAt === undefined ? {} : { expiresAt }),
        },
      }));
      if (!recorded) return;
      // An approval for this time only is kept as one that has ended, so that the account page can end its tokens.
      await this.remember(client.clientId, user.id, allowed, { expiresAt, versions: page.versions });
      const asked = page.offer.required.length + page.offer.optional.length > 0;
      if (asked) await this.receipts.record(receiptFacts(turn, page, allowed, expiresAt));
    });
  }

  /** No is a decision, too: the client gets `access_denied` (RFC 6749 §4.1.2.1). */
  async deny(turn: SignedInTurn, page: AnsweredPage): Promise<void> {
    await this.transactions.run(async () => {
      const recorded = await this.interactions.record(turn.interaction, (soFar) => ({ ...soFar, denied: true }));
      if (recorded) await this.receipts.record(receiptFacts(turn, page, { decision: 'deny' }));
    });
  }

  private async remember(
    clientId: string,
    userId: string,
    { approved, declined, duration }: ConsentAllowed,
    term: Pick<GivenConsent, 'expiresAt' | 'versions'>,
  ): Promise<void> {
    const earlier = duration.kind === 'once' ? await this.consent.approved(userId, clientId) : [];
    // What is remembered already is not cut short by using it once more.
    const scopes = approved.filter((scope) => !earlier.some((approval) => approval.scope === scope));
    if (scopes.length === 0 && declined.length === 0) return;
    await this.consent.give({ userId, clientId, scopes, declined, ...term, givenBy: 'user' });
  }
}
