import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { ExpiredRows } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { IdempotentRequestEntity } from './idempotent-request.entity.js';

const EVERY_SECONDS = 600;

/** Deletes answers that were kept for a day. */
@Injectable()
export class PurgeIdempotentRequestsJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly expired: ExpiredRows,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register('purge-idempotent-requests', EVERY_SECONDS, async (signal) => {
      await this.expired.deleteExpired(IdempotentRequestEntity, this.clock.now(), signal);
    });
  }
}
