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
    return this.prepared.existsBy({ digest, expiresAt: MoreThan(now) });
  }

  /** Makes a browser known, or keeps it so; whether it was. */
  async mark(row: KnownBrowserRow, now: Date): Promise<boolean> {
    const { digest, expiresAt } = row;
    const known = await this.prepared.update({ digest, expiresAt: MoreThan(now) }, { expiresAt });
    if (known.affected === 1) return true;
    try {
      await this.prepared.insert(row);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // It was known too long ago, or another tab was first.
      await this.prepared.update({ digest }, { expiresAt });
    }
    return false;
  }

  async forget(userId: string): Promise<void> {
    await this.rows.delete({ userId });
  }
}
