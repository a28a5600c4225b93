import { Injectable } from '@nestjs/common';
import { LessThan, MoreThan } from 'typeorm';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { ClientSessionsRepository } from './client-sessions.repository.js';
import { SessionEntity, type SessionRow } from './session.entity.js';

/** Which sessions a list is about. */
export interface SessionFilter {
  readonly userId?: string | undefined;
}

/** How a session reaches a client. */
export interface Reach {
  readonly until: Date;
  /** Whether the session stays as it is until the transaction ends, also where it has reached the client before. */
  readonly held: boolean;
}

/** The rows of `session`. */
@Injectable()
export class SessionsRepository extends EntityRepository<SessionEntity> {
  constructor(
    database: Database,
    private readonly clientSessions: ClientSessionsRepository,
  ) {
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

  /** Renews a session that is still there, with what it reached; false when it has ended meanwhile. */
  async renew(id: string, now: Date, renewal: Omit<SessionRow, 'id' | 'createdAt'>): Promise<boolean> {
    const { affected } = await this.prepared.update({ id, expiresAt: MoreThan(now) }, renewal);
    if (affected === 1) await this.clientSessions.keep(id, renewal.endsAt);
    return affected === 1;
  }

  async touch(id: string, lastSeenAt: Date, expiresAt: Date): Promise<void> {
    await this.prepared.update({ id, lastSeenAt: LessThan(lastSeenAt) }, { lastSeenAt, expiresAt });
  }

  /** Notes that a session reaches a client, which is a write only once; false when the session has ended meanwhile. */
  async reach(id: string, clientId: string, now: Date, { until, held }: Reach): Promise<boolean> {
    const known = await this.clientSessions.has(id, clientId);
    if (known && !held) return true;
    // Changes nothing but holds the row: who ends the session sees what is noted here, or the end is seen here.
    const { affected } = await this.prepared.update({ id, expiresAt: MoreThan(now) }, { id });
    if (affected === 1 && !known) await this.clientSessions.note(id, clientId, until);
    return affected === 1;
  }

  reachedBy(sessionIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.clientSessions.reachedBy(sessionIds);
  }

  /** Removes a session and answers the clients that it reached; nothing when another did so before. */
  async remove(id: string): Promise<string[] | undefined> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1 ? this.clientSessions.take(id) : undefined;
  }
}
