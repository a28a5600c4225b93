import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { RememberedBrowserEntity, type RememberedBrowserRow } from './remembered-browser.entity.js';

/** The rows of `remembered_browser`. */
@Injectable()
export class RememberedBrowsersRepository extends EntityRepository<RememberedBrowserEntity> {
  constructor(database: Database) {
    super(database, RememberedBrowserEntity);
  }

  async put(row: RememberedBrowserRow): Promise<void> {
    const { digest, createdAt, expiresAt, userAgent } = row;
    const { affected } = await this.rows.update({ digest }, { createdAt, expiresAt, userAgent });
    if (affected === 1) return;
    try {
      await this.rows.insert(row);
    } catch (error) {
      // Another tab was first.
      if (!isUniqueViolation(error)) throw error;
    }
  }

  findLive(digest: string, now: Date): Promise<RememberedBrowserRow | null> {
    return this.prepared.findOneBy({ digest, expiresAt: MoreThan(now) });
  }

  findOfUser(userId: string, now: Date): Promise<RememberedBrowserRow[]> {
    return this.rows.find({ where: { userId, expiresAt: MoreThan(now) }, order: { createdAt: 'DESC' } });
  }

  async remove(userId: string, id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id, userId });
    return affected === 1;
  }

  async removeAll(userId: string): Promise<void> {
    await this.rows.delete({ userId });
  }
}
