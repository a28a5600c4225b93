import { Injectable } from '@nestjs/common';
import { RetentionSettings } from '#platform/config/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import type { Page, PageRequest } from '#platform/database/index.js';
import { EVENT_REACH, OnEveryEvent, type PublishedEvent } from '#platform/events/index.js';
import { currentRequest } from '#platform/http/index.js';
import { auditEventFrom, recorded, type AuditEvent } from './audit-event.js';
import { expiryOf } from './audit-segment.js';
import { AuditEventsRepository, type AuditFilter } from './audit-events.repository.js';

/** The record of what happened to users and clients: written with what happened, read by the user and by administrators. */
@Injectable()
export class AuditService {
  constructor(
    private readonly rows: AuditEventsRepository,
    private readonly retention: RetentionSettings,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Keeps what happened, in the transaction that made it happen. */
  @OnEveryEvent()
  async happened(event: PublishedEvent): Promise<void> {
    if (!EVENT_REACH[event.name].kept) return;
    const createdAt = this.clock.now();
    await this.rows.add({
      ...recorded(event, currentRequest()),
      id: this.random.id(),
      createdAt,
      expiresAt: expiryOf(createdAt, this.retention.auditDays),
      sequence: null,
      contentHash: null,
      chainHash: null,
    });
  }

  /** One page of what happened to a user, the newest first: what came of the acts of administrators, not the acts. */
  ofUser(userId: string, request: PageRequest): Promise<Page<AuditEvent>> {
    return this.list({ userId, except: 'admin.acted' }, request);
  }

  /** One page of what fits the filter, the newest first. */
  async list(filter: AuditFilter, request: PageRequest): Promise<Page<AuditEvent>> {
    const page = await this.rows.list(filter, request);
    return { ...page, items: page.items.map(auditEventFrom) };
  }

  async find(id: string): Promise<AuditEvent | undefined> {
    const row = await this.rows.find(id);
    return row === null ? undefined : auditEventFrom(row);
  }
}
