import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual, Not } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { OutboxEntity, type OutboxRow } from './outbox.entity.js';

/** The rows of `outbox`. */
@Injectable()
export class OutboxRepository extends EntityRepository<OutboxEntity> {
  constructor(database: Database) {
    super(database, OutboxEntity);
  }

  async add(row: OutboxRow): Promise<void> {
    await this.prepared.insert(row);
  }

  find(id: string): Promise<OutboxRow | null> {
    return this.prepared.findOneBy({ id });
  }

  /** What waits to be delivered now, the longest due first, except to those who have had their turn. */
  due(now: Date, most: number, except: ReadonlySet<string>): Promise<OutboxRow[]> {
    const others = except.size === 0 ? {} : { about: Not(In([...except])) };
    return this.rows.find({
      where: { status: 'pending', nextAttemptAt: LessThanOrEqual(now), ...others },
      order: { nextAttemptAt: 'ASC', id: 'ASC' },
      take: most,
    });
  }

  /** Takes a row for one attempt; of any number who ask at once one gets it. */
  async claim({ id, attempts }: OutboxRow, now: Date, until: Date): Promise<boolean> {
    const { affected } = await this.prepared.update(
      { id, attempts, status: 'pending', nextAttemptAt: LessThanOrEqual(now) },
      { attempts: attempts + 1, nextAttemptAt: until, lastAttemptAt: now },
    );
    return affected === 1;
  }

  /** Notes what came of the attempt of this number, unless the claim ran out and another attempt was begun. */
  async settle(id: string, attempts: number, outcome: Partial<Omit<OutboxRow, 'payload'>>): Promise<void> {
    await this.prepared.update({ id, attempts, status: 'pending' }, outcome);
  }

  list(topic: string, about: string, request: PageRequest): Promise<Page<OutboxRow>> {
    return this.page(request, {
      order: 'newest-first',
      where: (query) => query.where('row.topic = :topic AND row.about = :about', { topic, about }),
    });
  }

  latest(topic: string, most: number): Promise<OutboxRow[]> {
    return this.rows.find({ where: { topic }, order: { createdAt: 'DESC', id: 'DESC' }, take: most });
  }

  /** How many rows wait for each topic, and since when the oldest of them does. */
  async waiting(): Promise<{ topic: string; rows: number; since: Date }[]> {
    const found = await this.rows
      .createQueryBuilder('row')
      .select('row.topic', 'topic')
      .addSelect('COUNT(*)', 'rows')
      .addSelect('MIN(row.createdAt)', 'since')
      .where({ status: 'pending' })
      .groupBy('row.topic')
      .getRawMany<{ topic: string; rows: unknown; since: unknown }>();
    return found.map(({ topic, rows, since }) => ({ topic, rows: Number(rows), since: new Date(Number(since)) }));
  }
}
