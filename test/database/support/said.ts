import type { DataSource } from 'typeorm';

const NOT_OF_MIGRATIONS = /^\s*(?:START|BEGIN|COMMIT|ROLLBACK)\b|[`"]migrations[`"]/i;

/** Writes down what a database is asked while the work lasts, without what begins and ends transactions. */
export async function saidBy(dataSource: DataSource, work: () => Promise<unknown>): Promise<readonly string[]> {
  const said: string[] = [];
  const before = dataSource.logger;
  dataSource.logger = {
    logQuery: (sql: string) => {
      if (!NOT_OF_MIGRATIONS.test(sql)) said.push(sql);
    },
    logQueryError: () => undefined,
    logQuerySlow: () => undefined,
    logSchemaBuild: () => undefined,
    logMigration: () => undefined,
    log: () => undefined,
  };
  try {
    await work();
  } finally {
    dataSource.logger = before;
  }
  return said;
}
