import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Cache, Changes } from '#platform/cache/index.js';
import { Database, EntityRepository } from '#platform/database/index.js';
import { RevokedTimeEntity, type RevokedTimeRow } from './revoked-time.entity.js';

/** The rows of `revoked_time`, those that still matter also in memory. */
@Injectable()
export class RevokedTimesRepository extends EntityRepository<RevokedTimeEntity> {
  readonly #known: Cache<readonly RevokedTimeRow[]>;

  constructor(
    database: Database,
    private readonly changes: Changes,
  ) {
    super(database, RevokedTimeEntity);
    this.#known = new Cache(changes, 'revoked-times', 1);
  }

  /** The times as they were at most a moment ago; there are rarely any. */
  async known(now: Date): Promise<readonly RevokedTimeRow[]> {
    return (await this.#known.get('all', () => this.rows.findBy({ expiresAt: MoreThan(now) }))) ?? [];
  }

  async add(row: RevokedTimeRow): Promise<void> {
    await this.rows.insert(row);
    await this.changes.note('revoked-times');
  }
}
