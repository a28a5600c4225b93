import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { RecoveryCodeEntity, type RecoveryCodeRow } from './recovery-code.entity.js';

/** The rows of `recovery_code`. */
@Injectable()
export class RecoveryCodesRepository extends EntityRepository<RecoveryCodeEntity> {
  constructor(database: Database) {
    super(database, RecoveryCodeEntity);
  }

  async addAll(rows: readonly RecoveryCodeRow[]): Promise<void> {
    await this.rows.insert([...rows]);
  }

  async removeAll(userId: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ userId });
    return (affected ?? 0) > 0;
  }

  countUnused(userId: string): Promise<number> {
    return this.rows.countBy({ userId, usedAt: IsNull() });
  }

  /** When the present set was made; undefined when there is none. */
  async madeAt(userId: string): Promise<Date | undefined> {
    return (await this.rows.findOne({ where: { userId }, order: { createdAt: 'DESC' } }))?.createdAt;
  }

  /** Uses a code of the user: true for exactly one caller. */
  async use(userId: string, digest: string, now: Date): Promise<boolean> {
    const { affected } = await this.rows.update({ digest, userId, usedAt: IsNull() }, { usedAt: now });
    return affected === 1;
  }
}
