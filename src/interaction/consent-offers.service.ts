import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { Clock } from '#platform/crypto/index.js';
import { ScopesService, type Scope } from '#resources/index.js';
import { ApprovalsService } from './approvals.service.js';
import type { DisplayFacts } from './authorization-facts.js';
import { consentOffer, type ConsentOffer } from './consent-offer.js';
import type { Prompt } from './prompts/prompt.js';
import type { Approvals } from './standing-approvals.js';

/** Who is asked on a consent page, for which client, and why. */
export interface ConsentOccasion {
  readonly userId: string;
  readonly client: Client;
  readonly facts: DisplayFacts;
  readonly prompt: Prompt;
}

/** What a consent page asks, and what decided it. */
export interface DecidedOffer {
  readonly offer: ConsentOffer;
  readonly approvals: Approvals;
  readonly scopes: readonly Scope[];
}

/** Finds out what a consent page has to ask. */
@Injectable()
export class ConsentOffers {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly scopes: ScopesService,
    private readonly clock: Clock,
  ) {}

  async of({ userId, client, facts, prompt }: ConsentOccasion, now = this.clock.now()): Promise<DecidedOffer> {
    const scopes = await this.scopes.known(facts.scope);
    const approvals = await this.approvals.of(userId, { client, scopes }, now);
    const { standing, earlier } = approvals;
    return { offer: consentOffer(client, facts, standing, prompt, { earlier, scopes }), approvals, scopes };
  }
}
