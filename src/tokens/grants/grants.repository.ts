import { Injectable } from '@nestjs/common';
import { Between, type FindOptionsWhere, IsNull, LessThanOrEqual, MoreThan, Not, Or } from 'typeorm';
import { EntityRepository, Database, type RawRow } from '#platform/database/index.js';
import { GrantEntity, type GrantRow } from './grant.entity.js';
import type { IssuedSelection } from './issued-selection.js';

/** Which grants an act is about. */
export interface GrantFilter {
  readonly id?: string;
  readonly userId?: string;
  readonly clientId?: string;
  readonly sessionId?: string;
  readonly exceptSessionId?: string;
  readonly offline?: boolean;
}

/** The rows of `authorization_grant`. */
@Injectable()
export class GrantsRepository extends EntityRepository<GrantEntity> {
  constructor(database: Database) {
    super(database, GrantEntity);
  }

  async add(row: GrantRow): Promise<void> {
    await this.prepared.insert(row);
  }

  /** The columns of a grant, for statements that find it together with a code or token of it and call it `g`. */
  get columns(): string {
    return this.prepared.columns('g');
  }

  /** The grant in what such a statement gave. */
  rowFrom(raw: RawRow): GrantRow {
    return this.prepared.rowFrom(raw, 'g');
  }

  /** The grant of an access token, unless that token was revoked by itself: one statement for the two. */
  async findForToken(id: string, jti: string): Promise<GrantRow | null> {
    const [raw] = await this.prepared.query(
      `SELECT ${this.columns} FROM authorization_grant g WHERE g.id = ? ` +
        'AND NOT EXISTS (SELECT 1 FROM revoked_access_token r WHERE r.jti = ?)',
      [id, jti],
    );
    return raw === undefined ? null : this.rowFrom(raw);
  }

  /** When each client was last granted something by a user, as far as the grants are still there. */
  async latestOf(userId: string): Promise<Map<string, Date>> {
    const raws = await this.prepared.query(
      'SELECT g.client_id AS client_id, MAX(g.created_at) AS latest FROM authorization_grant g WHERE g.user_id = ? GROUP BY g.client_id',
      [userId],
    );
    return new Map(raws.map((raw) => [String(raw['client_id']), new Date(Number(raw['latest']))]));
  }

  /** Moves the end of a grant that nobody has revoked; false when it is revoked or gone. */
  async extend(id: string, expiresAt: Date): Promise<boolean> {
    const { affected } = await this.prepared.update({ id, revokedAt: IsNull() }, { expiresAt });
    return affected === 1;
  }

  /** The grants of a user to a client that are not ended. */
  findLive(userId: string, clientId: string, now: Date): Promise<GrantRow[]> {
    return this.prepared.findBy({ userId, clientId, revokedAt: IsNull(), expiresAt: MoreThan(now) });
  }

  /** The same of those in which a part ends before the rest: a user of long standing has many without. */
  findLiveWithEnds(userId: string, clientId: string, now: Date): Promise<GrantRow[]> {
    return this.prepared.findBy({
      userId,
      clientId,
      ends: Not(IsNull()),
      revokedAt: IsNull(),
      expiresAt: MoreThan(now),
    });
  }

  /** Changes what a grant is for, if it is still for that scope; tells whether it was written. */
  async replaceParts(id: string, scope: string, parts: Pick<GrantRow, 'scope' | 'claims' | 'ends'>): Promise<boolean> {
    const { affected } = await this.rows.update({ id, scope }, parts);
    return affected === 1;
  }

  /** How many live grants fit. */
  countLive(selection: IssuedSelection, now: Date): Promise<number> {
    return this.rows.countBy(live(selection, now));
  }

  /** Some live grants that fit. */
  someLive(selection: IssuedSelection, now: Date, most: number): Promise<GrantRow[]> {
    return this.rows.find({ where: live(selection, now), order: { id: 'ASC' }, take: most });
  }

  /** Ends every grant the filter names and that is not ended; the number of them. */
  async revoke(filter: GrantFilter, now: Date): Promise<number> {
    const { affected } = await this.rows.update({ ...where(filter), revokedAt: IsNull() }, { revokedAt: now });
    return affected ?? 0;
  }
}

function where({ exceptSessionId, ...equal }: GrantFilter): FindOptionsWhere<GrantEntity> {
  if (exceptSessionId === undefined) return equal;
  return { ...equal, sessionId: Or(IsNull(), Not(exceptSessionId)) };
}

function live({ since, until, ...equal }: IssuedSelection, now: Date): FindOptionsWhere<GrantEntity> {
  const named = Object.fromEntries(Object.entries(equal).filter(([, value]) => value !== undefined));
  const createdAt = since === undefined ? LessThanOrEqual(until) : Between(since, until);
  return { ...named, createdAt, revokedAt: IsNull(), expiresAt: MoreThan(now) };
}
