import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { ChangeRequestEntity, type ChangeRequestRow } from './change-request.entity.js';
import type { ChangeKind, ChangeState, Party } from './change-request.js';

/** Which changes a list is about. */
export interface ChangeFilter {
  readonly state?: ChangeState | undefined;
  readonly clientId?: string | undefined;
  /** The id of the user who looks after the clients. */
  readonly ownerId?: string | undefined;
  readonly kinds: readonly ChangeKind[];
}

/** What a decision writes. */
export type Decision = Pick<ChangeRequestRow, 'state' | 'deciderKind' | 'deciderId' | 'decidedAt' | 'reason'>;

/** The rows of `change_request`. */
@Injectable()
export class ChangeRequestsRepository extends EntityRepository<ChangeRequestEntity> {
  constructor(database: Database) {
    super(database, ChangeRequestEntity);
  }

  async add(row: ChangeRequestRow): Promise<void> {
    await this.rows.insert(row);
  }

  async find(id: string): Promise<ChangeRequestRow | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? row : undefined;
  }

  list(
    { state, clientId, ownerId, kinds }: ChangeFilter,
    now: Date,
    request: PageRequest,
  ): Promise<Page<ChangeRequestRow>> {
    return this.page(request, {
      order: 'newest-first',
      where: (query) => {
        query.where('row.kind IN (:...kinds)', { kinds });
        if (clientId !== undefined) query.andWhere('row.clientId = :clientId', { clientId });
        if (ownerId !== undefined) query.andWhere('row.ownerId = :ownerId', { ownerId });
        if (state === undefined) return;
        query.andWhere('row.state = :state', { state: state === 'expired' ? 'pending' : state });
        if (state === 'pending') query.andWhere('row.decidableUntil > :now', { now: now.getTime() });
        if (state === 'expired') query.andWhere('row.decidableUntil <= :now', { now: now.getTime() });
      },
    });
  }

  /** How many of somebody's wait for a decision. */
  countPending({ id }: Party, now: Date): Promise<number> {
    return this.rows.countBy({ requesterId: id, state: 'pending', decidableUntil: MoreThan(now) });
  }

  /** Writes a decision, if there is none yet and it is not too late for one. */
  async decide(id: string, now: Date, decision: Decision): Promise<boolean> {
    const { affected } = await this.rows.update({ id, state: 'pending', decidableUntil: MoreThan(now) }, decision);
    return affected === 1;
  }

  /** Says which client came of a change. */
  async noteClient(id: string, clientId: string): Promise<void> {
    await this.rows.update({ id }, { clientId });
  }
}
