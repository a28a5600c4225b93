import type { DataSource, QueryRunner, ReplicationMode } from 'typeorm';
import { STATEMENTS, told } from './statement-channel.js';

/** Lets query runners of a server tell of their statements; those of the embedded database do by themselves. */
export function telling(dataSource: DataSource): DataSource {
  const { driver, options } = dataSource;
  if (options.type === 'better-sqlite3') return dataSource;
  const create = driver.createQueryRunner.bind(driver);
  driver.createQueryRunner = (mode: ReplicationMode) => {
    const queryRunner = create(mode);
    // Nobody begins to listen in the middle of a unit of work that matters.
    return STATEMENTS.hasSubscribers ? tellingOf(queryRunner, options.type) : queryRunner;
  };
  return dataSource;
}

function tellingOf(queryRunner: QueryRunner, system: string): QueryRunner {
  const ask = queryRunner.query.bind(queryRunner);
  const query = (sql: string, parameters?: unknown[], structured?: true): Promise<unknown> =>
    told({ sql, system }, () => (structured === true ? ask(sql, parameters, true) : ask(sql, parameters)));
  return Object.assign(queryRunner, { query });
}
