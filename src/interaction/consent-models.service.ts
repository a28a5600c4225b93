import { Injectable } from '@nestjs/common';
import { isVetted, Lookalikes } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { ResourcesService, ScopesService, type Resource, type Scope } from '#resources/index.js';
import { AttributesService, attributeWords } from '#users/index.js';
import { accountCard, claimTitle, type ConsentDuration, type ConsentModel } from '#views/index.js';
import { clientCard } from './cards.js';
import { durationValue, suggestedDuration } from './consent-form.js';
import type { ConsentOffer } from './consent-offer.js';
import { MappedClaims } from './mapped-claims.service.js';
import { REPORT_PATH } from './report-form.js';
import { scopeGroups, titleOf, type ShownClaim } from './scope-groups.js';
import { withInteraction } from './sign-in-steps/sign-in-step.js';
import type { SignedInTurn } from './turn.js';

/** What a consent page says, whatever becomes of its form. */
export type ShownConsent = Omit<ConsentModel, 'action' | 'csrf' | 'error' | 'digest'>;

/** Puts into words who asks, for whom, for what, with the actual values. */
@Injectable()
export class ConsentModels {
  constructor(
    private readonly scopes: ScopesService,
    private readonly resources: ResourcesService,
    private readonly mappedClaims: MappedClaims,
    private readonly attributes: AttributesService,
    private readonly lookalikes: Lookalikes,
    private readonly issuer: IssuerSettings,
  ) {}

  /** `ticked` is what the user left ticked when the form came back. */
  async of(turn: SignedInTurn, offer: ConsentOffer, ticked: readonly string[] = offer.ticked): Promise<ShownConsent> {
    const { client, user, locale, interaction } = turn;
    const scopes = await this.scopes.known(interaction.facts.scope);
    const facts = { user, locale, scopes, resources: await this.resourcesOf(scopes), mapped: await this.mapped(turn) };
    return {
      client: clientCard(client, interaction.facts.redirectUri),
      lookalike: (await this.lookalikes.of(client))?.clientName,
      account: accountCard(user),
      groups: scopeGroups(offer, new Set(ticked), facts),
      alreadyApproved: offer.settled.map(({ scope, approvedAt, givenBy }) => ({
        title: titleOf(scope, facts),
        since: approvedAt,
        byCompany: givenBy === 'company',
      })),
      durations: durations(offer),
      reportUrl: isVetted(client) ? undefined : withInteraction(this.issuer.path(REPORT_PATH), interaction.id),
    };
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
