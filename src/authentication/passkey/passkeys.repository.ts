import { Injectable } from '@nestjs/common';
import { IsNull, MoreThanOrEqual } from 'typeorm';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { PasskeyEntity, type PasskeyRow } from './passkey.entity.js';

/** What an authenticator says of itself with each signature. */
export type SignedState = Pick<PasskeyRow, 'id' | 'signCount' | 'backedUp'>;

/** The rows of `passkey`. */
@Injectable()
export class PasskeysRepository extends EntityRepository<PasskeyEntity> {
  constructor(database: Database) {
    super(database, PasskeyEntity);
  }

  findByCredential(credentialDigest: string): Promise<PasskeyEntity | null> {
    return this.rows.findOneBy({ credentialDigest });
  }

  find(id: string): Promise<PasskeyEntity | null> {
    return this.rows.findOneBy({ id });
  }

  findOfUser(userId: string): Promise<PasskeyEntity[]> {
    return this.rows.find({ where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  countOfUser(userId: string): Promise<number> {
    return this.prepared.countBy({ userId });
  }

  /**
   * Says how many passkeys the user has, and lets nobody else change that until the transaction ends. It comes first in
   * it: what is read afterwards is what others have committed.
   */
  async hold(userId: string): Promise<number> {
    const { affected = 0 } = await this.rows.update({ userId }, { userId });
    return affected;
  }

  /** Adds a row; false when somebody has registered the credential already. */
  async add(row: PasskeyRow): Promise<boolean> {
    try {
      await this.rows.insert(row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Notes a signature; false when the counter did not grow, or another signature with the same count came first (WebAuthn §7.2). */
  async noteSignature({ id, signCount, backedUp }: SignedState, now: Date): Promise<boolean> {
    const { affected } = await this.rows
      .createQueryBuilder()
      .update()
      .set({ signCount, backedUp, lastUsedAt: now })
      .where('id = :id AND (sign_count < :signCount OR (sign_count = 0 AND :signCount = 0))', { id, signCount })
      .execute();
    return affected === 1;
  }

  async rename(id: string, userId: string, name: string): Promise<boolean> {
    const { affected } = await this.rows.update({ id, userId }, { name });
    return affected === 1;
  }

  /** Doubts those that a user has had only since a moment. */
  async doubt(userId: string, since: Date, now: Date): Promise<void> {
    await this.rows.update({ userId, createdAt: MoreThanOrEqual(since), doubtedAt: IsNull() }, { doubtedAt: now });
  }

  /** Removes a row: true for exactly one caller. */
  async remove(id: string, userId: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id, userId });
    return affected === 1;
  }
}
