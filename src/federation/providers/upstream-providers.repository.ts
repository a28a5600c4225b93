import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { Cache, Changes } from '#platform/cache/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { providerFrom, type ProviderColumns } from './provider-row.js';
import { UpstreamProviderEntity, type UpstreamProviderRow } from './upstream-provider.entity.js';
import type { UpstreamProvider } from './upstream-provider.js';

/** What of a row is sealed, and the public half that belongs to it. */
export type ProviderSecrets = Pick<UpstreamProviderRow, 'secret' | 'privateKey' | 'publicKey'>;

const ALL = 'all';

/** The rows of `upstream_provider`; they are few, so all of them are kept in memory. */
@Injectable()
export class UpstreamProvidersRepository extends EntityRepository<UpstreamProviderEntity> {
  readonly #known: Cache<readonly UpstreamProvider[]>;

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly changes: Changes,
  ) {
    super(database, UpstreamProviderEntity);
    this.#known = new Cache(changes, 'identity-providers', 1);
  }

  /** All of them as they were at most a moment ago, the oldest first. */
  async known(): Promise<readonly UpstreamProvider[]> {
    const all = await this.#known.get(ALL, async () =>
      (await this.rows.find({ order: { createdAt: 'ASC', id: 'ASC' } })).map(providerFrom),
    );
    return all ?? [];
  }

  async find(id: string): Promise<UpstreamProviderRow | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? row : undefined;
  }

  async findBySlug(slug: string): Promise<UpstreamProviderRow | undefined> {
    return (await this.rows.findOneBy({ slug })) ?? undefined;
  }

  list(request: PageRequest): Promise<Page<UpstreamProviderRow>> {
    return this.page(request);
  }

  /** All rows, to look at what is sealed in them. */
  all(): Promise<UpstreamProviderRow[]> {
    return this.rows.find();
  }

  async add(id: string, columns: ProviderColumns, secrets: ProviderSecrets): Promise<UpstreamProviderRow> {
    const now = this.clock.now();
    const row = { id, ...columns, ...secrets, createdAt: now, updatedAt: now };
    await this.rows.insert(row);
    await this.changes.note('identity-providers');
    return row;
  }

  /** Writes what changed, if nobody changed the row since it was read; undefined when somebody did. */
  async replace(
    read: UpstreamProviderRow,
    columns: ProviderColumns,
    secrets: Partial<ProviderSecrets>,
  ): Promise<UpstreamProviderRow | undefined> {
    const wanted: Partial<UpstreamProviderRow> = { ...columns, ...secrets };
    const names = Object.keys(wanted) as (keyof UpstreamProviderRow)[];
    if (names.every((name) => isDeepStrictEqual(wanted[name], read[name]))) return read;
    const now = this.clock.now();
    const updatedAt = now > read.updatedAt ? now : new Date(read.updatedAt.getTime() + 1);
    const { affected } = await this.rows.update({ id: read.id, updatedAt: read.updatedAt }, { ...wanted, updatedAt });
    if (affected !== 1) return undefined;
    await this.changes.note('identity-providers');
    return { ...read, ...wanted, updatedAt };
  }

  /** Writes the same secrets sealed anew, unless somebody changed them meanwhile. */
  async reseal({ id, secret, privateKey }: UpstreamProviderRow, secrets: Partial<ProviderSecrets>): Promise<void> {
    const read = { ...(secret === null ? {} : { secret }), ...(privateKey === null ? {} : { privateKey }) };
    await this.rows.update({ id, ...read }, secrets);
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    if (affected === 1) await this.changes.note('identity-providers');
    return affected === 1;
  }
}
