import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { UsedPasskeyChallengeEntity } from './used-passkey-challenge.entity.js';

/** The rows of `used_passkey_challenge`. */
@Injectable()
export class UsedPasskeyChallengesRepository extends EntityRepository<UsedPasskeyChallengeEntity> {
  constructor(database: Database) {
    super(database, UsedPasskeyChallengeEntity);
  }

  /** Adds a row: true for exactly one caller. */
  async add(digest: string, expiresAt: Date): Promise<boolean> {
    try {
      await this.rows.insert({ digest, expiresAt });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
