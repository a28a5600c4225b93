import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
import { PasswordEntity, type PasswordRow } from './password.entity.js';

/** The rows of `password`. */
@Injectable()
export class PasswordsRepository extends EntityRepository<PasswordEntity> {
  constructor(database: Database) {
    super(database, PasswordEntity);
  }

  find(userId: string): Promise<PasswordEntity | null> {
    return this.prepared.findOneBy({ userId });
  }

  /** Puts the hash in the place of the one before, if any. */
  async set(row: PasswordRow): Promise<void> {
    if (await this.overwrite(row)) return;
    try {
      await this.rows.insert(row);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await this.overwrite(row);
    }
  }

  /** Puts a better hash of the same password in place, unless the password has changed meanwhile. */
  async upgrade(userId: string, from: string, to: string): Promise<void> {
    await this.rows.update({ userId, hash: from }, { hash: to });
  }

  async remove(userId: string): Promise<void> {
    await this.rows.delete({ userId });
  }

  private async overwrite({ userId, ...columns }: PasswordRow): Promise<boolean> {
    const { affected } = await this.rows.update({ userId }, columns);
    return affected === 1;
  }
}
