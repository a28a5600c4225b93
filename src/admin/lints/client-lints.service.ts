import { Injectable } from '@nestjs/common';
import {
  ClientSecretsService,
  lintClient,
  UNUSED_DAYS,
  type Client,
  type ClientSecret,
  type LintFinding,
} from '#clients/index.js';
import { ConsentService, type ApprovedScope } from '#consent/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Outbox } from '#platform/events/index.js';
import { DeadAddresses } from './dead-addresses.service.js';

const MOST_SECRETS = 200;
const LAST_DELIVERIES = 10;
const CONSENTS_OF_A_PAGE = 200;
const MOST_PAGES = 25;
const DAY_MS = 86_400_000;

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
      usedScopes: await this.usedScopes(client),
      ...(logoutFailure === undefined ? {} : { logoutFailure }),
      ...(reach ? { deadAddresses: await this.addresses.of(client) } : {}),
    });
  }

  private async secretsOf({ clientId }: Client): Promise<readonly ClientSecret[]> {
    return (await this.secrets.list(clientId, { limit: MOST_SECRETS })).items;
  }

  /** Of a client with more approvals than are looked at, every scope counts as used: none is called unused by mistake. */
  private async usedScopes({ clientId, scope: names }: Client): Promise<readonly string[]> {
    const since = new Date(this.clock.now().getTime() - UNUSED_DAYS * DAY_MS);
    const used = new Set<string>();
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { items, nextCursor } = await this.consents.list({ clientId }, { limit: CONSENTS_OF_A_PAGE, cursor });
      for (const { scopes } of items) for (const scope of scopes) if (lastUse(scope) >= since) used.add(scope.scope);
      if (nextCursor === null || names.every((name) => used.has(name))) return [...used];
      cursor = nextCursor;
    }
    return names;
  }

  /** Why the newest sign-out did not arrive that it is known of what became of it. */
  private async logoutFailure({ clientId }: Client): Promise<string | undefined> {
    const { items } = await this.outbox.list('back-channel-logout', clientId, { limit: LAST_DELIVERIES });
    const tried = items.find(({ attempts }) => attempts > 0);
    return tried === undefined || tried.status === 'delivered' ? undefined : tried.lastError;
  }
}

/** When an approval was last given, or used. */
function lastUse({ approvedAt, decidedAt = approvedAt, lastUsedAt = decidedAt }: ApprovedScope): Date {
  return lastUsedAt > decidedAt ? lastUsedAt : decidedAt;
}
