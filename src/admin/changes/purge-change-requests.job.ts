import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { ChangeRequestEntity } from './change-request.entity.js';

const EVERY_SECONDS = 3600;

/** Deletes change requests when it has been known for long enough what became of them. */
@Injectable()
export class PurgeChangeRequestsJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-change-requests', { everySeconds: EVERY_SECONDS, entities: [ChangeRequestEntity] });
  }
}
