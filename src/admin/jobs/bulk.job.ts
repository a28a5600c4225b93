import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsService, Purges } from '#platform/jobs/index.js';
import { BulkJobEntity } from './bulk-job.entity.js';
import { BulkJobs } from './bulk-jobs.service.js';

const EVERY_SECONDS = 2;
const PURGE_SECONDS = 3600;

/** Goes on with work on many records, in one process at a time, and forgets it a month after it was asked for. */
@Injectable()
export class BulkJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly purges: Purges,
    private readonly bulks: BulkJobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register('bulk-jobs', EVERY_SECONDS, (signal) => this.bulks.run(signal));
    this.purges.register('purge-bulk-jobs', { everySeconds: PURGE_SECONDS, entities: [BulkJobEntity] });
  }
}
