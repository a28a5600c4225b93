import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { ExpiredRows } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { ClientSessionEntity } from './client-session.entity.js';
import { SessionEntity } from './session.entity.js';

const EVERY_SECONDS = 60;

/** Deletes sessions that have run out, and what is known of clients in them. */
@Injectable()
export class PurgeSessionsJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly expired: ExpiredRows,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register('purge-sessions', EVERY_SECONDS, async (signal) => {
      await this.expired.deleteExpired(SessionEntity, this.clock.now(), signal);
      await this.expired.deleteExpired(ClientSessionEntity, this.clock.now(), signal);
    });
  }
}
