import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ConsentService } from '#consent/index.js';
import { ResourcesService, ScopesService, type Resource, type Scope } from '#resources/index.js';
import { AttributesService, attributeWords } from '#users/index.js';
import { accountCard, claimTitle, ConsentPage, type ConsentDuration, type ConsentModel } from '#views/index.js';
import { clientCard } from './cards.js';
import { durationValue, suggestedDuration } from './consent-form.js';
import { consentOffer, type ConsentOffer } from './consent-offer.js';
import { Pages } from './pages.service.js';
import { MappedClaims } from './mapped-claims.service.js';
import { scopeGroups, titleOf, type ShownClaim } from './scope-groups.js';
import type { SignedInTurn } from './turn.js';

/** What a consent page is shown with besides what it asks. */
export interface ConsentShowing {
  readonly status: number;
  readonly action: string;
  readonly csrf: string;
  readonly error?: ConsentModel['error'];
  /** What the user had ticked when the form came back; at first everything is. */
  readonly ticked?: readonly string[] | undefined;
}

/** Shows the consent page: who asks, for whom, for what, in words and with the actual values. */
@Injectable()
export class ConsentPages {
  constructor(
    private readonly consent: ConsentService,
    private readonly scopes: ScopesService,
    private readonly resources: ResourcesService,
    private readonly pages: Pages,
    private readonly mappedClaims: MappedClaims,
    private readonly attributes: AttributesService,
  ) {}

  /** What there is to ask this user now. */
  async offer({ client, interaction, user }: SignedInTurn): Promise<ConsentOffer> {
    const approved = await this.consent.approved(user.id, client.clientId);
    return consentOffer(client, interaction.facts, approved, interaction.prompt);
  }

  async show(reply: FastifyReply, turn: SignedInTurn, offer: ConsentOffer, showing: ConsentShowing): Promise<void> {
    const { action, csrf, error, status } = showing;
    const { client, user, locale } = turn;
    const scopes = await this.scopes.known(turn.interaction.facts.scope);
    const facts = { user, locale, scopes, resources: await this.resourcesOf(scopes), mapped: await this.mapped(turn) };
    this.pages.show(reply, turn, status, ConsentPage, {
      action,
      csrf,
      error,
      client: clientCard(client, turn.interaction.facts.redirectUri),
      account: accountCard(user),
      groups: scopeGroups(offer, new Set(showing.ticked ?? offer.optional), facts),
      alreadyApproved: offer.settled.map(({ scope, approvedAt }) => ({
        title: titleOf(scope, facts),
        since: approvedAt,
      })),
      durations: durations(offer),
    });
  }

  /** What mappings would release of the user, under the words of its attribute where it is one. */
  private async mapped({ client, user, locale }: SignedInTurn): Promise<ShownClaim[]> {
    const values = await this.mappedClaims.values(client, user, await this.mappedClaims.of(client));
    if (values.length === 0) return [];
    const attributes = await this.attributes.known();
    return values.map(({ mapping: { claim, scope, source }, value }) => {
      const attribute =
        source.kind === 'attribute' ? attributes.find(({ name }) => name === source.attribute) : undefined;
      const title = attribute === undefined ? claimTitle(claim, locale) : attributeWords(attribute, locale).title;
      return { claim, scope, title, declared: attribute !== undefined, value };
    });
  }

  private async resourcesOf(scopes: readonly Scope[]): Promise<Resource[]> {
    const identifiers = new Set(scopes.flatMap(({ resourceIdentifier }) => resourceIdentifier ?? []));
    const found = await Promise.all([...identifiers].map((identifier) => this.resources.knownByIdentifier(identifier)));
    return found.filter((resource) => resource !== undefined);
  }
}

function durations({ durations: offered }: ConsentOffer): ConsentDuration[] {
  const suggested = suggestedDuration(offered);
  return offered.map((choice) => ({ ...choice, value: durationValue(choice), checked: choice === suggested }));
}
