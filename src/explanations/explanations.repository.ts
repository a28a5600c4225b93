import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { ExplanationEntity, type ExplanationRow } from './explanation.entity.js';

/** The rows of `explanation`. */
@Injectable()
export class ExplanationsRepository extends EntityRepository<ExplanationEntity> {
  constructor(database: Database) {
    super(database, ExplanationEntity);
  }

  /** Adds a row; the first of a support code stays. */
  async add(row: ExplanationRow): Promise<void> {
    try {
      await this.rows.insert(row);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  find(supportCode: string): Promise<ExplanationRow | null> {
    return this.rows.findOneBy({ supportCode });
  }
}
