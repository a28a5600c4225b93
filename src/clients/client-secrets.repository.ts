import { Injectable } from '@nestjs/common';
import { Between, In, IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { Cache, Changes } from '#platform/cache/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { ClientSecretEntity, type ClientSecretRow } from './client-secret.entity.js';

/** The rows of `client_secret`, those in use also in memory. */
@Injectable()
export class ClientSecretsRepository extends EntityRepository<ClientSecretEntity> {
  readonly #known: Cache<readonly ClientSecretRow[]>;

  constructor(
    database: Database,
    private readonly changes: Changes,
  ) {
    super(database, ClientSecretEntity);
    this.#known = new Cache(changes, 'clients');
  }

  /** The secrets that the client may use now, as they were at most a moment ago. */
  async knownLive(clientId: string, now: Date): Promise<readonly ClientSecretRow[]> {
    const known = await this.#known.get(clientId, async () => {
      const live = await this.findLive(clientId, now);
      return live.length === 0 ? undefined : live;
    });
    return known?.filter(({ expiresAt }) => expiresAt === null || expiresAt > now) ?? [];
  }

  findLive(clientId: string, now: Date): Promise<ClientSecretRow[]> {
    return this.rows.findBy([
      { clientId, expiresAt: IsNull() },
      { clientId, expiresAt: MoreThan(now) },
    ]);
  }

  /** The secrets of a client that have run out, the newest first and only so many. */
  findExpired(clientId: string, now: Date, most: number): Promise<ClientSecretRow[]> {
    return this.rows.find({
      where: { clientId, expiresAt: LessThanOrEqual(now) },
      order: { expiresAt: 'DESC' },
      take: most,
    });
  }

  /** The secrets that run out between two moments, the next one first. */
  findExpiring(from: Date, to: Date): Promise<ClientSecretRow[]> {
    return this.rows.find({ where: { expiresAt: Between(from, to) }, order: { expiresAt: 'ASC' } });
  }

  /** Those of the secrets that are there. */
  findMany(ids: readonly string[]): Promise<ClientSecretRow[]> {
    return this.rows.findBy({ id: In([...ids]) });
  }

  /** Notes when a secret was last used, unless it has gone or somebody noted it since it was read. */
  async noteUse({ id, lastUsedAt: read }: Pick<ClientSecretRow, 'id' | 'lastUsedAt'>, lastUsedAt: Date): Promise<void> {
    await this.rows.update({ id, lastUsedAt: read ?? IsNull() }, { lastUsedAt });
  }

  findChosen(clientId: string): Promise<ClientSecretRow[]> {
    return this.rows.findBy({ clientId, chosen: true });
  }

  all(clientId: string): Promise<ClientSecretRow[]> {
    return this.rows.findBy({ clientId });
  }

  async idsOf(clientId: string): Promise<string[]> {
    return (await this.rows.find({ where: { clientId }, select: { id: true } })).map(({ id }) => id);
  }

  async find(clientId: string, id: string): Promise<ClientSecretRow | undefined> {
    return (await this.rows.findOneBy({ clientId, id })) ?? undefined;
  }

  list(clientId: string, request: PageRequest): Promise<Page<ClientSecretRow>> {
    return this.page(request, { where: (query) => query.where('row.clientId = :clientId', { clientId }) });
  }

  async add(row: ClientSecretRow): Promise<void> {
    await this.rows.insert(row);
    await this.changes.note('clients');
  }

  /** Brings the end of every other secret of a client to a moment, unless it ends before. */
  async endOthers(clientId: string, except: string, end: Date): Promise<void> {
    const others = { clientId, id: Not(except) };
    await this.rows.update({ ...others, expiresAt: IsNull() }, { expiresAt: end });
    await this.rows.update({ ...others, expiresAt: MoreThan(end) }, { expiresAt: end });
    await this.changes.note('clients');
  }

  async remove(clientId: string, id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ clientId, id });
    if (affected === 1) await this.changes.note('clients');
    return affected === 1;
  }

  async removeAll(clientId: string, except?: string): Promise<void> {
    await this.rows.delete({ clientId, ...(except === undefined ? {} : { id: Not(except) }) });
    await this.changes.note('clients');
  }

  async removeChosen(clientId: string): Promise<void> {
    await this.rows.delete({ clientId, chosen: true });
    await this.changes.note('clients');
  }
}
