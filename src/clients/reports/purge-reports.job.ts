import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Purges } from '#platform/jobs/index.js';
import { ClientReportEntity } from './client-report.entity.js';

const EVERY_SECONDS = 3600;

/** Deletes reports of clients that nobody settled for as long as they are kept. */
@Injectable()
export class PurgeReportsJob implements OnModuleInit {
  constructor(private readonly purges: Purges) {}

  onModuleInit(): void {
    this.purges.register('purge-client-reports', { everySeconds: EVERY_SECONDS, entities: [ClientReportEntity] });
  }
}
