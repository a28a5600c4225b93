import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { ExpiredRows } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { KnownBrowserEntity } from './known-browser/known-browser.entity.js';
import { SetUpLinkEntity } from './set-up/set-up-link.entity.js';
import { SignInThrottleEntity } from './throttling/throttle.entity.js';

const TABLES = [SignInThrottleEntity, KnownBrowserEntity, SetUpLinkEntity] as const;

/** Deletes counters, marks and links that have run out, in bounded batches. */
@Injectable()
export class PurgeAuthenticationJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly expired: ExpiredRows,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register('purge-authentication', 60, async (signal) => {
      for (const table of TABLES) await this.expired.deleteExpired(table, this.clock.now(), signal);
    });
  }
}
