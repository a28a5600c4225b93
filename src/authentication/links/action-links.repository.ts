import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { ActionLinkEntity, type ActionLinkRow } from './action-link.entity.js';

/** The rows of `action_link`. */
@Injectable()
export class ActionLinksRepository extends EntityRepository<ActionLinkEntity> {
  constructor(database: Database) {
    super(database, ActionLinkEntity);
  }

  async add(row: ActionLinkRow): Promise<void> {
    await this.prepared.insert(row);
  }

  find(purpose: string, digest: string): Promise<ActionLinkRow | null> {
    return this.rows.findOneBy({ purpose, digest });
  }

  /** Uses the link: true for exactly one caller. */
  async consume(purpose: string, digest: string, now: Date): Promise<boolean> {
    const { affected } = await this.rows.update(
      { purpose, digest, usedAt: IsNull(), expiresAt: MoreThan(now) },
      { usedAt: now },
    );
    return affected === 1;
  }

  /** Ends the unused links of a user for one thing that were made after a moment. */
  async endLater(
    { purpose, userId, createdAt }: Pick<ActionLinkEntity, 'purpose' | 'createdAt'> & { userId: string },
    now: Date,
  ): Promise<void> {
    await this.rows.update({ userId, purpose, createdAt: MoreThan(createdAt), usedAt: IsNull() }, { usedAt: now });
  }

  /** Ends the unused links of a user, except those of one purpose. */
  async endAll(userId: string, except: string, now: Date): Promise<void> {
    await this.rows.update({ userId, purpose: Not(except), usedAt: IsNull() }, { usedAt: now });
  }
}
