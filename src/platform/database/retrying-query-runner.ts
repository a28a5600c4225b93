import type { DataSource, ObjectLiteral, QueryResult } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import { retrying } from './retrying.js';

/** Runs a statement again that is no part of a transaction and was refused in favour of another's. */
class RetryingQueryRunner extends MysqlQueryRunner {
  override query(sql: string, parameters: unknown[] | undefined, structured: true): Promise<QueryResult>;
  override query<T>(sql: string, parameters?: unknown[] | ObjectLiteral, structured?: boolean): Promise<T>;
  override query(sql: string, parameters?: unknown[] | ObjectLiteral, structured?: boolean): Promise<unknown> {
    const once = (): Promise<unknown> => super.query(sql, parameters, structured);
    return this.isTransactionActive ? once() : retrying(once);
  }
}

/** Lets lone statements on a server be run again, as `Transactions` does with units of work. */
export function repeatable(dataSource: DataSource): DataSource {
  const { driver } = dataSource;
  if (isServer(driver)) driver.createQueryRunner = (mode) => new RetryingQueryRunner(driver, mode);
  return dataSource;
}

function isServer(driver: DataSource['driver']): driver is MysqlDriver {
  return ['mysql', 'mariadb'].includes(driver.options.type);
}
