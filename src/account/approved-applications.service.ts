import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { approvedClaim, ConsentService } from '#consent/index.js';
import { ScopesService } from '#resources/index.js';
import { claimTitle, scopeText, type ApprovedApplication, type Locale } from '#views/index.js';
import { applicationCard } from './cards.js';

/** Lists the applications that a user's account is open to. */
@Injectable()
export class ApprovedApplications {
  constructor(
    private readonly consent: ConsentService,
    private readonly clients: ClientsService,
    private readonly scopes: ScopesService,
  ) {}

  async list(userId: string, locale: Locale): Promise<ApprovedApplication[]> {
    const consents = await this.consent.listByUser(userId);
    const clients = await this.clients.findMany(consents.map(({ clientId }) => clientId));
    const known = new Map(clients.map((client) => [client.clientId, client]));
    const titles = await this.titles(
      consents.flatMap(({ scopes }) => scopes.map(({ scope }) => scope)),
      locale,
    );
    return consents.map(({ id, clientId, scopes, givenBy }) => ({
      id,
      client: applicationCard(clientId, known.get(clientId)),
      givenBy,
      scopes: scopes.map(({ scope, approvedAt, expiresAt }) => ({
        title: titles.get(scope) ?? scope,
        since: approvedAt,
        until: expiresAt,
      })),
    }));
  }

  /** The words for scopes and single claims: ours for those we define, the company's for its own. */
  private async titles(names: readonly string[], locale: Locale): Promise<ReadonlyMap<string, string>> {
    const scopes = await this.scopes.find([...new Set(names)]);
    const claims = names.flatMap((name) => {
      const claim = approvedClaim(name);
      return claim === undefined ? [] : [[name, claimTitle(claim, locale)] as const];
    });
    return new Map([
      ...scopes.map(({ name, title }) => [name, scopeText(name, locale)?.title ?? title] as const),
      ...claims,
    ]);
  }
}
