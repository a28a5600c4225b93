import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { KnownBrowserEntity, type KnownBrowserRow } from './known-browser.entity.js';

/** The rows of `known_browser`. */
@Injectable()
export class KnownBrowsersRepository extends EntityRepository<KnownBrowserEntity> {
  constructor(database: Database) {
    super(database, KnownBrowserEntity);
  }

  isKnown(digest: string, now: Date): Promise<boolean> {
    return this.rows.existsBy({ digest, expiresAt: MoreThan(now) });
  }

  async mark(row: KnownBrowserRow): Promise<void> {
    const { affected } = await this.rows.update({ digest: row.digest }, { expiresAt: row.expiresAt });
    if (affected === 1) return;
    try {
      await this.rows.insert(row);
    } catch (error) {
      // Another tab was first.
      if (!isUniqueViolation(error)) throw error;
    }
  }

  async forget(userId: string): Promise<void> {
    await this.rows.delete({ userId });
  }
}
