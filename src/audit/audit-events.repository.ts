import { Injectable } from '@nestjs/common';
import { Database, EntityRepository, type Page, type PageRequest, type RawRow } from '#platform/database/index.js';
import type { EventName } from '#platform/events/index.js';
import { IsNull, MoreThan } from 'typeorm';
import type { ChainedRow } from './audit-chain.js';
import { AuditEventEntity, type AuditEventRow } from './audit-event.entity.js';

/** Which events a list is about. */
export interface AuditFilter {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly name?: string | undefined;
  /** Not before. */
  readonly since?: Date | undefined;
  /** Before. */
  readonly until?: Date | undefined;
  /** A name that is left out. */
  readonly except?: EventName | undefined;
}

/** What a row is given when it is sealed. */
export interface Seal {
  readonly sequence: number;
  readonly contentHash: string;
  readonly chainHash: string;
}

const CHAINED = `id, name, user_id, client_id, actor_kind, actor_id, address, user_agent, request_id, details, created_at,
  expires_at, sequence, content_hash, chain_hash`;

/** The rows of `audit_event`: added, sealed once, and read. */
@Injectable()
export class AuditEventsRepository extends EntityRepository<AuditEventEntity> {
  constructor(database: Database) {
    super(database, AuditEventEntity);
  }

  async add(row: AuditEventRow): Promise<void> {
    await this.prepared.insert(row);
  }

  async find(id: string): Promise<AuditEventRow | null> {
    return this.rows.findOneBy({ id });
  }

  list(
    { userId, clientId, name, since, until, except }: AuditFilter,
    request: PageRequest,
  ): Promise<Page<AuditEventRow>> {
    return this.page(request, {
      order: 'newest-first',
      where: (query) => {
        if (userId !== undefined) query.andWhere('row.userId = :userId', { userId });
        if (clientId !== undefined) query.andWhere('row.clientId = :clientId', { clientId });
        if (name !== undefined) query.andWhere('row.name = :name', { name });
        if (since !== undefined) query.andWhere('row.createdAt >= :since', { since: since.getTime() });
        if (except !== undefined) query.andWhere('row.name <> :except', { except });
        if (until !== undefined) query.andWhere('row.createdAt < :until', { until: until.getTime() });
      },
    });
  }

  /** Some rows that are not sealed yet; the index has them together, so that nobody looks at the others. */
  async unsealed(most: number): Promise<ChainedRow[]> {
    const sql = `SELECT ${CHAINED} FROM audit_event WHERE sequence IS NULL LIMIT ${most}`;
    return (await this.prepared.query(sql, [])).map(chainedRow);
  }

  /** How many rows are not sealed yet. */
  unsealedCount(): Promise<number> {
    return this.rows.countBy({ sequence: IsNull() });
  }

  /** Sealed rows after a place, in their order, as what they say. */
  async sealedAfter(after: number, most: number): Promise<AuditEventRow[]> {
    return this.rows.find({ where: { sequence: MoreThan(after) }, order: { sequence: 'ASC' }, take: most });
  }

  /** How many sealed rows come after a place: told by the first and the last of them, as places have no gaps. */
  async sealedCountAfter(after: number): Promise<number> {
    const end = (which: string): string => `(SELECT ${which}(sequence) FROM audit_event WHERE sequence > ?)`;
    const [row] = await this.prepared.query(`SELECT ${end('MIN')} AS lowest, ${end('MAX')} AS highest`, [after, after]);
    return row === undefined || row['lowest'] === null ? 0 : Number(row['highest']) - Number(row['lowest']) + 1;
  }

  /** Gives a row its place; false when somebody else did. */
  async seal(id: string, seal: Seal): Promise<boolean> {
    const { affected } = await this.prepared.update({ id, sequence: IsNull() }, { ...seal });
    return affected === 1;
  }

  /** The rows between two places, in their order. */
  async sealed(after: number, until: number, most: number): Promise<ChainedRow[]> {
    const where = `sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ${most}`;
    return (await this.prepared.query(`SELECT ${CHAINED} FROM audit_event WHERE ${where}`, [after, until])).map(
      chainedRow,
    );
  }
}

function chainedRow(raw: RawRow): ChainedRow {
  const text = (name: string): string | null => raw[name] as string | null;
  return {
    id: String(raw['id']),
    content: [
      String(raw['id']),
      text('name'),
      text('user_id'),
      text('client_id'),
      text('actor_kind'),
      text('actor_id'),
      text('address'),
      text('user_agent'),
      text('request_id'),
      text('details'),
      Number(raw['created_at']),
      Number(raw['expires_at']),
    ],
    expiresAt: Number(raw['expires_at']),
    sequence: raw['sequence'] === null ? undefined : Number(raw['sequence']),
    contentHash: text('content_hash') ?? '',
    chainHash: text('chain_hash') ?? '',
  };
}
