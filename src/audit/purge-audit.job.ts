import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { AuditEventEntity } from './audit-event.entity.js';

const EVERY_SECONDS = 3600;

/** Deletes what was kept for as long as the operator wants it. */
@Injectable()
export class PurgeAuditJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-audit', { everySeconds: EVERY_SECONDS, entities: [AuditEventEntity] });
  }
}
