import { FindOperator, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { Database } from './database.js';
import { preparedColumns, type PreparedColumn } from './prepared-columns.js';
import type { Bound, Executed, RawRow } from './statement.js';

/** Which rows: members that are equal, or `IsNull()`, `MoreThan(…)` and the like. */
export type Where<T> = { readonly [K in keyof T]?: T[K] | FindOperator<T[K]> | FindOperator<NonNullable<T[K]>> };

interface Condition {
  readonly sql: string;
  readonly parameters: readonly Bound[];
}

const COMPARISONS: Readonly<Record<string, string>> = {
  moreThan: '>',
  moreThanOrEqual: '>=',
  lessThan: '<',
  lessThanOrEqual: '<=',
};

/** The statements of hot paths over one table: with the names of TypeORM's repository, prepared, and plain rows. */
export class PreparedRows<T extends ObjectLiteral> {
  readonly #database: Database;
  readonly #table: string;
  readonly #columns: ReadonlyMap<string, PreparedColumn>;
  readonly #select: string;
  readonly #insert: string;
  readonly #selections = new Map<string, string>();

  constructor(database: Database, entity: EntityTarget<T>) {
    const metadata = database.dataSource.getMetadata(entity);
    this.#database = database;
    this.#table = database.dataSource.driver.escape(metadata.tableName);
    this.#columns = preparedColumns(metadata, (name) => database.dataSource.driver.escape(name));
    const names = [...this.#columns.values()].map(({ name }) => name);
    this.#select = `SELECT ${names.join(', ')} FROM ${this.#table} WHERE `;
    this.#insert = `INSERT INTO ${this.#table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  }

  async findOneBy(where: Where<T>): Promise<T | null> {
    const [row] = await this.findBy(where, ' LIMIT 1');
    return row ?? null;
  }

  async findBy(where: Where<T>, limit = ''): Promise<T[]> {
    const { sql, parameters } = this.#condition(where);
    const { rows } = await this.#execute(`${this.#select}${sql}${limit}`, parameters);
    return rows.map((row) => this.rowFrom(row));
  }

  async existsBy(where: Where<T>): Promise<boolean> {
    const { sql, parameters } = this.#condition(where);
    const { rows } = await this.#execute(`SELECT 1 FROM ${this.#table} WHERE ${sql} LIMIT 1`, parameters);
    return rows.length > 0;
  }

  async countBy(where: Where<T>): Promise<number> {
    const { sql, parameters } = this.#condition(where);
    const { rows } = await this.#execute(`SELECT COUNT(*) AS n FROM ${this.#table} WHERE ${sql}`, parameters);
    return Number(rows[0]?.['n']);
  }

  async insert(row: Pick<T, keyof T>): Promise<void> {
    await this.#execute(
      this.#insert,
      [...this.#columns.values()].map(({ property, write }) => write(row[property])),
    );
  }

  /** Changes the rows; `affected` says how many they were. */
  async update(where: Where<T>, changes: Partial<T>): Promise<{ affected: number }> {
    const entries = Object.entries(changes);
    const set = entries.map(([property]) => `${this.#column(property).name} = ?`).join(', ');
    const values = entries.map(([property, value]) => this.#column(property).write(value));
    const { sql, parameters } = this.#condition(where);
    return this.#execute(`UPDATE ${this.#table} SET ${set} WHERE ${sql}`, [...values, ...parameters]);
  }

  async delete(where: Where<T>): Promise<{ affected: number }> {
    const { sql, parameters } = this.#condition(where);
    return this.#execute(`DELETE FROM ${this.#table} WHERE ${sql}`, parameters);
  }

  /** Changes rows by a statement of one's own, for columns that are computed from what they hold. */
  write(sql: string, parameters: readonly Bound[]): Promise<{ affected: number }> {
    return this.#execute(sql, parameters);
  }

  /** What a statement of one's own gives, for those that join other tables to this one. */
  async query(sql: string, parameters: readonly Bound[]): Promise<readonly RawRow[]> {
    return (await this.#execute(sql, parameters)).rows;
  }

  /** The columns of the table under an alias, and under names that tell them from those of other tables. */
  columns(alias: string): string {
    let selection = this.#selections.get(alias);
    if (selection === undefined) {
      selection = [...this.#columns.values()].map(({ name, key }) => `${alias}.${name} AS ${alias}_${key}`).join(', ');
      this.#selections.set(alias, selection);
    }
    return selection;
  }

  /** Reads what the database gave as a row; with an alias, under the names that `columns` gave it. */
  rowFrom(raw: RawRow, alias?: string): T {
    const prefix = alias === undefined ? '' : `${alias}_`;
    const row: ObjectLiteral = {};
    for (const { property, key, read } of this.#columns.values()) row[property] = read(raw[prefix + key]);
    return row as T;
  }

  #condition(where: Where<T>): Condition {
    const parts = Object.entries(where).map(([property, wanted]) => condition(this.#column(property), wanted));
    return {
      sql: parts.map(({ sql }) => sql).join(' AND '),
      parameters: parts.flatMap(({ parameters }) => parameters),
    };
  }

  #column(property: string): PreparedColumn {
    const column = this.#columns.get(property);
    if (column === undefined) throw new Error(`${this.#table} has no ${property}`);
    return column;
  }

  #execute(sql: string, parameters: readonly Bound[]): Promise<Executed> {
    return this.#database.execute(sql, parameters);
  }
}

function condition({ name, write }: PreparedColumn, wanted: unknown): Condition {
  if (!(wanted instanceof FindOperator)) return { sql: `${name} = ?`, parameters: [write(wanted)] };
  if (wanted.type === 'isNull') return { sql: `${name} IS NULL`, parameters: [] };
  if (wanted.type === 'not' && wanted.child?.type === 'isNull') return { sql: `${name} IS NOT NULL`, parameters: [] };
  const comparison = COMPARISONS[wanted.type];
  if (comparison === undefined) throw new Error(`${wanted.type} is not for prepared statements`);
  return { sql: `${name} ${comparison} ?`, parameters: [write(wanted.value)] };
}
