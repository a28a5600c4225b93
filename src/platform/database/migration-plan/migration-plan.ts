import type { DataSource, QueryRunner } from 'typeorm';
import { AlterProbe } from './alter-probe.js';
import { isHeavy, type MigrationLimits, secondsOf } from './burden.js';
import { changeOfFile, type Change, type Work } from './change.js';
import { type RecordedStatement, StatementRecorder } from './recorded-statements.js';
import { subjectOf, type Subject } from './statement-subject.js';
import { sizeOfTable } from './table-amount.js';

/** A statement that migrating would run on this database, and what it costs here. */
export interface PlannedStatement extends RecordedStatement {
  readonly table: string;
  readonly work: Work;
  /** The MySQL family's own word for how it changes a table. */
  readonly algorithm?: 'INSTANT' | 'INPLACE' | 'COPY';
  /** Whether the server said so, or only the rules by which servers work. */
  readonly askedServer: boolean;
  /** Whether writing to the table waits meanwhile. */
  readonly locks: boolean;
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Beyond the limits: not run unless told so. */
  readonly heavy: boolean;
}

type Judged = Change & { readonly askedServer: boolean };

const ALGORITHMS: Partial<Record<Work, PlannedStatement['algorithm']>> = {
  instant: 'INSTANT',
  'in-place': 'INPLACE',
  copy: 'COPY',
};

/** What migrations of these names would run on this database, without running it. */
export async function planOf(
  dataSource: DataSource,
  names: readonly string[],
  limits: MigrationLimits,
): Promise<readonly PlannedStatement[]> {
  const recorded = await new StatementRecorder(dataSource).statementsOf(names);
  const queryRunner = dataSource.createQueryRunner();
  try {
    return await new Planner(queryRunner, limits).judge(recorded);
  } finally {
    await queryRunner.release();
  }
}

class Planner {
  readonly #made = new Set<string>();
  readonly #probe: AlterProbe | undefined;

  constructor(
    private readonly queryRunner: QueryRunner,
    private readonly limits: MigrationLimits,
  ) {
    const isFile = queryRunner.dataSource.options.type === 'better-sqlite3';
    this.#probe = isFile ? undefined : new AlterProbe(queryRunner);
  }

  async judge(recorded: readonly RecordedStatement[]): Promise<readonly PlannedStatement[]> {
    const planned: PlannedStatement[] = [];
    try {
      for (const statement of recorded) planned.push(await this.#planned(statement));
    } finally {
      await this.#probe?.end();
    }
    return planned;
  }

  async #planned(statement: RecordedStatement): Promise<PlannedStatement> {
    const subject = subjectOf(statement.sql);
    if (subject === undefined) throw new Error(`a plan cannot tell what this statement does: ${statement.sql}`);
    if (subject.verb === 'create-table') this.#made.add(subject.table);
    // Rows that are copied belong to where they come from.
    const table = subject.from ?? subject.table;
    const judged = await this.#judged(statement.sql, { ...subject, table });
    // The embedded database does not say whose an index is, and takes one away at once.
    const isUntouched = judged.work === 'new-table' || subject.verb === 'drop-index';
    const { rows, bytes } = isUntouched ? { rows: 0, bytes: 0 } : await sizeOfTable(this.queryRunner, table);
    const amount = { rows, bytes, times: statement.times };
    const algorithm = this.#probe === undefined ? undefined : ALGORITHMS[judged.work];
    return {
      ...statement,
      ...judged,
      ...(algorithm === undefined ? {} : { algorithm }),
      table,
      rows,
      bytes,
      seconds: secondsOf(judged, amount),
      heavy: isHeavy(judged, amount, this.limits),
    };
  }

  async #judged(sql: string, subject: Subject): Promise<Judged> {
    const { verb, table } = subject;
    if (this.#made.has(table)) return { work: 'new-table', locks: false, askedServer: false };
    if (verb === 'read') return { work: 'read', locks: false, askedServer: false };
    if (verb === 'insert' && subject.from === undefined) return { work: 'one-row', locks: false, askedServer: false };
    if (verb === 'insert') return { work: 'copy', locks: true, askedServer: false };
    if (verb === 'update' || verb === 'delete') return { work: 'rows', locks: true, askedServer: false };
    if (verb === 'drop-table') return { work: 'instant', locks: true, askedServer: false };
    if (this.#probe === undefined) return { ...changeOfFile(sql, verb), askedServer: false };
    return this.#probe.changeOf(sql, subject);
  }
}
