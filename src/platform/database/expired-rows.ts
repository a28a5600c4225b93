import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { FIRST_BATCH_SIZE, nextBatchSize } from './batch-size.js';
import type { Database } from './database.js';

type Key = readonly (string | number)[];

/** Empties tables of what has run out, a little at a time, so that nobody waits for it. */
export class ExpiredRows {
  readonly #database: Database;
  readonly #stopwatch: () => number;
  readonly #sizes = new Map<EntityMetadata, number>();

  /** The stopwatch gives milliseconds. */
  constructor(database: Database, stopwatch: () => number = () => performance.now()) {
    this.#database = database;
    this.#stopwatch = stopwatch;
  }

  /**
   * Deletes the rows whose indexed `expiresAt` is not after `now` and says how many they were. Each batch is a
   * statement of its own that takes its rows in the order of the primary key, as every other statement does; how many
   * they are follows how long the last batch of the table took, and between two batches others have their turn.
   */
  async deleteExpired<T extends { expiresAt: Date | null }>(
    entity: EntityTarget<T>,
    now: Date,
    signal?: AbortSignal,
  ): Promise<number> {
    const metadata = this.#database.dataSource.getMetadata(entity);
    let deleted = 0;
    while (signal?.aborted !== true) {
      const size = this.#sizes.get(metadata) ?? FIRST_BATCH_SIZE;
      const keys = await this.#expiredKeys(entity, metadata, now, size);
      if (keys.length > 0) deleted += await this.#deleteTimed(entity, metadata, now, { keys, size });
      if (keys.length < size) break;
      await nextTurn();
    }
    return deleted;
  }

  async #deleteTimed<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    metadata: EntityMetadata,
    now: Date,
    { keys, size }: { readonly keys: readonly Key[]; readonly size: number },
  ): Promise<number> {
    const startedAt = this.#stopwatch();
    const deleted = await this.#delete(entity, metadata, now, keys);
    const milliseconds = this.#stopwatch() - startedAt;
    this.#sizes.set(metadata, nextBatchSize({ size, rows: keys.length, milliseconds }));
    return deleted;
  }

  async #expiredKeys<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    metadata: EntityMetadata,
    now: Date,
    batchSize: number,
  ): Promise<Key[]> {
    const names = metadata.primaryColumns.map((column) => column.propertyName);
    const rows = await this.#database
      .rows(entity)
      .createQueryBuilder('row')
      .select(names.map((name) => `row.${name}`))
      .where('row.expiresAt <= :now', { now: now.getTime() })
      .orderBy('row.expiresAt')
      .limit(batchSize)
      .getMany();
    return rows.map((row) => names.map((name) => row[name] as string | number)).sort(byKey);
  }

  /** Looks at the instant again: a row may have been given more time since it was selected. */
  async #delete<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    metadata: EntityMetadata,
    now: Date,
    keys: readonly Key[],
  ): Promise<number> {
    const { driver } = this.#database.dataSource;
    const columns = metadata.primaryColumns.map((column) => driver.escape(column.databaseName));
    const expiresAt = driver.escape(metadata.findColumnWithPropertyName('expiresAt')?.databaseName ?? 'expires_at');
    const result = await this.#database
      .rows(entity)
      .createQueryBuilder()
      .delete()
      .where(matching(columns, keys), parametersOf(keys))
      .andWhere(`${expiresAt} <= :now`, { now: now.getTime() })
      .execute();
    return result.affected ?? 0;
  }
}

function matching(columns: readonly string[], keys: readonly Key[]): string {
  if (columns.length === 1) return `${columns.join('')} IN (${keys.map((_, row) => `:key_${row}_0`).join(', ')})`;
  const one = (row: number) => columns.map((name, part) => `${name} = :key_${row}_${part}`).join(' AND ');
  return `(${keys.map((_, row) => `(${one(row)})`).join(' OR ')})`;
}

function parametersOf(keys: readonly Key[]): Record<string, string | number> {
  return Object.fromEntries(keys.flatMap((key, row) => key.map((value, part) => [`key_${row}_${part}`, value])));
}

function byKey(a: Key, b: Key): number {
  for (const [part, left] of a.entries()) {
    const right = b[part];
    if (right === undefined || left === right) continue;
    return left < right ? -1 : 1;
  }
  return 0;
}
