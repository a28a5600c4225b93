import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { BootstrapSettings } from '#platform/config/index.js';
import { Leases } from '#platform/database/index.js';
import { AutomationClient } from './automation-client.service.js';
import { FirstAdministrator } from './first-administrator.service.js';
import { SeedService } from './seed.service.js';

const LEASE = 'bootstrap';
const LEASE_OPTIONS = { seconds: 60, waitSeconds: 120 };

/** Makes at start what the settings name: the seed, the client for automation, the first administrator. */
@Injectable()
export class BootstrapService implements OnApplicationBootstrap {
  readonly #logger = new Logger('bootstrap');

  constructor(
    private readonly settings: BootstrapSettings,
    private readonly seed: SeedService,
    private readonly client: AutomationClient,
    private readonly administrator: FirstAdministrator,
    private readonly leases: Leases,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { seedFile, adminClientId, adminClientSecret, adminEmail, adminPassword } = this.settings;
    if (seedFile !== undefined) this.#logger.log({ msg: 'seed applied', ...(await this.seed.apply(seedFile)) });
    if (adminClientId !== undefined && adminClientSecret !== undefined) {
      await this.leases.holding(LEASE, LEASE_OPTIONS, () => this.client.make(adminClientId, adminClientSecret));
    }
    if (adminEmail !== undefined && adminPassword !== undefined) {
      await this.leases.holding(LEASE, LEASE_OPTIONS, () => this.administrator.make(adminEmail, adminPassword));
    }
  }
}
