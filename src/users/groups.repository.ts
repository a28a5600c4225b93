import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import { GroupEntity, type GroupRow } from './group.entity.js';
import { canonicalName } from './username.js';

/** The rows of `user_group`. */
@Injectable()
export class GroupsRepository extends EntityRepository<GroupEntity> {
  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    super(database, GroupEntity);
  }

  async find(id: string): Promise<GroupRow | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.id === id ? row : undefined;
  }

  findMany(ids: readonly string[]): Promise<GroupRow[]> {
    return this.rows.findBy({ id: In(ids) });
  }

  async findByName(name: string): Promise<GroupRow | undefined> {
    return (await this.rows.findOneBy({ nameKey: canonicalName(name) })) ?? undefined;
  }

  findByNames(names: readonly string[]): Promise<GroupRow[]> {
    return this.rows.findBy({ nameKey: In(names.map(canonicalName)) });
  }

  /** One page of all groups, or of those with a text in their name, given in the form of `searchText`. */
  list(request: PageRequest, text?: string): Promise<Page<GroupRow>> {
    return this.page(request, {
      where: (query) => text !== undefined && query.andWhere('INSTR(row.nameKey, :text) > 0', { text }),
    });
  }

  /** Keeps others from changing these rows until the transaction ends. */
  async lock(ids: readonly string[]): Promise<void> {
    await this.rows.update({ id: In(ids) }, { nameKey: () => 'name_key' });
  }

  async add(id: string, name: string, description: string | null): Promise<GroupRow> {
    const now = this.clock.now();
    const row = { id, name, nameKey: canonicalName(name), description, createdAt: now, updatedAt: now };
    await this.rows.insert(row);
    return row;
  }

  /** Writes a changed description, or notes that its members did, if nobody changed the row since it was read; undefined when somebody did. */
  async describe(read: GroupRow, description: string | null, regrouped: boolean): Promise<GroupRow | undefined> {
    if (!regrouped && description === read.description) return read;
    const now = this.clock.now();
    const changes = { description, updatedAt: now > read.updatedAt ? now : new Date(read.updatedAt.getTime() + 1) };
    const { affected } = await this.rows.update({ id: read.id, updatedAt: read.updatedAt }, changes);
    return affected === 1 ? Object.assign(read, changes) : undefined;
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    return affected === 1;
  }
}
