import { Injectable } from '@nestjs/common';
import { LessThan, MoreThan } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { SessionEntity, type SessionRow } from './session.entity.js';

/** Which sessions a list is about. */
export interface SessionFilter {
  readonly userId?: string;
}

/** The rows of `session`. */
@Injectable()
export class SessionsRepository extends EntityRepository<SessionEntity> {
  constructor(database: Database) {
    super(database, SessionEntity);
  }

  async add(row: SessionRow): Promise<void> {
    await this.prepared.insert(row);
  }

  findByCookie(cookieDigest: string, now: Date): Promise<SessionRow | null> {
    return this.prepared.findOneBy({ cookieDigest, expiresAt: MoreThan(now) });
  }

  find(id: string, now: Date): Promise<SessionRow | null> {
    return this.prepared.findOneBy({ id, expiresAt: MoreThan(now) });
  }

  liveOf(userId: string, now: Date): Promise<SessionRow[]> {
    return this.rows.find({ where: { userId, expiresAt: MoreThan(now) }, order: { lastSeenAt: 'DESC' } });
  }

  list(filter: SessionFilter, now: Date, request: PageRequest): Promise<Page<SessionRow>> {
    return this.page(request, {
      where: (query) => {
        query.where('row.expiresAt > :now', { now: now.getTime() });
        if (filter.userId !== undefined) query.andWhere('row.userId = :userId', { userId: filter.userId });
      },
    });
  }

  /** Renews a session that is still there; false when it has ended meanwhile. */
  async renew(id: string, now: Date, renewal: Partial<SessionRow>): Promise<boolean> {
    const { affected } = await this.prepared.update({ id, expiresAt: MoreThan(now) }, renewal);
    return affected === 1;
  }

  async touch(id: string, lastSeenAt: Date, expiresAt: Date): Promise<void> {
    await this.prepared.update({ id, lastSeenAt: LessThan(lastSeenAt) }, { lastSeenAt, expiresAt });
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1;
  }
}
