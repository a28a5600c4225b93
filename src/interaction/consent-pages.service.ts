import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ScopesService } from '#resources/index.js';
import { ConsentPage, ViewsService, visibleText, type ConsentModel } from '#views/index.js';
import { ConsentModels, type ShownConsent } from './consent-models.service.js';
import type { ConsentOffer } from './consent-offer.js';
import { ConsentOffers } from './consent-offers.service.js';
import type { AnsweredPage } from './consent-receipts.js';
import { Pages } from './pages.service.js';
import { shownDigest } from './shown-consent.js';
import { shownVersions } from './standing-approvals.js';
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

/** What there is to ask, and the page that asks it. */
export interface ConsentQuestion {
  readonly offer: ConsentOffer;
  readonly shown: ShownConsent;
  /** Names all that the page says, so that an answer is one to this very page. */
  readonly digest: string;
}

/** Shows the consent page, and knows what it said. */
@Injectable()
export class ConsentPages {
  constructor(
    private readonly offers: ConsentOffers,
    private readonly scopes: ScopesService,
    private readonly models: ConsentModels,
    private readonly pages: Pages,
    private readonly views: ViewsService,
  ) {}

  /** What there is to ask this user now. */
  async question(turn: SignedInTurn): Promise<ConsentQuestion> {
    const { client, interaction, user } = turn;
    const { facts, prompt } = interaction;
    const { offer } = await this.offers.of({ userId: user.id, client, facts, prompt });
    const shown = await this.models.of(turn, offer);
    return { offer, shown, digest: shownDigest(shown, turn.locale) };
  }

  async show(
    reply: FastifyReply,
    turn: SignedInTurn,
    { offer, shown, digest }: ConsentQuestion,
    { status, ticked, ...showing }: ConsentShowing,
  ): Promise<void> {
    const filledIn = ticked === undefined ? shown : await this.models.of(turn, offer, ticked);
    this.pages.show(reply, turn, status, ConsentPage, { ...filledIn, ...showing, digest });
  }

  /** The page as the user read it, for the receipt. */
  async answered(turn: SignedInTurn, { offer, shown }: ConsentQuestion): Promise<AnsweredPage> {
    const { locale, user, interaction } = turn;
    const model = { ...shown, action: '', csrf: '', digest: '' };
    const html = this.views.render(ConsentPage, model, locale, { timeZone: user.claims.zoneinfo });
    const versions = shownVersions(await this.scopes.known(interaction.facts.scope));
    return { offer, shown, text: visibleText(html), versions };
  }
}
