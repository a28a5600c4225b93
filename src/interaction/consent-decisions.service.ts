import { Injectable } from '@nestjs/common';
import { ConsentService, type GivenConsent } from '#consent/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Transactions } from '#platform/database/index.js';
import { ScopesService } from '#resources/index.js';
import { durationEnd, type ConsentDecision } from './consent-form.js';
import { InteractionsService } from './interactions.service.js';
import { shownVersions } from './standing-approvals.js';
import type { SignedInTurn } from './turn.js';

/** A decision to allow. */
type ConsentAllowed = Extract<ConsentDecision, { readonly decision: 'allow' }>;

/** Records what a user allowed: for this request, and for later ones as long as the user chose. */
@Injectable()
export class ConsentDecisions {
  constructor(
    private readonly consent: ConsentService,
    private readonly interactions: InteractionsService,
    private readonly scopes: ScopesService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async allow({ client, interaction, user }: SignedInTurn, allowed: ConsentAllowed): Promise<void> {
    const expiresAt = durationEnd(allowed.duration, this.clock.now());
    const remember = allowed.duration.kind !== 'once';
    const versions = shownVersions(await this.scopes.known(interaction.facts.scope));
    await this.transactions.run(async () => {
      const recorded = await this.interactions.record(interaction.id, (soFar) => ({
        ...soFar,
        consent: {
          userId: user.id,
          scopes: allowed.granted,
          remember,
          ...(expiresAt === undefined ? {} : { expiresAt }),
        },
      }));
      // An approval for this time only is kept as one that has ended, so that the account page can end its tokens.
      if (recorded) await this.remember(client.clientId, user.id, allowed, { expiresAt, versions });
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
