import { Module } from '@nestjs/common';
import { AuditEventsRepository } from './audit-events.repository.js';
import { AuditService } from './audit.service.js';
import { PurgeAuditJob } from './purge-audit.job.js';

/** What happened to users and clients, kept. */
@Module({ providers: [AuditEventsRepository, AuditService, PurgeAuditJob], exports: [AuditService] })
export class AuditModule {}
