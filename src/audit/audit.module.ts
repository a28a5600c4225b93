import { Module } from '@nestjs/common';
import { KeysModule } from '#keys/index.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditSealer } from './audit-sealer.service.js';
import { AuditSegmentsRepository } from './audit-segments.repository.js';
import { AuditService } from './audit.service.js';
import { AuditVerifier } from './audit-verifier.service.js';
import { PurgeAuditJob } from './purge-audit.job.js';
import { SealAuditJob } from './seal-audit.job.js';

/** What happened to users and clients, kept and sealed. */
@Module({
  imports: [KeysModule],
  providers: [
    AuditEventsRepository,
    AuditSealer,
    AuditSegmentsRepository,
    AuditService,
    AuditVerifier,
    PurgeAuditJob,
    SealAuditJob,
  ],
  exports: [AuditService, AuditVerifier],
})
export class AuditModule {}
