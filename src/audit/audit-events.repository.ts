import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { AuditEventEntity, type AuditEventRow } from './audit-event.entity.js';

/** Which events a list is about. */
export interface AuditFilter {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly name?: string | undefined;
  /** Not before. */
  readonly since?: Date | undefined;
  /** Before. */
  readonly until?: Date | undefined;
}

/** The rows of `audit_event`: added and read, never changed. */
@Injectable()
export class AuditEventsRepository extends EntityRepository<AuditEventEntity> {
  constructor(database: Database) {
    super(database, AuditEventEntity);
  }

  async add(row: AuditEventRow): Promise<void> {
    await this.prepared.insert(row);
  }

  async find(id: string): Promise<AuditEventRow | null> {
    return this.rows.findOneBy({ id });
  }

  list({ userId, clientId, name, since, until }: AuditFilter, request: PageRequest): Promise<Page<AuditEventRow>> {
    return this.page(request, {
      order: 'newest-first',
      where: (query) => {
        if (userId !== undefined) query.andWhere('row.userId = :userId', { userId });
        if (clientId !== undefined) query.andWhere('row.clientId = :clientId', { clientId });
        if (name !== undefined) query.andWhere('row.name = :name', { name });
        if (since !== undefined) query.andWhere('row.createdAt >= :since', { since: since.getTime() });
        if (until !== undefined) query.andWhere('row.createdAt < :until', { until: until.getTime() });
      },
    });
  }
}
