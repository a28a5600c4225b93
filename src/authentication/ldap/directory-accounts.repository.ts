import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { DirectoryAccountEntity, type DirectoryAccountRow } from './directory-account.entity.js';

/** The rows of `directory_account`. */
@Injectable()
export class DirectoryAccountsRepository extends EntityRepository<DirectoryAccountEntity> {
  constructor(database: Database) {
    super(database, DirectoryAccountEntity);
  }

  async of(userId: string): Promise<DirectoryAccountRow | undefined> {
    return (await this.rows.findOneBy({ userId })) ?? undefined;
  }

  async find(directoryId: string, stableId: string): Promise<DirectoryAccountRow | undefined> {
    return (await this.rows.findOneBy({ directoryId, stableId })) ?? undefined;
  }

  /** Whether one of these users comes from a directory. */
  isAny(directoryId: string, userIds: readonly string[]): Promise<boolean> {
    return this.rows.existsBy({ directoryId, userId: In([...userIds]) });
  }

  /** Those whom a directory has let in so far, in the order of what stays there, behind one of them. */
  activeOf(directoryId: string, after: string, limit: number): Promise<DirectoryAccountRow[]> {
    const where = { directoryId, disabledThere: false, stableId: MoreThan(after) };
    return this.rows.find({ where, order: { stableId: 'ASC' }, take: limit });
  }

  /** Fails where somebody else has the place already. */
  async add(row: DirectoryAccountRow): Promise<void> {
    await this.rows.insert(row);
  }

  async setDisabledThere(userId: string, disabledThere: boolean): Promise<void> {
    await this.rows.update({ userId }, { disabledThere });
  }
}
