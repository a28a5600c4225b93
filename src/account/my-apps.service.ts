import { Injectable } from '@nestjs/common';
import { ClientsService, mayUse, UsableClients, type Client } from '#clients/index.js';
import { ConsentService } from '#consent/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { GrantsService } from '#tokens/index.js';
import type { User } from '#users/index.js';
import type { AppTile } from '#views/index.js';
import { appStart, inOrderOfUse } from './app-start.js';
import { applicationCard } from './cards.js';

/** Finds the applications that a user may open, whether or not they have been there. */
@Injectable()
export class MyApps {
  constructor(
    private readonly usable: UsableClients,
    private readonly clients: ClientsService,
    private readonly consent: ConsentService,
    private readonly grants: GrantsService,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Those of the company, and of those that registered themselves the ones that the user let in; last used first. */
  async list(user: User): Promise<AppTile[]> {
    const ofCompany = await this.usable.by(user);
    const known = new Set(ofCompany.map(({ clientId }) => clientId));
    const consents = await this.consent.listByUser(user.id);
    const letIn = await this.clients.findMany(
      consents.map(({ clientId }) => clientId).filter((clientId) => !known.has(clientId)),
    );
    const opened = letIn.filter((client) => client.redirectUris.length > 0 && mayUse(client, user));
    const lastUsed = await this.grants.lastGranted(user.id);
    return inOrderOfUse(
      [...ofCompany, ...opened]
        .filter(({ listed }) => listed !== false)
        .map((client) => this.tile(client, lastUsed.get(client.clientId))),
    );
  }

  private tile(client: Client, lastUsed: Date | undefined): AppTile {
    const card = applicationCard(client.clientId, client);
    return { id: client.clientId, client: card, href: appStart(client, this.issuer.issuer), lastUsed };
  }
}
