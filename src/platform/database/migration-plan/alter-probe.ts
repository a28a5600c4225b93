import { QueryFailedError, type QueryRunner } from 'typeorm';
import type { Change } from './change.js';
import { changeByRules } from './change.js';
import { onTable, type Subject } from './statement-subject.js';

/** How a server of the MySQL family is asked, in the order of what holds others up least. */
const ATTEMPTS: readonly (Change & { readonly clauses: readonly string[] })[] = [
  { work: 'instant', locks: false, clauses: ['ALGORITHM=INSTANT'] },
  { work: 'in-place', locks: false, clauses: ['ALGORITHM=INPLACE', 'LOCK=NONE'] },
  { work: 'in-place', locks: true, clauses: ['ALGORITHM=INPLACE'] },
];
const COPY = { clauses: ['ALGORITHM=COPY'] };

/** ER_ALTER_OPERATION_NOT_SUPPORTED, the same with its reason, ER_INNODB_MAX_ROW_VERSION. */
const NOT_THIS_WAY: ReadonlySet<unknown> = new Set([1845, 1846, 4092]);

/** Denied to this user, or to everybody on a server that is read only. */
const NOT_ALLOWED: ReadonlySet<unknown> = new Set([1044, 1142, 1227, 1290, 1792]);

/**
 * Asks a server how it would change a table, by changing an empty table of the same structure, which is gone
 * afterwards. Foreign keys are no part of the structure, and a table that has seen 64 instant changes on MySQL is copied
 * all the same.
 */
export class AlterProbe {
  readonly #copies = new Map<string, string>();
  readonly #prefix = `plan_${process.pid}_${Date.now()}`;
  #mayAsk = true;

  constructor(private readonly queryRunner: QueryRunner) {}

  /** How the server changes the table, or how the rules say it would where this user may not try. */
  async changeOf(sql: string, { verb, table }: Subject): Promise<Change & { readonly askedServer: boolean }> {
    try {
      if (this.#mayAsk) return { ...(await this.#try(sql, verb, table)), askedServer: true };
    } catch (error) {
      if (!NOT_ALLOWED.has(errnoOf(error))) throw error;
      this.#mayAsk = false;
    }
    return { ...changeByRules(sql, verb), askedServer: false };
  }

  /** Takes the empty tables away. */
  async end(): Promise<void> {
    for (const copy of this.#copies.values()) await this.queryRunner.query(`DROP TABLE IF EXISTS ${copy}`);
    this.#copies.clear();
  }

  async #try(sql: string, verb: Subject['verb'], table: string): Promise<Change> {
    const statement = onTable(sql, await this.#copyOf(table));
    // MySQL knows no instant index.
    const attempts = verb === 'alter-table' ? ATTEMPTS : ATTEMPTS.slice(1);
    for (const { clauses, ...change } of attempts) {
      if (await this.#works(statement, verb, clauses)) return change;
    }
    await this.queryRunner.query(withClauses(statement, verb, COPY.clauses));
    return { work: 'copy', locks: true };
  }

  async #works(statement: string, verb: Subject['verb'], clauses: readonly string[]): Promise<boolean> {
    try {
      await this.queryRunner.query(withClauses(statement, verb, clauses));
      return true;
    } catch (error) {
      if (NOT_THIS_WAY.has(errnoOf(error))) return false;
      throw error;
    }
  }

  /** The copy sees every statement of the plan, so that a later one finds what an earlier one has made. */
  async #copyOf(table: string): Promise<string> {
    let copy = this.#copies.get(table);
    if (copy === undefined) {
      copy = this.queryRunner.dataSource.driver.escape(`${this.#prefix}_${this.#copies.size}`);
      await this.queryRunner.query(`CREATE TABLE ${copy} LIKE ${this.queryRunner.dataSource.driver.escape(table)}`);
      this.#copies.set(table, copy);
    }
    return copy;
  }
}

function withClauses(sql: string, verb: Subject['verb'], clauses: readonly string[]): string {
  return verb === 'alter-table' ? [sql, ...clauses].join(', ') : [sql, ...clauses].join(' ');
}

function errnoOf(error: unknown): unknown {
  return error instanceof QueryFailedError ? (error.driverError as { errno?: unknown }).errno : undefined;
}
