import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { BulkJobEntity, type BulkJobRow } from './bulk-job.entity.js';

/** The rows of `bulk_job`. */
@Injectable()
export class BulkJobsRepository extends EntityRepository<BulkJobEntity> {
  constructor(database: Database) {
    super(database, BulkJobEntity);
  }

  async add(row: BulkJobRow): Promise<void> {
    await this.rows.insert(row);
  }

  find(id: string): Promise<BulkJobRow | null> {
    return this.rows.findOneBy({ id });
  }

  list(state: string | undefined, request: PageRequest): Promise<Page<BulkJobRow>> {
    return this.page(request, {
      order: 'newest-first',
      where: (query) => {
        if (state !== undefined) query.andWhere('row.state = :state', { state });
      },
    });
  }

  /** The work that has waited longest. */
  async next(): Promise<BulkJobRow | undefined> {
    const [row] = await this.rows.find({
      where: { state: 'pending' },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: 1,
    });
    return row;
  }

  /** Notes how far work has got; false when somebody else did a step meanwhile. */
  async advance({ id, done, position }: BulkJobRow, changes: Partial<BulkJobRow>): Promise<boolean> {
    const from = position ?? IsNull();
    const { affected } = await this.rows.update({ id, state: 'pending', done, position: from }, changes);
    return affected === 1;
  }
}
