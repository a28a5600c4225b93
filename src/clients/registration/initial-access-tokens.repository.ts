import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { InitialAccessTokenEntity, type InitialAccessTokenRow } from './initial-access-token.entity.js';

/** The rows of `initial_access_token`. */
@Injectable()
export class InitialAccessTokensRepository extends EntityRepository<InitialAccessTokenEntity> {
  constructor(database: Database) {
    super(database, InitialAccessTokenEntity);
  }

  async find(id: string): Promise<InitialAccessTokenRow | undefined> {
    return (await this.rows.findOneBy({ id })) ?? undefined;
  }

  async findByDigest(digest: string): Promise<InitialAccessTokenRow | undefined> {
    return (await this.rows.findOneBy({ digest })) ?? undefined;
  }

  list(request: PageRequest): Promise<Page<InitialAccessTokenRow>> {
    return this.page(request);
  }

  async add(row: InitialAccessTokenRow): Promise<void> {
    await this.rows.insert(row);
  }

  /** Counts one use, if there is one left at this moment. */
  async use(id: string, now: Date): Promise<boolean> {
    const { affected } = await this.rows
      .createQueryBuilder()
      .update()
      .set({ uses: () => 'uses + 1' })
      .where('id = :id AND (max_uses IS NULL OR uses < max_uses) AND (expires_at IS NULL OR expires_at > :now)', {
        id,
        now: now.getTime(),
      })
      .execute();
    return affected === 1;
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1;
  }
}
