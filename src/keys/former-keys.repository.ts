import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { FormerKeyEntity, type FormerKeyRow } from './former-key.entity.js';

/** The rows of `former_key`. */
@Injectable()
export class FormerKeysRepository extends EntityRepository<FormerKeyEntity> {
  constructor(database: Database) {
    super(database, FormerKeyEntity);
  }

  find(kid: string): Promise<FormerKeyRow | null> {
    return this.rows.findOneBy({ kid });
  }

  /** Adds a key unless it is there. */
  async add(row: FormerKeyRow): Promise<void> {
    try {
      await this.rows.insert(row);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
}
