import { Global, Module } from '@nestjs/common';
import { Gatherings } from './gatherings.service.js';
import { JobsService } from './jobs.service.js';
import { PurgeRunsRepository } from './purge-runs.repository.js';
import { Purges } from './purges.service.js';
import { Storage } from './storage.service.js';

/** Work on a clock, the tables that it keeps from growing, and what waits in memory to be written. */
@Global()
@Module({
  providers: [JobsService, PurgeRunsRepository, Purges, Storage, Gatherings],
  exports: [JobsService, Purges, Storage, Gatherings],
})
export class JobsModule {}
