import type { EntityMetadata } from 'typeorm';
import type { Database } from './database.js';
import type { Bound, Executed } from './statement.js';

/** The primary key of a row, column by column. */
export type Key = readonly Bound[];

/** Lists of keys have few lengths, so that there are few statements to prepare: a server keeps 16,382 for all its connections. */
const SHORTEST_LIST = 16;

/** The two prepared statements of a purge of one table: which keys have run out, and their deletion. */
export class ExpiredKeys {
  readonly #database: Database;
  readonly #table: string;
  readonly #columns: readonly string[];
  readonly #names: readonly string[];
  readonly #expiresAt: string;

  constructor(database: Database, metadata: EntityMetadata) {
    const escape = (name: string) => database.dataSource.driver.escape(name);
    this.#database = database;
    this.#table = escape(metadata.tableName);
    this.#names = metadata.primaryColumns.map(({ databaseName }) => databaseName);
    this.#columns = this.#names.map(escape);
    this.#expiresAt = escape(metadata.findColumnWithPropertyName('expiresAt')?.databaseName ?? 'expires_at');
  }

  /** What ran out first, by the index, in the order of the primary key. */
  async first(now: Date, most: number): Promise<Key[]> {
    const { rows } = await this.#database.execute(
      `SELECT ${this.#columns.join(', ')} FROM ${this.#table} WHERE ${this.#expiresAt} <= ?` +
        ` ORDER BY ${this.#expiresAt} LIMIT ${listLength(most)}`,
      [now.getTime()],
    );
    const keys = rows.slice(0, most).map((row) => this.#names.map((name) => row[name] as Bound));
    return keys.sort(byKey);
  }

  /**
   * Looks at the instant again, as a row may have been given more time since it was selected; by a sum, so that the
   * database goes through the primary key and not through the other index.
   */
  delete(keys: readonly Key[], now: Date): Promise<Executed> {
    const listed = padded(keys);
    return this.#database.execute(
      `DELETE FROM ${this.#table} WHERE ${this.#matching(listed.length)} AND ${this.#expiresAt} + 0 <= ?`,
      [...listed.flat(), now.getTime()],
    );
  }

  #matching(count: number): string {
    if (this.#columns.length === 1) return `${this.#columns.join('')} IN (${repeated('?', count, ', ')})`;
    const one = this.#columns.map((name) => `${name} = ?`).join(' AND ');
    return `(${repeated(`(${one})`, count, ' OR ')})`;
  }
}

/** The keys, the last of them so often that the list has one of the few lengths. */
function padded(keys: readonly Key[]): readonly Key[] {
  const last = keys.at(-1);
  if (last === undefined) return keys;
  return [...keys, ...Array.from({ length: listLength(keys.length) - keys.length }, () => last)];
}

/** The shortest of the few lengths that so many keys fit in. */
function listLength(keys: number): number {
  let length = SHORTEST_LIST;
  while (length < keys) length *= 2;
  return length;
}

function repeated(text: string, count: number, separator: string): string {
  return Array.from({ length: count }, () => text).join(separator);
}

function byKey(a: Key, b: Key): number {
  for (const [part, left] of a.entries()) {
    const right = b[part];
    if (right === undefined || right === null || left === null || left === right) continue;
    return left < right ? -1 : 1;
  }
  return 0;
}
