import { Injectable } from '@nestjs/common';
import { ClientSecretsService, ClientsService } from '#clients/index.js';
import { titleOf, UpstreamProvidersService } from '#federation/index.js';
import { Clock } from '#platform/crypto/index.js';
import { ExpiringCertificates } from './expiring-certificates.service.js';
import { horizon, type ExpiringSecret } from './expiring-secret.js';

/** Finds what runs out soon, whosever it is. */
@Injectable()
export class ExpiringSecrets {
  constructor(
    private readonly secrets: ClientSecretsService,
    private readonly clients: ClientsService,
    private readonly providers: UpstreamProvidersService,
    private readonly certificates: ExpiringCertificates,
    private readonly clock: Clock,
  ) {}

  /** What runs out within the days before which it is said, of clients and providers that are active. */
  async soon(): Promise<ExpiringSecret[]> {
    const now = this.clock.now();
    return [...(await this.ofClients(now)), ...(await this.ofProviders(now)), ...(await this.certificates.soon())];
  }

  private async ofClients(now: Date): Promise<ExpiringSecret[]> {
    const secrets = await this.secrets.expiringBetween(now, horizon(now));
    const clients = await this.clients.findMany([...new Set(secrets.map(({ clientId }) => clientId))]);
    const known = new Map(clients.map((client) => [client.clientId, client]));
    return secrets.flatMap(({ id, clientId, expiresAt }): ExpiringSecret[] => {
      const client = known.get(clientId);
      if (client?.status !== 'active') return [];
      const { clientName = clientId, contacts, owner: keeperId } = client;
      const keeper = keeperId === undefined ? {} : { keeperId };
      return [{ kind: 'client_secret', id, expiresAt, ownerId: clientId, ownerName: clientName, contacts, ...keeper }];
    });
  }

  private async ofProviders(now: Date): Promise<ExpiringSecret[]> {
    return (await this.providers.active()).flatMap((provider): ExpiringSecret[] => {
      const { id, clientId, clientSecretExpiresAt: end } = provider;
      const expiresAt = new Date(end ?? Number.NaN);
      if (!(expiresAt > now && expiresAt <= horizon(now))) return [];
      const ownerName = titleOf(provider);
      return [{ kind: 'identity_provider_secret', id, expiresAt, ownerId: clientId, ownerName, contacts: [] }];
    });
  }
}
