import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { PendingLinkEntity, type PendingLinkRow } from './pending-link.entity.js';

/** The rows of `pending_link`. */
@Injectable()
export class PendingLinksRepository extends EntityRepository<PendingLinkEntity> {
  constructor(database: Database) {
    super(database, PendingLinkEntity);
  }

  async add(row: PendingLinkRow): Promise<void> {
    await this.rows.insert(row);
  }

  /** The latest that waits in a browser. */
  findLatest(browserDigest: string, now: Date): Promise<PendingLinkRow | null> {
    return this.rows.findOne({
      where: { browserDigest, usedAt: IsNull(), expiresAt: MoreThan(now) },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  /** Uses up one that waits in a browser: true for exactly one caller. */
  async take(id: string, browserDigest: string, now: Date): Promise<boolean> {
    const { affected } = await this.rows.update(
      { id, browserDigest, usedAt: IsNull(), expiresAt: MoreThan(now) },
      { usedAt: now },
    );
    return affected === 1;
  }

  /** Uses up all that waits in a browser. */
  async takeAll(browserDigest: string, now: Date): Promise<void> {
    await this.rows.update({ browserDigest, usedAt: IsNull() }, { usedAt: now });
  }
}
