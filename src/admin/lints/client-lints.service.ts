import { Injectable } from '@nestjs/common';
import { ClientSecretsService, lintClient, type Client, type ClientSecret, type LintFinding } from '#clients/index.js';
import { ConsentService } from '#consent/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Outbox } from '#platform/events/index.js';
import { DeadAddresses } from './dead-addresses.service.js';

const MOST_SECRETS = 200;
const LAST_DELIVERIES = 10;

/** Gathers what the rules look at about a client, from wherever it is recorded. */
@Injectable()
export class ClientLints {
  constructor(
    private readonly secrets: ClientSecretsService,
    private readonly consents: ConsentService,
    private readonly outbox: Outbox,
    private readonly addresses: DeadAddresses,
    private readonly issuer: IssuerSettings,
    private readonly clock: Clock,
  ) {}

  /** What should be otherwise about a client; with `reach` its addresses are asked whether anybody answers. */
  async of(client: Client, { reach }: { reach: boolean }): Promise<LintFinding[]> {
    const logoutFailure = await this.logoutFailure(client);
    return lintClient({
      client,
      now: this.clock.now(),
      development: this.issuer.kind === 'development',
      secrets: await this.secretsOf(client),
      approvedScopes: await this.approvedScopes(client),
      ...(logoutFailure === undefined ? {} : { logoutFailure }),
      ...(reach ? { deadAddresses: await this.addresses.of(client) } : {}),
    });
  }

  private async secretsOf({ clientId }: Client): Promise<readonly ClientSecret[]> {
    return (await this.secrets.list(clientId, { limit: MOST_SECRETS })).items;
  }

  private async approvedScopes({ clientId, scope: names }: Client): Promise<string[]> {
    const approved: string[] = [];
    for (const scope of names) {
      const { items } = await this.consents.list({ clientId, scope }, { limit: 1 });
      if (items.length > 0) approved.push(scope);
    }
    return approved;
  }

  /** Why the newest sign-out did not arrive that it is known of what became of it. */
  private async logoutFailure({ clientId }: Client): Promise<string | undefined> {
    const { items } = await this.outbox.list('back-channel-logout', clientId, { limit: LAST_DELIVERIES });
    const tried = items.find(({ attempts }) => attempts > 0);
    return tried === undefined || tried.status === 'delivered' ? undefined : tried.lastError;
  }
}
