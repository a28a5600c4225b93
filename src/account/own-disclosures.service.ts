import { Injectable } from '@nestjs/common';
import { ClientsService } from '#clients/index.js';
import { ClaimDisclosures, type ClaimDisclosure } from '#consent/index.js';
import { claimTitle, type Locale, type OtherReceived, type ReceivedClaim } from '#views/index.js';

/** How many entries of the ledger are shown or taken away: three for each application at most. */
const MOST = 1500;

/** What applications were told about a user, for that user. */
@Injectable()
export class OwnDisclosures {
  constructor(
    private readonly disclosures: ClaimDisclosures,
    private readonly clients: ClientsService,
  ) {}

  /** By client, whichever the way; those to other clients with the name of these. */
  async received(
    userId: string,
    clientIds: readonly string[],
    locale: Locale,
  ): Promise<{ readonly of: (clientId: string) => ReceivedClaim[]; readonly others: OtherReceived[] }> {
    const all = await this.disclosures.ofUser(userId, MOST);
    const others = [...new Set(all.map(({ clientId }) => clientId))].filter((id) => !clientIds.includes(id));
    const names = await this.names(others);
    const of = (clientId: string): ReceivedClaim[] =>
      receivedClaims(
        all.filter((disclosure) => disclosure.clientId === clientId),
        locale,
      );
    return { of, others: others.map((id) => ({ clientName: names.get(id) ?? id, claims: of(id) })) };
  }

  /** As data to take away. */
  async asData(userId: string): Promise<object[]> {
    const all = await this.disclosures.ofUser(userId, MOST);
    const names = await this.names([...new Set(all.map(({ clientId }) => clientId))]);
    return all.map(({ clientId, place, claims }) => ({
      client_id: clientId,
      name: names.get(clientId),
      place,
      claims: claims.map(({ claim, firstAt, lastAt, times }) => {
        return { claim, first_at: firstAt, last_at: lastAt, times };
      }),
    }));
  }

  private async names(clientIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = clientIds.length === 0 ? [] : await this.clients.findMany(clientIds);
    return new Map(known.map(({ clientId, clientName }) => [clientId, clientName ?? clientId]));
  }
}

/** Each claim once, from its first time to its last. */
function receivedClaims(disclosures: readonly ClaimDisclosure[], locale: Locale): ReceivedClaim[] {
  const claims = new Map<string, ReceivedClaim>();
  for (const { claim, firstAt, lastAt } of disclosures.flatMap((disclosure) => disclosure.claims)) {
    const { first = firstAt, last = lastAt } = claims.get(claim) ?? {};
    const title = claimTitle(claim, locale);
    claims.set(claim, { title, first: firstAt < first ? firstAt : first, last: lastAt > last ? lastAt : last });
  }
  return [...claims.values()];
}
