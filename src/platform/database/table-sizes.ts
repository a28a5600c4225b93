import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Database } from './database.js';
import type { RawRow } from './statement.js';

/** What a table takes. */
export interface TableSize {
  readonly rows: number;
  /** False for what the statistics of the server say. */
  readonly exact: boolean;
  readonly dataBytes: number;
  readonly indexBytes: number;
}

const OF_SERVER = `SELECT TABLE_NAME AS name, TABLE_ROWS AS total, DATA_LENGTH AS data, INDEX_LENGTH AS indexes
FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`;

/** The pages of a table and those of its indexes, whatever is free in them. */
const OF_FILE = `SELECT s.tbl_name AS name,
SUM(CASE s.type WHEN 'table' THEN d.pgsize ELSE 0 END) AS data,
SUM(CASE s.type WHEN 'index' THEN d.pgsize ELSE 0 END) AS indexes
FROM dbstat d JOIN sqlite_schema s ON s.name = d.name WHERE d.aggregate = TRUE GROUP BY s.tbl_name`;

/** Tells operators what tables take: by the statistics of a server, by counting in the embedded database. */
export class TableSizes {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The sizes of tables, by their names. */
  async of(entities: readonly EntityTarget<ObjectLiteral>[]): Promise<ReadonlyMap<string, TableSize>> {
    const { dataSource } = this.#database;
    const ofFile = dataSource.options.type === 'better-sqlite3';
    const { rows: measured } = await this.#database.execute(ofFile ? OF_FILE : OF_SERVER, []);
    const byName = new Map(measured.map((row) => [String(row['name']), row]));
    const sizes = new Map<string, TableSize>();
    for (const entity of entities) {
      const name = dataSource.getMetadata(entity).tableName;
      const row = byName.get(name);
      const rows = ofFile ? await this.#database.rows(entity).count() : numberIn(row, 'total');
      const [dataBytes, indexBytes] = [numberIn(row, 'data'), numberIn(row, 'indexes')];
      sizes.set(name, { rows, exact: ofFile, dataBytes, indexBytes });
    }
    return sizes;
  }

  /** When the row of a table ran out that should have gone first; nothing when none has run out. */
  async oldestExpired(entity: EntityTarget<ObjectLiteral>, now: Date): Promise<Date | undefined> {
    const found = await this.#database
      .rows(entity)
      .createQueryBuilder('row')
      .select('MIN(row.expiresAt)', 'oldest')
      .where('row.expiresAt <= :now', { now: now.getTime() })
      .getRawOne<{ oldest: number | string | null }>();
    const oldest = found?.oldest ?? null;
    return oldest === null ? undefined : new Date(Number(oldest));
  }
}

function numberIn(row: RawRow | undefined, name: string): number {
  return Number(row?.[name] ?? 0);
}
