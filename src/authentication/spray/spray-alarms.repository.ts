import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { SprayAlarmEntity, type SprayAlarmRow } from './spray-alarm.entity.js';

/** The rows of `spray_alarm`. */
@Injectable()
export class SprayAlarmsRepository extends EntityRepository<SprayAlarmEntity> {
  constructor(database: Database) {
    super(database, SprayAlarmEntity);
  }

  find(groupDigest: string, now: Date): Promise<SprayAlarmRow | null> {
    return this.prepared.findOneBy({ groupDigest, expiresAt: MoreThan(now) });
  }

  /** Raises an alarm: true for exactly one caller, who tells of it. */
  async raise(row: SprayAlarmRow): Promise<boolean> {
    try {
      await this.rows.insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
