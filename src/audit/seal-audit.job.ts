import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobsService } from '#platform/jobs/index.js';
import { AuditSealer } from './audit-sealer.service.js';

/** With the time that the work itself takes, nothing stays unsealed for longer than five seconds. */
const EVERY_SECONDS = 4;

/** Seals what was added to the record, in one process at a time. */
@Injectable()
export class SealAuditJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobsService,
    private readonly sealer: AuditSealer,
  ) {}

  onModuleInit(): void {
    this.jobs.register('seal-audit', EVERY_SECONDS, (signal) => this.sealer.seal(signal));
  }
}
