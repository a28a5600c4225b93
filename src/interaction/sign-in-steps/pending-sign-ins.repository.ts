import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { PendingSignInEntity, type PendingSignInRow } from './pending-sign-in.entity.js';

/** What a step changes in the row. */
export type PendingSignInStep = Pick<PendingSignInRow, 'amr' | 'done' | 'factors'>;

/** The rows of `pending_sign_in`. */
@Injectable()
export class PendingSignInsRepository extends EntityRepository<PendingSignInEntity> {
  constructor(database: Database) {
    super(database, PendingSignInEntity);
  }

  async add(row: PendingSignInRow): Promise<void> {
    await this.rows.insert(row);
  }

  /** The latest that goes on in the browser for the interaction, or for one of our own pages. */
  findLatest(browserDigest: string, interactionId: string | undefined, now: Date): Promise<PendingSignInRow | null> {
    return this.rows.findOne({
      where: {
        browserDigest,
        interactionId: interactionId ?? IsNull(),
        endedAt: IsNull(),
        expiresAt: MoreThan(now),
      },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  /** Writes a step over the version it was made from; false when another tab was first. */
  async advance(id: string, version: number, step: PendingSignInStep, now: Date): Promise<boolean> {
    const { affected } = await this.rows.update(
      { id, version, endedAt: IsNull(), expiresAt: MoreThan(now) },
      { ...step, version: version + 1 },
    );
    return affected === 1;
  }

  /** Ends it as it was read: true for exactly one caller. */
  async end(id: string, version: number, now: Date): Promise<boolean> {
    const { affected } = await this.rows.update(
      { id, version, endedAt: IsNull(), expiresAt: MoreThan(now) },
      { endedAt: now },
    );
    return affected === 1;
  }

  /** Ends what the browser began before for the same interaction, or for our own pages. */
  async supersede(browserDigest: string, interactionId: string | null, now: Date): Promise<void> {
    await this.rows.update(
      { browserDigest, interactionId: interactionId ?? IsNull(), endedAt: IsNull() },
      { endedAt: now },
    );
  }

  /** Ends all of a user, except one that may stay. */
  async endAll(userId: string, exceptId: string | undefined, now: Date): Promise<void> {
    const others = exceptId === undefined ? {} : { id: Not(exceptId) };
    await this.rows.update({ userId, endedAt: IsNull(), ...others }, { endedAt: now });
  }
}
