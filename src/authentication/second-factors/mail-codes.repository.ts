import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, LessThanOrEqual, MoreThan } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { MailCodeEntity, type MailCodeRow } from './mail-code.entity.js';

/** The rows of `mail_code`. */
@Injectable()
export class MailCodesRepository extends EntityRepository<MailCodeEntity> {
  constructor(database: Database) {
    super(database, MailCodeEntity);
  }

  /** Puts a code in the place of one that was sent long enough ago; false when another one is too young. */
  async put(row: MailCodeRow, sentBefore: Date): Promise<boolean> {
    const { signInId, ...columns } = row;
    const { affected } = await this.rows.update({ signInId, sentAt: LessThanOrEqual(sentBefore) }, columns);
    if (affected === 1) return true;
    try {
      await this.rows.insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Counts a try; false when there is no code that may be tried. */
  async countTry(signInId: string, most: number, now: Date): Promise<boolean> {
    const { affected } = await this.rows
      .createQueryBuilder()
      .update()
      .set({ tries: () => 'tries + 1' })
      .where({ signInId, tries: LessThan(most), usedAt: IsNull(), expiresAt: MoreThan(now) })
      .execute();
    return affected === 1;
  }

  /** Uses the code: true for exactly one caller. */
  async use(signInId: string, digest: string, now: Date): Promise<boolean> {
    const { affected } = await this.rows.update(
      { signInId, digest, usedAt: IsNull(), expiresAt: MoreThan(now) },
      { usedAt: now },
    );
    return affected === 1;
  }

  /** Whether a code was sent that can still be used. */
  isLive(signInId: string, most: number, now: Date): Promise<boolean> {
    return this.rows.existsBy({ signInId, tries: LessThan(most), usedAt: IsNull(), expiresAt: MoreThan(now) });
  }
}
