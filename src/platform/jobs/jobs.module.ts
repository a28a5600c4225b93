import { Global, Module } from '@nestjs/common';
import { JobsService } from './jobs.service.js';
import { PurgeRunsRepository } from './purge-runs.repository.js';
import { Purges } from './purges.service.js';
import { Storage } from './storage.service.js';

/** Work on a clock, and the tables that it keeps from growing. */
@Global()
@Module({ providers: [JobsService, PurgeRunsRepository, Purges, Storage], exports: [JobsService, Purges, Storage] })
export class JobsModule {}
