import { DatabaseSync } from '@photostructure/sqlite';

type Statement = ReturnType<InstanceType<typeof DatabaseSync>['prepare']>;
type Value = string | number | bigint | null | Uint8Array;

/** What TypeORM's driver asks of a prepared statement. */
export interface PreparedStatement {
  readonly reader: boolean;
  all(...parameters: unknown[]): object[];
  run(...parameters: unknown[]): { changes: number; lastInsertRowid: number | bigint };
}

interface OpenOptions {
  readonly?: boolean;
  timeout?: number;
}

const KEPT_STATEMENTS = 500;

/** SQLite's extended result codes under the names that better-sqlite3 gives them. */
const CODES: ReadonlyMap<unknown, string> = new Map([
  [5, 'SQLITE_BUSY'],
  [517, 'SQLITE_BUSY_SNAPSHOT'],
  [787, 'SQLITE_CONSTRAINT_FOREIGNKEY'],
  [1299, 'SQLITE_CONSTRAINT_NOTNULL'],
  [1555, 'SQLITE_CONSTRAINT_PRIMARYKEY'],
  [2067, 'SQLITE_CONSTRAINT_UNIQUE'],
]);

/** The embedded database with the face of better-sqlite3, which is what TypeORM's driver speaks to. */
export class SqliteDatabase {
  readonly #connection: InstanceType<typeof DatabaseSync>;
  readonly #statements = new Map<string, PreparedStatement>();

  constructor(file: string, options: OpenOptions = {}) {
    this.#connection = new DatabaseSync(file, {
      readOnly: options.readonly === true,
      timeout: options.timeout ?? 5000,
    });
  }

  get inTransaction(): boolean {
    return this.#connection.isTransaction;
  }

  pragma(text: string): unknown[] {
    return this.#connection.prepare(`PRAGMA ${text}`).all();
  }

  exec(sql: string): void {
    this.#connection.exec(sql);
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  /** Statements are kept here, for every query runner alike; the oldest makes room. */
  prepare(sql: string): PreparedStatement {
    const kept = this.#statements.get(sql);
    if (kept) return kept;
    const statement = prepared(named(() => this.#connection.prepare(sql)));
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > KEPT_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest);
    return statement;
  }
}

function prepared(statement: Statement): PreparedStatement {
  return {
    reader: statement.columns().length > 0,
    all: (...parameters) => named(() => statement.all(...parameters.map(bindable)) as object[]).map(withBuffers),
    run: (...parameters) => named(() => statement.run(...parameters.map(bindable))),
  };
}

/** The driver would silently store an object or a date as NULL; here that is a mistake that shows. */
function bindable(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'bigint' || value instanceof Uint8Array) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`cannot store ${Object.prototype.toString.call(value)}`);
}

function withBuffers(row: object): object {
  for (const [name, value] of Object.entries(row) as [string, unknown][]) {
    if (value instanceof Uint8Array)
      Reflect.set(row, name, Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  }
  return row;
}

function named<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? CODES.get(error.errcode) : undefined;
    if (code !== undefined) Reflect.set(error as Error, 'code', code);
    throw error;
  }
}
