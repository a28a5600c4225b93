import { Injectable } from '@nestjs/common';
import { ClientsService, type Client } from '#clients/index.js';
import { approvedClaim, ConsentService, type ApprovedScope, type Consent } from '#consent/index.js';
import { ScopesService, scopeWords } from '#resources/index.js';
import { claimTitle, scopeText, type ApplicationsModel, type Locale } from '#views/index.js';
import { applicationCard } from './cards.js';
import { OwnDisclosures } from './own-disclosures.service.js';
import { OwnReceipts } from './own-receipts.service.js';

/** Lists the applications that a user's account is open to. */
@Injectable()
export class ApprovedApplications {
  constructor(
    private readonly consent: ConsentService,
    private readonly clients: ClientsService,
    private readonly scopes: ScopesService,
    private readonly receipts: OwnReceipts,
    private readonly disclosures: OwnDisclosures,
  ) {}

  async list(
    userId: string,
    locale: Locale,
  ): Promise<Pick<ApplicationsModel, 'applications' | 'otherReceipts' | 'otherReceived'>> {
    const consents = await this.consent.listByUser(userId);
    const clients = await this.clients.findMany(consents.map(({ clientId }) => clientId));
    const known = new Map(clients.map((client) => [client.clientId, client]));
    const titles = await this.titles(
      consents.flatMap(({ scopes }) => scopes.map(({ scope }) => scope)),
      locale,
    );
    const clientIds = consents.map(({ clientId }) => clientId);
    const receipts = await this.receipts.links(userId, clientIds);
    const received = await this.disclosures.received(userId, clientIds, locale);
    const applications = consents.map(({ id, clientId, scopes, givenBy, lastUsedAt }) => ({
      id,
      client: applicationCard(clientId, known.get(clientId)),
      givenBy,
      lastUsed: lastUsedAt,
      scopes: scopes
        .filter((approval) => stillHolds(approval, known.get(clientId)))
        .map((approval) => ({
          name: approval.scope,
          title: titles.get(approval.scope) ?? approval.scope,
          since: approval.approvedAt,
          until: approval.expiresAt,
          lastUsed: approval.lastUsedAt,
          optional: canBeUnticked(approval, known.get(clientId)),
          byCompany: approval.givenBy === 'company',
        })),
      receipts: receipts.of(clientId),
      received: received.of(clientId),
    }));
    return { applications, otherReceipts: receipts.others, otherReceived: received.others };
  }

  /** Takes back what can be unticked and is not among what the user keeps; false when that is nothing. */
  async keep({ userId, clientId, scopes }: Consent, kept: readonly string[]): Promise<boolean> {
    const client = await this.clients.find(clientId);
    const declined = scopes.filter((approval) => canBeUnticked(approval, client)).map(({ scope }) => scope);
    return this.consent.narrow(
      userId,
      clientId,
      declined.filter((name) => !kept.includes(name)),
    );
  }

  /** The words for scopes and single claims: ours for those we define, the company's for its own. */
  private async titles(names: readonly string[], locale: Locale): Promise<ReadonlyMap<string, string>> {
    const scopes = await this.scopes.find([...new Set(names)]);
    const claims = names.flatMap((name) => {
      const claim = approvedClaim(name);
      return claim === undefined ? [] : [[name, claimTitle(claim, locale)] as const];
    });
    return new Map([
      ...scopes.map(
        (scope) => [scope.name, scopeText(scope.name, locale)?.title ?? scopeWords(scope, locale).title] as const,
      ),
      ...claims,
    ]);
  }
}

/** What the company approved is approved as long as it says so. */
function stillHolds({ scope, givenBy }: ApprovedScope, client: Client | undefined): boolean {
  if (givenBy !== 'company' || client === undefined) return true;
  return client.consent === 'skip' || client.companyApprovedScope?.includes(scope) === true;
}

/** Whether users may take it back alone: what the client cannot do without goes with all the rest only. */
function canBeUnticked({ scope, givenBy }: ApprovedScope, client: Client | undefined): boolean {
  if (givenBy === 'company' || client === undefined) return false;
  return approvedClaim(scope) !== undefined || client.optionalScope.includes(scope);
}
