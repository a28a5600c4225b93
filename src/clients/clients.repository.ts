import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan } from 'typeorm';
import { Cache, Changes } from '#platform/cache/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { ClientEntity, type ClientRow } from './client.entity.js';
import { ClientOriginsRepository } from './client-origins.repository.js';
import { clientFrom, FIRST_VERSION, type MetadataColumns } from './client-row.js';
import type { Client } from './client.js';
import { ClientVersionsRepository } from './versions/client-versions.repository.js';

/** Which clients a list is about. */
export interface ClientFilter {
  /** A part of the name or id, in its plain form. */
  readonly text?: string | undefined;
  readonly status?: string | undefined;
  /** The id of the user who looks after them. */
  readonly owner?: string | undefined;
}

/** The rows of `client`, those in use also in memory, and with each its versions and the origins that follow from it. */
@Injectable()
export class ClientsRepository extends EntityRepository<ClientEntity> {
  readonly #known: Cache<Client>;
  readonly #vetted: Cache<readonly Client[]>;

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly origins: ClientOriginsRepository,
    private readonly versions: ClientVersionsRepository,
    private readonly changes: Changes,
  ) {
    super(database, ClientEntity);
    this.#known = new Cache(changes, 'clients');
    this.#vetted = new Cache(changes, 'clients', 1);
  }

  /** The client as it was at most a moment ago. */
  known(clientId: string): Promise<Client | undefined> {
    return this.#known.get(clientId, async () => {
      const row = await this.find(clientId);
      return row && clientFrom(row);
    });
  }

  async find(clientId: string): Promise<ClientRow | undefined> {
    const row = await this.rows.findOneBy({ clientId });
    // MySQL ignores trailing spaces when it compares.
    return row?.clientId === clientId ? row : undefined;
  }

  findMany(clientIds: readonly string[]): Promise<ClientRow[]> {
    return this.rows.findBy({ clientId: In(clientIds) });
  }

  list(request: PageRequest, { text, status, owner }: ClientFilter): Promise<Page<ClientRow>> {
    return this.page(request, {
      key: 'clientId',
      where: (query) => {
        if (status !== undefined) query.andWhere('row.status = :status', { status });
        // as for those that were vetted, below
        if (owner !== undefined)
          query.andWhere('INSTR(row.metadata, :owner) > 0', { owner: JSON.stringify({ owner }).slice(1, -1) });
        // INSTR takes the text as it is, and compares alike on each database.
        if (text === undefined) return;
        query.andWhere('(INSTR(row.clientNameKey, :text) > 0 OR INSTR(LOWER(row.clientId), :text) > 0)', { text });
      },
    });
  }

  async add(clientId: string, columns: MetadataColumns, selfRegistered: boolean): Promise<ClientRow> {
    const now = this.clock.now();
    const stamps = {
      version: FIRST_VERSION,
      selfRegistered,
      tokensRevokedBefore: null,
      createdAt: now,
      updatedAt: now,
    };
    const row = { clientId, ...columns, ...stamps };
    await this.rows.insert(row);
    await this.versions.keep(row);
    await this.changes.note('clients');
    await this.origins.replace(clientFrom(row));
    return row;
  }

  /** Writes columns that changed, if nobody changed the row since it was read; undefined when somebody did. */
  async replace(
    read: ClientRow,
    columns: MetadataColumns,
    { revokeTokens, restoredFrom }: { revokeTokens: boolean; restoredFrom?: number | undefined },
  ): Promise<ClientRow | undefined> {
    if (isDeepStrictEqual(columns, columnsIn(read))) return read;
    const now = this.clock.now();
    // Strictly later than before, so that it also tells one version of the row from the next.
    const updatedAt = now > read.updatedAt ? now : new Date(read.updatedAt.getTime() + 1);
    const version = (read.version ?? FIRST_VERSION) + 1;
    const changes = { ...columns, version, updatedAt, ...(revokeTokens ? { tokensRevokedBefore: now } : {}) };
    const { affected } = await this.rows.update({ clientId: read.clientId, updatedAt: read.updatedAt }, changes);
    if (affected !== 1) return undefined;
    await this.changes.note('clients');
    const before = { ...read };
    const written = Object.assign(read, changes);
    await this.versions.keep(written, { before, restoredFrom });
    await this.origins.replace(clientFrom(written));
    return written;
  }

  /** Keeps others from changing the client until the transaction ends. */
  async hold(clientId: string): Promise<void> {
    await this.rows.update({ clientId }, { updatedAt: () => 'updated_at' });
  }

  /** The clients that somebody of the company registered: few, and none of them made by strangers. */
  madeByAdministrators(): Promise<ClientRow[]> {
    return this.rows.findBy({ selfRegistered: false });
  }

  /** All clients that somebody of the company registered or checked, by name, as they were at most a moment ago. */
  async knownVetted(): Promise<readonly Client[]> {
    return (await this.#vetted.get('all', () => this.findVetted())) ?? [];
  }

  private async findVetted(): Promise<readonly Client[]> {
    const rows = await this.rows
      .createQueryBuilder('row')
      .where('row.selfRegistered = :no', { no: false })
      // the column is JSON that this service wrote, in which a quote within a text is escaped
      .orWhere('INSTR(row.metadata, :mark) > 0', { mark: '"vetted":true' })
      .orderBy('row.clientNameKey', 'ASC')
      .addOrderBy('row.clientId', 'ASC')
      .getMany();
    return rows.map(clientFrom);
  }

  hasOrigin(origin: string): Promise<boolean> {
    return this.origins.has(origin);
  }

  /** Ends the access tokens issued until a moment; false when there are none to end. */
  async revokeTokens(clientId: string, before: Date): Promise<boolean> {
    for (const tokensRevokedBefore of [IsNull(), LessThan(before)]) {
      const { affected } = await this.rows.update({ clientId, tokensRevokedBefore }, { tokensRevokedBefore: before });
      if (affected !== 1) continue;
      await this.changes.note('clients');
      return true;
    }
    return false;
  }

  async remove(clientId: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ clientId });
    if (affected === 1) await this.changes.note('clients');
    return affected === 1;
  }
}

function columnsIn({ clientName, clientNameKey, status, metadata }: ClientRow): MetadataColumns {
  return { clientName, clientNameKey, status, metadata };
}
