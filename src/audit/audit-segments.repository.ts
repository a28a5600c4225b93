import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { AuditSegmentEntity, type AuditSegmentRow } from './audit-segment.entity.js';

/** The rows of `audit_segment`. */
@Injectable()
export class AuditSegmentsRepository extends EntityRepository<AuditSegmentEntity> {
  constructor(database: Database) {
    super(database, AuditSegmentEntity);
  }

  /** The newest segment. */
  async newest(): Promise<AuditSegmentRow | undefined> {
    const [row] = await this.rows.find({ order: { id: 'DESC' }, take: 1 });
    return row;
  }

  async add(row: AuditSegmentRow): Promise<void> {
    await this.rows.insert(row);
  }

  /** Extends a segment from where it was known to end; false when somebody else did. */
  async extend(before: AuditSegmentRow, after: AuditSegmentRow): Promise<boolean> {
    const { id, lastSequence, lastHash } = before;
    const { affected } = await this.rows.update({ id, lastSequence, lastHash, droppedAt: IsNull() }, after);
    return affected === 1;
  }

  /** Lets the rows of all segments go that are due by then. */
  async drop(due: Date, now: Date): Promise<void> {
    await this.rows.update({ dueAt: LessThanOrEqual(due), droppedAt: IsNull() }, { droppedAt: now });
  }

  /** Some segments in their order. */
  after(id: string, most: number): Promise<AuditSegmentRow[]> {
    return this.rows.find({ where: { id: MoreThan(id) }, order: { id: 'ASC' }, take: most });
  }
}
