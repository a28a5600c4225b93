import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { ClientSessionEntity } from './client-session.entity.js';
import { SessionEntity } from './session.entity.js';

const EVERY_SECONDS = 60;

/** Deletes sessions that have run out, and what is known of clients in them. */
@Injectable()
export class PurgeSessionsJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    const entities = [SessionEntity, ClientSessionEntity];
    this.purges.register('purge-sessions', { everySeconds: EVERY_SECONDS, entities });
  }
}
