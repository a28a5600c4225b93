import { QueryResult, type DataSource, type QueryRunner } from 'typeorm';
import { subjectOf } from './statement-subject.js';

/** A statement that a migration would run, and how often in a row. */
export interface RecordedStatement {
  readonly migration: string;
  readonly sql: string;
  readonly times: number;
}

const READS = /^\s*(?:SELECT|SHOW|PRAGMA\s+[^=]*$)/i;
const OF_THE_SCHEMA = /\bFROM\s+[`"]?(?:information_schema|sqlite_master|sqlite_schema)\b/i;

/**
 * Lets migrations run on this database without changing it: what they read is read, what they would write is written
 * down. So a migration reads nothing that only a pending one makes, except a whole table, which is then empty.
 */
export class StatementRecorder {
  readonly #recorded: { migration: string; sql: string; times: number }[] = [];
  readonly #made = new Set<string>();

  constructor(private readonly dataSource: DataSource) {}

  /** What the migrations of these names would run, in their order. */
  async statementsOf(names: readonly string[]): Promise<readonly RecordedStatement[]> {
    const wanted = new Set(names);
    for (const migration of this.dataSource.migrations) {
      const name = migration.name ?? migration.constructor.name;
      if (!wanted.has(name)) continue;
      const queryRunner = this.#recording(name);
      try {
        await migration.up(queryRunner);
      } finally {
        await queryRunner.release();
      }
    }
    return this.#recorded;
  }

  #recording(migration: string): QueryRunner {
    const queryRunner = this.dataSource.createQueryRunner();
    const read = queryRunner.query.bind(queryRunner);
    const query = async (sql: string, parameters?: unknown[], structured?: boolean): Promise<unknown> => {
      if (READS.test(sql)) {
        if (isAboutSchema(sql)) return answer(await read(sql, parameters), structured);
        this.#record(migration, sql);
        return answer(this.#made.has(subjectOf(sql)?.table ?? '') ? [] : await read(sql, parameters), structured);
      }
      this.#record(migration, sql);
      return answer([], structured);
    };
    return Object.assign(queryRunner, { query });
  }

  #record(migration: string, sql: string): void {
    const subject = subjectOf(sql);
    if (subject?.verb === 'create-table') this.#made.add(subject.table);
    const last = this.#recorded.at(-1);
    if (last?.migration === migration && last.sql === sql) last.times += 1;
    else this.#recorded.push({ migration, sql, times: 1 });
  }
}

/** Says whether a statement only asks what the schema looks like. */
export function isAboutSchema(sql: string): boolean {
  return READS.test(sql) && (OF_THE_SCHEMA.test(sql) || subjectOf(sql) === undefined);
}

function answer(raw: unknown, structured: boolean | undefined): unknown {
  if (structured !== true) return raw;
  const result = new QueryResult();
  result.raw = raw;
  if (Array.isArray(raw)) result.records = raw;
  return result;
}
