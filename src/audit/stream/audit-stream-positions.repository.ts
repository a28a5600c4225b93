import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { AuditStreamPositionEntity, type AuditStreamPosition } from './audit-stream-position.entity.js';

/** The rows of `audit_stream`. */
@Injectable()
export class AuditStreamPositionsRepository extends EntityRepository<AuditStreamPositionEntity> {
  constructor(database: Database) {
    super(database, AuditStreamPositionEntity);
  }

  find(destination: string): Promise<AuditStreamPosition | null> {
    return this.rows.findOneBy({ destination });
  }

  /** Begins before the oldest row that is kept, unless somebody has begun. */
  async begin(destination: string, now: Date): Promise<void> {
    try {
      await this.rows.insert({ destination, position: 0, failures: 0, nextAttemptAt: now });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** Notes what was delivered; false when somebody else has noted more meanwhile. */
  async advance(destination: string, from: number, position: number): Promise<boolean> {
    const { affected } = await this.rows.update({ destination, position: from }, { position, failures: 0 });
    return affected === 1;
  }

  /** Notes an attempt that failed, and when the next one is. */
  async failed({ destination, failures, position }: AuditStreamPosition, nextAttemptAt: Date): Promise<void> {
    await this.rows.update({ destination, failures, position }, { failures: failures + 1, nextAttemptAt });
  }
}
