import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { ExpiredRows } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { InteractionEntity } from './interaction.entity.js';

/** Deletes interactions that nobody will ask about any more, in bounded batches. */
@Injectable()
export class PurgeInteractionsJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly expired: ExpiredRows,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register('purge-interactions', 60, (signal) =>
      this.expired.deleteExpired(InteractionEntity, this.clock.now(), signal),
    );
  }
}
