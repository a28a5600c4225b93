import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { Cache, Changes } from '#platform/cache/index.js';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import type { SecondFactorChoice } from '#settings/index.js';
import { GroupEntity, type GroupRow } from './group.entity.js';
import { canonicalName } from './username.js';

/** What whoever makes a group decides. */
export type GroupColumns = Pick<GroupRow, 'name' | 'description' | 'secondFactor' | 'secondFactorKinds'>;

/** What a group says of second factors. */
export function secondFactorChoice({ secondFactor, secondFactorKinds }: GroupRow): SecondFactorChoice {
  return {
    ...(secondFactor !== null && { secondFactor }),
    ...(secondFactorKinds !== null && { secondFactorKinds }),
  };
}

/** The rows of `user_group`. */
@Injectable()
export class GroupsRepository extends EntityRepository<GroupEntity> {
  readonly #choices: Cache<ReadonlyMap<string, SecondFactorChoice>>;

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly changes: Changes,
  ) {
    super(database, GroupEntity);
    this.#choices = new Cache(changes, 'groups', 1);
  }

  /** What groups say of second factors, by their names, without those that say nothing. */
  async secondFactorChoices(): Promise<ReadonlyMap<string, SecondFactorChoice>> {
    const known = await this.#choices.get('all', async () => {
      const rows = await this.rows.findBy([{ secondFactor: Not(IsNull()) }, { secondFactorKinds: Not(IsNull()) }]);
      return new Map(rows.map((row) => [row.name, secondFactorChoice(row)]));
    });
    return known ?? new Map<string, SecondFactorChoice>();
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

  /** Changes nothing, but lets nobody else hold the group until the transaction ends; what is read afterwards is committed. */
  async hold(name: string): Promise<void> {
    const nameKey = canonicalName(name);
    await this.rows.update({ nameKey }, { nameKey });
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

  async add(id: string, columns: GroupColumns): Promise<GroupRow> {
    const now = this.clock.now();
    const row = { id, ...columns, nameKey: canonicalName(columns.name), createdAt: now, updatedAt: now };
    await this.rows.insert(row);
    await this.changes.note('groups');
    return row;
  }

  /** Writes what changed, or notes that its members did, if nobody changed the row since it was read; undefined when somebody did. */
  async describe(
    read: GroupRow,
    wanted: Omit<GroupColumns, 'name'>,
    regrouped: boolean,
  ): Promise<GroupRow | undefined> {
    if (!regrouped && isSame(read, wanted)) return read;
    const now = this.clock.now();
    const changes = { ...wanted, updatedAt: now > read.updatedAt ? now : new Date(read.updatedAt.getTime() + 1) };
    const { affected } = await this.rows.update({ id: read.id, updatedAt: read.updatedAt }, changes);
    if (affected !== 1) return undefined;
    await this.changes.note('groups');
    return Object.assign(read, changes);
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    await this.changes.note('groups');
    return affected === 1;
  }
}

function isSame(read: GroupRow, { description, secondFactor, secondFactorKinds }: Omit<GroupColumns, 'name'>): boolean {
  return isDeepStrictEqual(
    [read.description, read.secondFactor, read.secondFactorKinds],
    [description, secondFactor, secondFactorKinds],
  );
}
