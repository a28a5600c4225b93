import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { JobsService, Purges } from '#platform/jobs/index.js';
import { dueWarning } from './expiring-secret.js';
import { ExpiringSecrets } from './expiring-secrets.service.js';
import { ExpiryWarningEntity } from './expiry-warning.entity.js';
import { ExpiryWarnings } from './expiry-warnings.service.js';

/** Often enough that the last warning comes a day before the end, by whichever process has the lease. */
const EVERY_SECONDS = 6 * 60 * 60;
const DAY_SECONDS = 24 * 60 * 60;

/** Warns of secrets that run out, 30, 7 and 1 days before: whom the client names, administrators, and the log; each once. */
@Injectable()
export class ExpiryWarningsJob implements OnModuleInit {
  private readonly logger = new Logger('expiry');

  constructor(
    private readonly jobs: JobsService,
    private readonly purges: Purges,
    private readonly secrets: ExpiringSecrets,
    private readonly warnings: ExpiryWarnings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register('expiry-warnings', EVERY_SECONDS, (signal) => this.run(signal));
    this.purges.register('purge-expiry-warnings', { everySeconds: DAY_SECONDS, entities: [ExpiryWarningEntity] });
  }

  /** One turn of the job. */
  async run(signal?: AbortSignal): Promise<void> {
    for (const secret of await this.secrets.soon()) {
      if (signal?.aborted === true) return;
      const days = dueWarning(secret.expiresAt, this.clock.now());
      if (days === undefined || !(await this.warnings.give(secret, days))) continue;
      const { kind, ownerId: client, ownerName: name, expiresAt } = secret;
      this.logger.warn({ msg: 'a secret runs out', kind, client, name, expires_at: expiresAt.toISOString(), days });
    }
  }
}
