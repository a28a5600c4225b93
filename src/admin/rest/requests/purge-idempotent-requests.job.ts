import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { IdempotentRequestEntity } from './idempotent-request.entity.js';

const EVERY_SECONDS = 600;

/** Deletes answers that were kept for a day. */
@Injectable()
export class PurgeIdempotentRequestsJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    const entities = [IdempotentRequestEntity];
    this.purges.register('purge-idempotent-requests', { everySeconds: EVERY_SECONDS, entities });
  }
}
