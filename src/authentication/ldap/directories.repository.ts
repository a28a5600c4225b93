import { Injectable } from '@nestjs/common';
import { Cache, Changes } from '#platform/cache/index.js';
import { Clock, Random, SecretBox } from '#platform/crypto/index.js';
import { Database, EntityRepository, type Page, type PageRequest } from '#platform/database/index.js';
import type { Directory, DirectoryChoices } from './directory.js';
import { DirectoryEntity, type DirectoryRow } from './directory.entity.js';

/** The rows of `directory`, those in use also in memory. */
@Injectable()
export class DirectoriesRepository extends EntityRepository<DirectoryEntity> {
  readonly #known: Cache<readonly Directory[]>;

  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly box: SecretBox,
    private readonly changes: Changes,
  ) {
    super(database, DirectoryEntity);
    this.#known = new Cache(changes, 'identity-providers', 1);
  }

  /** All of them as they were at most a moment ago, the oldest first. */
  async known(): Promise<readonly Directory[]> {
    const load = async (): Promise<readonly Directory[]> =>
      (await this.rows.find({ order: { createdAt: 'ASC', id: 'ASC' } })).map(directoryFrom);
    return (await this.#known.get('all', load)) ?? [];
  }

  async find(id: string): Promise<Directory | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row === null ? undefined : directoryFrom(row);
  }

  async list(request: PageRequest): Promise<Page<Directory>> {
    const page = await this.page(request);
    return { ...page, items: page.items.map(directoryFrom) };
  }

  /** The password of whoever searches. */
  async bindPassword(id: string): Promise<string | undefined> {
    const row = await this.rows.findOneBy({ id });
    return row?.bindPassword == null ? undefined : this.box.open(row.bindPassword, sealedFor(id));
  }

  async add(choices: DirectoryChoices, bindPassword: string | undefined): Promise<Directory> {
    const [id, now] = [this.random.id(), this.clock.now()];
    const row = {
      id,
      name: choices.name,
      choices,
      bindPassword: bindPassword === undefined ? null : this.box.seal(bindPassword, sealedFor(id)),
      createdAt: now,
      updatedAt: now,
    };
    await this.rows.insert(row);
    await this.changes.note('identity-providers');
    return directoryFrom(row);
  }

  /** Writes over what was read, and the password when one is given or taken away; false when somebody was first. */
  async replace(
    { id, updatedAt: readAt }: Directory,
    choices: DirectoryChoices,
    bindPassword: string | null | undefined,
  ): Promise<boolean> {
    const now = this.clock.now();
    // Strictly later, so that it also tells one version of the row from the next.
    const updatedAt = now > readAt ? now : new Date(readAt.getTime() + 1);
    const sealed = typeof bindPassword === 'string' ? this.box.seal(bindPassword, sealedFor(id)) : bindPassword;
    const { affected } = await this.rows.update(
      { id, updatedAt: readAt },
      { name: choices.name, choices, updatedAt, ...(sealed === undefined ? {} : { bindPassword: sealed }) },
    );
    if (affected === 1) await this.changes.note('identity-providers');
    return affected === 1;
  }

  async remove(id: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ id });
    if (affected === 1) await this.changes.note('identity-providers');
    return affected === 1;
  }
}

function directoryFrom({ id, choices, bindPassword, createdAt, updatedAt }: DirectoryRow): Directory {
  return { ...choices, id, hasBindPassword: bindPassword !== null, createdAt, updatedAt };
}

function sealedFor(id: string): string {
  return `directory ${id}`;
}
