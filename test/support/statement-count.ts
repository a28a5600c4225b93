import { Database } from '#platform/database/index.js';
import { Explanations } from '#explanations/index.js';
import { Gatherings } from '#platform/jobs/index.js';
import type { TestService } from './start-service.js';

/** What an operation asked of the database. */
export interface Cost {
  /** Reads and writes; what begins and ends transactions is not counted. */
  readonly statements: number;
  /** How often something was made durable: ends of transactions, and writes outside of any. */
  readonly commits: number;
}

interface Runner {
  readonly isTransactionActive: boolean;
}

const CONTROL = /^(START|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET)\b/;
const WRITE = /^(INSERT|UPDATE|DELETE|REPLACE)\b/;

/** Counts what a service asks of its database, on whichever database it runs. */
export class StatementCount {
  readonly #asked: string[] = [];
  #commits = 0;

  constructor(private readonly service: TestService) {
    const { dataSource } = service.app.get(Database, { strict: false });
    dataSource.logger = {
      logQuery: (sql: string, _parameters?: unknown, runner?: Runner) => {
        this.#note(sql.trimStart(), runner?.isTransactionActive === true);
      },
      logQueryError: () => undefined,
      logQuerySlow: () => undefined,
      logSchemaBuild: () => undefined,
      logMigration: () => undefined,
      log: () => undefined,
    };
  }

  /** What the work costs; nothing else may be under way at the service. */
  async of(work: () => Promise<unknown>): Promise<Cost> {
    // What is written a moment after an earlier refusal is no part of the work.
    await this.service.app.get(Explanations, { strict: false }).flush();
    await this.service.app.get(Gatherings, { strict: false }).flush();
    this.#asked.length = 0;
    this.#commits = 0;
    await work();
    return { statements: this.#asked.length, commits: this.#commits };
  }

  /** The statements of the operation counted last, for the message of a test that fails. */
  get asked(): readonly string[] {
    return this.#asked;
  }

  #note(sql: string, inTransaction: boolean): void {
    if (sql.startsWith('COMMIT') || (!inTransaction && WRITE.test(sql))) this.#commits += 1;
    if (!CONTROL.test(sql)) this.#asked.push(sql);
  }
}
