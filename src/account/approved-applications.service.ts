import { Injectable } from '@nestjs/common';
import { ClientsService, type Client } from '#clients/index.js';
import { approvedClaim, ConsentService, type ApprovedScope, type Consent } from '#consent/index.js';
import { ScopesService, scopeWords } from '#resources/index.js';
import { claimTitle, scopeText, type ApplicationsModel, type ApprovedApplication, type Locale } from '#views/index.js';
import { applicationCard } from './cards.js';
import { OwnDisclosures } from './own-disclosures.service.js';
import { OwnReceipts } from './own-receipts.service.js';
import { canBeUnticked } from './unticking.js';
import { UnusedAccessService, type FoundUnused } from './unused-access/unused-access.service.js';

/** What is known of one consent beside itself. */
interface Known {
  readonly client: Client | undefined;
  readonly titles: ReadonlyMap<string, string>;
  readonly unused: FoundUnused | undefined;
}

/** Lists the applications that a user's account is open to. */
@Injectable()
export class ApprovedApplications {
  constructor(
    private readonly consent: ConsentService,
    private readonly clients: ClientsService,
    private readonly scopes: ScopesService,
    private readonly receipts: OwnReceipts,
    private readonly disclosures: OwnDisclosures,
    private readonly unused: UnusedAccessService,
  ) {}

  async list(
    userId: string,
    locale: Locale,
  ): Promise<Pick<ApplicationsModel, 'applications' | 'otherReceipts' | 'otherReceived'>> {
    const consents = await this.consent.listByUser(userId);
    const clientIds = consents.map(({ clientId }) => clientId);
    const clients = new Map((await this.clients.findMany(clientIds)).map((client) => [client.clientId, client]));
    const titles = await this.titles(
      consents.flatMap(({ scopes }) => scopes.map(({ scope }) => scope)),
      locale,
    );
    const receipts = await this.receipts.links(userId, clientIds);
    const received = await this.disclosures.received(userId, clientIds, locale);
    const found = await this.unused.among(consents, await this.unused.rules());
    const unused = new Map(found.map((one) => [one.consent.id, one]));
    const applications = consents.map((consent) => ({
      ...applicationFrom(consent, { client: clients.get(consent.clientId), titles, unused: unused.get(consent.id) }),
      receipts: receipts.of(consent.clientId),
      received: received.of(consent.clientId),
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

function applicationFrom(
  { id, clientId, scopes, givenBy, lastUsedAt }: Consent,
  { client, titles, unused }: Known,
): Omit<ApprovedApplication, 'receipts' | 'received'> {
  return {
    id,
    client: applicationCard(clientId, client),
    givenBy,
    lastUsed: lastUsedAt,
    unusedSince: unused?.access.all === true ? wholeUnusedSince(unused.access.parts) : undefined,
    removedOn: unused?.removedOn,
    scopes: scopes
      .filter((approval) => stillHolds(approval, client))
      .map((approval) => ({
        name: approval.scope,
        title: titles.get(approval.scope) ?? approval.scope,
        since: approval.approvedAt,
        until: approval.expiresAt,
        lastUsed: approval.lastUsedAt,
        unusedSince: partUnusedSince(approval.scope, unused),
        optional: canBeUnticked(approval, client),
        byCompany: approval.givenBy === 'company',
      })),
  };
}

/** What the company approved is approved as long as it says so. */
function stillHolds({ scope, givenBy }: ApprovedScope, client: Client | undefined): boolean {
  if (givenBy !== 'company' || client === undefined) return true;
  return client.consent === 'skip' || client.companyApprovedScope?.includes(scope) === true;
}

/** Since when a part was not used that goes alone. */
function partUnusedSince(scope: string, unused: FoundUnused | undefined): Date | undefined {
  if (unused === undefined || unused.access.all) return undefined;
  return unused.access.parts.find((part) => part.scope === scope)?.since;
}

/** Since when nothing of it was used. */
function wholeUnusedSince(parts: FoundUnused['access']['parts']): Date {
  return new Date(Math.max(...parts.map(({ since }) => since.getTime())));
}
