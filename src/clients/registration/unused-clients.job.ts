import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Transactions } from '#platform/database/index.js';
import { Purges } from '#platform/jobs/index.js';
import { ClientsService } from '../clients.service.js';
import { ClientRegistrationsRepository } from './client-registrations.repository.js';
import { InitialAccessTokenEntity } from './initial-access-token.entity.js';

const HOUR_SECONDS = 60 * 60;

/** Deletes clients that registered themselves and that nobody ever used, and rights to register that ran out. */
@Injectable()
export class UnusedClientsJob implements OnModuleInit {
  constructor(
    private readonly purges: Purges,
    private readonly registrations: ClientRegistrationsRepository,
    private readonly clients: ClientsService,
    private readonly transactions: Transactions,
  ) {}

  onModuleInit(): void {
    this.purges.register('purge-clients', {
      everySeconds: HOUR_SECONDS,
      entities: [InitialAccessTokenEntity],
      andThen: (signal) => this.deleteUnused(signal),
    });
  }

  private async deleteUnused(signal: AbortSignal): Promise<void> {
    for (
      let unused = await this.registrations.unused();
      unused.length > 0;
      unused = await this.registrations.unused()
    ) {
      for (const clientId of unused) {
        if (signal.aborted) return;
        await this.transactions.run(async () => {
          if (await this.registrations.removeUnused(clientId)) await this.clients.delete(clientId);
        });
      }
    }
  }
}
