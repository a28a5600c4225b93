import type { DataSource, ObjectLiteral, QueryResult } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { IsolationLevel } from 'typeorm/driver/types/IsolationLevel.js';
import type { SqliteDatabase } from './sqlite-database.js';
import type { Bound, Executed, RawRow } from './statement.js';
import { told } from './statement-channel.js';
import { Turnstile } from './turnstile.js';

const SYSTEM = 'sqlite';

/**
 * SQLite has one connection, and TypeORM one query runner for it, so that overlapping requests would share a
 * transaction. Here each unit of work has its own runner, and holds the connection until its transaction ends.
 */
export class SerialQueryRunner extends BetterSqlite3QueryRunner {
  #holds = false;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly turnstile: Turnstile,
  ) {
    super(driver);
  }

  override query(sql: string, parameters: unknown[] | undefined, structured: true): Promise<QueryResult>;
  override query<T>(sql: string, parameters?: unknown[] | ObjectLiteral, structured?: boolean): Promise<T>;
  override query(sql: string, parameters?: unknown[] | ObjectLiteral, structured?: boolean): Promise<unknown> {
    return told({ sql, system: SYSTEM }, () => this.#query(sql, parameters, structured));
  }

  /** Runs a prepared statement when it is its turn, without what TypeORM adds. */
  execute(sql: string, parameters: readonly Bound[]): Promise<Executed> {
    return told({ sql, system: SYSTEM }, () => this.#inTurn(sql, parameters));
  }

  override async startTransaction(isolationLevel?: IsolationLevel): Promise<void> {
    if (this.#holds) return super.startTransaction(isolationLevel);
    await this.turnstile.acquire();
    this.#holds = true;
    try {
      await super.startTransaction(isolationLevel);
    } catch (error) {
      this.isTransactionActive = false;
      this.#letGo();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (!this.isTransactionActive) this.#letGo();
  }

  override async rollbackTransaction(): Promise<void> {
    await super.rollbackTransaction();
    if (!this.isTransactionActive) this.#letGo();
  }

  /** SQLite may have rolled back by itself (a full disk); then our ROLLBACK failed and the connection is free. */
  override async release(): Promise<void> {
    if (this.#holds) this.#abandon();
    await super.release();
    this.isReleased = true;
  }

  async #query(sql: string, parameters?: unknown[] | ObjectLiteral, structured?: boolean): Promise<unknown> {
    if (this.#holds) return (await super.query(immediate(sql), parameters, structured)) as unknown;
    await this.turnstile.acquire();
    try {
      return (await super.query(sql, parameters, structured)) as unknown;
    } finally {
      this.turnstile.release();
    }
  }

  async #inTurn(sql: string, parameters: readonly Bound[]): Promise<Executed> {
    if (this.#holds) return this.#execute(sql, parameters);
    await this.turnstile.acquire();
    try {
      return this.#execute(sql, parameters);
    } finally {
      this.turnstile.release();
    }
  }

  #execute(sql: string, parameters: readonly Bound[]): Executed {
    const statement = (this.driver.databaseConnection as SqliteDatabase).prepare(sql);
    if (statement.reader) return { rows: statement.all(...parameters) as RawRow[], affected: 0 };
    return { rows: [], affected: statement.run(...parameters).changes };
  }

  #abandon(): void {
    const connection = this.driver.databaseConnection as { inTransaction?: boolean; exec(sql: string): void };
    if (connection.inTransaction === true) connection.exec('ROLLBACK');
    this.isTransactionActive = false;
    this.#letGo();
  }

  #letGo(): void {
    this.#holds = false;
    this.turnstile.release();
  }
}

/** Gives every unit of work on an embedded database a runner of its own; other databases have a pool. */
export function serialised(dataSource: DataSource): DataSource {
  const { driver } = dataSource;
  if (!isSqlite(driver)) return dataSource;
  const turnstile = new Turnstile();
  driver.createQueryRunner = () => new SerialQueryRunner(driver, turnstile);
  return dataSource;
}

function isSqlite(driver: DataSource['driver']): driver is BetterSqlite3Driver {
  return driver.options.type === 'better-sqlite3';
}

/** A deferred BEGIN reads first and may then be refused the write lock; an immediate one waits for it. */
function immediate(sql: string): string {
  return sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql;
}
