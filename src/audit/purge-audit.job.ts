import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Purges } from '#platform/jobs/index.js';
import { AuditEventEntity } from './audit-event.entity.js';
import { AuditSealer } from './audit-sealer.service.js';
import { lastEndOfDay } from './audit-segment.js';
import { AuditSegmentsRepository } from './audit-segments.repository.js';

const EVERY_SECONDS = 3600;

/** Deletes what was kept for as long as the operator wants it: whole segments, whose checkpoints stay. */
@Injectable()
export class PurgeAuditJob implements OnModuleInit {
  constructor(
    private readonly purges: Purges,
    private readonly sealer: AuditSealer,
    private readonly segments: AuditSegmentsRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.purges.register('purge-audit', {
      everySeconds: EVERY_SECONDS,
      entities: [AuditEventEntity],
      first: (signal) => this.drop(signal),
      until: lastEndOfDay,
    });
  }

  /** Segments go as a whole, as all of their rows run out by the same end of a day. */
  private async drop(signal: AbortSignal): Promise<void> {
    await this.sealer.seal(signal);
    await this.sealer.refresh();
    const now = this.clock.now();
    await this.segments.drop(lastEndOfDay(now), now);
  }
}
