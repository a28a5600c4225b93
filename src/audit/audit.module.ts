import { Module } from '@nestjs/common';
import { KeysModule } from '#keys/index.js';
import { AuditStreamSettings, IssuerSettings, OutboundSettings } from '#platform/config/index.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditSealer } from './audit-sealer.service.js';
import { AuditSegmentsRepository } from './audit-segments.repository.js';
import { AuditService } from './audit.service.js';
import { AuditVerifier } from './audit-verifier.service.js';
import { PurgeAuditJob } from './purge-audit.job.js';
import { SealAuditJob } from './seal-audit.job.js';
import { AUDIT_DESTINATIONS, auditDestinations } from './stream/audit-destinations.js';
import { AuditStreamMetrics } from './stream/audit-stream-metrics.js';
import { AuditStreamPositionsRepository } from './stream/audit-stream-positions.repository.js';
import { AuditStream } from './stream/audit-stream.service.js';
import { StreamAuditJob } from './stream/stream-audit.job.js';

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
    {
      provide: AUDIT_DESTINATIONS,
      inject: [AuditStreamSettings, OutboundSettings, IssuerSettings],
      useFactory: auditDestinations,
    },
    AuditStream,
    AuditStreamMetrics,
    AuditStreamPositionsRepository,
    StreamAuditJob,
  ],
  exports: [AuditService, AuditVerifier],
})
export class AuditModule {}
