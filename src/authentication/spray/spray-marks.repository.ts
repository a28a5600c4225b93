import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { SprayMarkEntity, type SprayMarkRow } from './spray-mark.entity.js';

/** The rows of `spray_mark`. */
@Injectable()
export class SprayMarksRepository extends EntityRepository<SprayMarkEntity> {
  constructor(database: Database) {
    super(database, SprayMarkEntity);
  }

  /** Adds a row; false when it is there already. */
  async add(row: SprayMarkRow): Promise<boolean> {
    try {
      await this.rows.insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  countOf(groupDigest: string): Promise<number> {
    return this.rows.countBy({ groupDigest });
  }
}
