import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Changes } from '#platform/cache/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { ResourceEntity, type ResourceRow } from './resource.entity.js';

/** The columns of a resource that somebody decides. */
export type ResourceColumns = Pick<
  ResourceRow,
  'name' | 'accessTokenFormat' | 'accessTokenLifetime' | 'introspectionClients'
>;

/** The rows of `resource`. */
@Injectable()
export class ResourcesRepository extends EntityRepository<ResourceEntity> {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly changes: Changes,
  ) {
    super(database, ResourceEntity);
  }

  async find(id: string): Promise<ResourceRow | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? row : undefined;
  }

  async findByIdentifier(identifier: string): Promise<ResourceRow | undefined> {
    const row = await this.rows.findOneBy({ identifier });
    return row?.identifier === identifier ? row : undefined;
  }

  findMany(ids: readonly string[]): Promise<ResourceRow[]> {
    return this.rows.findBy({ id: In(ids) });
  }

  list(request: PageRequest): Promise<Page<ResourceRow>> {
    return this.page(request);
  }

  async add(id: string, identifier: string, columns: ResourceColumns): Promise<ResourceRow> {
    const now = this.clock.now();
    const row = { id, identifier, ...columns, createdAt: now, updatedAt: now };
    await this.rows.insert(row);
    await this.changes.note('resources');
    return row;
  }

  /** Writes columns that changed, if nobody changed the row since it was read; undefined when somebody did. */
  async replace(read: ResourceRow, columns: ResourceColumns): Promise<ResourceRow | undefined> {
    if (isDeepStrictEqual(columns, columnsIn(read))) return read;
    const changes = { ...columns, updatedAt: laterThan(read.updatedAt, this.clock.now()) };
    const { affected } = await this.rows.update({ id: read.id, updatedAt: read.updatedAt }, changes);
    if (affected !== 1) return undefined;
    await this.changes.note('resources');
    return Object.assign(read, changes);
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    if (affected === 1) await this.changes.note('resources');
    return affected === 1;
  }
}

function columnsIn(row: ResourceRow): ResourceColumns {
  const { name, accessTokenFormat, accessTokenLifetime, introspectionClients } = row;
  return { name, accessTokenFormat, accessTokenLifetime, introspectionClients };
}

// Strictly later, so that `updatedAt` also tells one version of a row from the next.
function laterThan(before: Date, now: Date): Date {
  return now > before ? now : new Date(before.getTime() + 1);
}
