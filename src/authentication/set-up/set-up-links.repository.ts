import { Injectable } from '@nestjs/common';
import { MoreThan, Not } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { SetUpLinkEntity, type SetUpLinkRow } from './set-up-link.entity.js';

/** The rows of `set_up_link`. */
@Injectable()
export class SetUpLinksRepository extends EntityRepository<SetUpLinkEntity> {
  constructor(database: Database) {
    super(database, SetUpLinkEntity);
  }

  /** Puts a link in the place of all others; the new one comes first, so that at no time there is none. */
  async replaceAll(row: SetUpLinkRow): Promise<void> {
    await this.rows.insert(row);
    await this.rows.delete({ id: Not(row.id) });
  }

  isLive(digest: string, now: Date): Promise<boolean> {
    return this.rows.existsBy({ digest, expiresAt: MoreThan(now) });
  }

  /** Takes the link: true for exactly one caller. */
  async consume(digest: string, now: Date): Promise<boolean> {
    const { affected } = await this.rows.delete({ digest, expiresAt: MoreThan(now) });
    return affected === 1;
  }

  async removeAll(): Promise<void> {
    await this.rows.createQueryBuilder().delete().execute();
  }
}
