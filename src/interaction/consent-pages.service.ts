import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ScopesService } from '#resources/index.js';
import { ConsentPage, type ConsentModel } from '#views/index.js';
import { ApprovalsService } from './approvals.service.js';
import { ConsentModels } from './consent-models.service.js';
import { consentOffer, type ConsentOffer } from './consent-offer.js';
import { Pages } from './pages.service.js';
import type { SignedInTurn } from './turn.js';

/** What a consent page is shown with besides what it asks. */
export interface ConsentShowing {
  readonly status: number;
  readonly action: string;
  readonly csrf: string;
  readonly error?: ConsentModel['error'];
  /** What the user had ticked when the form came back. */
  readonly ticked?: readonly string[] | undefined;
}

/** Shows the consent page. */
@Injectable()
export class ConsentPages {
  constructor(
    private readonly approvals: ApprovalsService,
    private readonly scopes: ScopesService,
    private readonly models: ConsentModels,
    private readonly pages: Pages,
  ) {}

  /** What there is to ask this user now. */
  async offer({ client, interaction, user }: SignedInTurn): Promise<ConsentOffer> {
    const scopes = await this.scopes.known(interaction.facts.scope);
    const { standing, earlier } = await this.approvals.of(user.id, { client, scopes });
    return consentOffer(client, interaction.facts, standing, interaction.prompt, { earlier, scopes });
  }

  async show(reply: FastifyReply, turn: SignedInTurn, offer: ConsentOffer, showing: ConsentShowing): Promise<void> {
    const { action, csrf, error, status, ticked } = showing;
    const shown = await this.models.of(turn, offer, ticked);
    this.pages.show(reply, turn, status, ConsentPage, { ...shown, action, csrf, error });
  }
}
