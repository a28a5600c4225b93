import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { IdempotentRequestEntity, type IdempotentRequestRow } from './idempotent-request.entity.js';

/** The rows of `idempotent_request`. */
@Injectable()
export class IdempotentRequestsRepository extends EntityRepository<IdempotentRequestEntity> {
  constructor(database: Database) {
    super(database, IdempotentRequestEntity);
  }

  async find(id: string, now: Date): Promise<IdempotentRequestRow | undefined> {
    return (await this.rows.findOneBy({ id, expiresAt: MoreThan(now) })) ?? undefined;
  }

  /** Takes the row before the work; whoever comes second waits for this transaction and meets a unique violation. */
  async begin(row: IdempotentRequestRow, now: Date): Promise<void> {
    const { id, ...columns } = row;
    const renewed = await this.rows.update({ id, expiresAt: LessThanOrEqual(now) }, columns);
    if (renewed.affected !== 1) await this.rows.insert(row);
  }

  async keep(id: string, answer: string): Promise<void> {
    await this.rows.update({ id }, { answer });
  }
}
