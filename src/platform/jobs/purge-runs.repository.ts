import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { PurgeRunEntity } from './purge-run.entity.js';

/** How a purge of a table went. */
export type PurgeRun = Pick<PurgeRunEntity, keyof PurgeRunEntity>;

/** The rows of `purge_run`. */
@Injectable()
export class PurgeRunsRepository extends EntityRepository<PurgeRunEntity> {
  constructor(database: Database) {
    super(database, PurgeRunEntity);
  }

  all(): Promise<PurgeRun[]> {
    return this.rows.find();
  }

  /** Notes a purge in the place of the one before. */
  async note(run: PurgeRun): Promise<void> {
    const { affected } = await this.rows.update({ tableName: run.tableName }, run);
    if (affected !== 0) return;
    try {
      await this.rows.insert(run);
    } catch (error) {
      // Another process noted one of its own at this moment: either will do.
      if (!isUniqueViolation(error)) throw error;
    }
  }
}
