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

  /** Makes a browser known, or keeps it so; whether it was. */
  async mark(row: KnownBrowserRow, now: Date): Promise<boolean> {
    const { expiresAt } = row;
    const known = await this.rows.update({ digest: row.digest, expiresAt: MoreThan(now) }, { expiresAt });
    if (known.affected === 1) return true;
    const forgotten = await this.rows.update({ digest: row.digest }, { expiresAt });
    if (forgotten.affected === 1) return false;
    try {
      await this.rows.insert(row);
    } catch (error) {
      // Another tab was first.
      if (!isUniqueViolation(error)) throw error;
    }
    return false;
  }

  async forget(userId: string): Promise<void> {
    await this.rows.delete({ userId });
  }
}
