import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { UsedJtiEntity } from './used-jti.entity.js';

/** The rows of `used_jti`. */
@Injectable()
export class UsedJtisRepository extends EntityRepository<UsedJtiEntity> {
  constructor(database: Database) {
    super(database, UsedJtiEntity);
  }

  /** Adds a row; false when it is there already. */
  async add(digest: string, expiresAt: Date): Promise<boolean> {
    try {
      await this.prepared.insert({ digest, expiresAt });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
