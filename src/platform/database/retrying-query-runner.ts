import type { PoolConnection } from 'mysql2';
import { QueryRunnerAlreadyReleasedError, type DataSource, type ObjectLiteral, type QueryResult } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import { retrying } from './retrying.js';

/** They bind nothing and give nothing, and what TypeORM does around a statement costs more than they do. */
const BOUNDARIES: ReadonlySet<string> = new Set(['START TRANSACTION', 'COMMIT', 'ROLLBACK']);

/** Runs a statement again that is no part of a transaction and was refused in favour of another's. */
class RetryingQueryRunner extends MysqlQueryRunner {
  override query(sql: string, parameters: unknown[] | undefined, structured: true): Promise<QueryResult>;
  override query<T>(sql: string, parameters?: unknown[] | ObjectLiteral, structured?: boolean): Promise<T>;
  override query(sql: string, parameters?: unknown[] | ObjectLiteral, structured?: boolean): Promise<unknown> {
    if (BOUNDARIES.has(sql)) return this.#cross(sql);
    const once = (): Promise<unknown> => super.query(sql, parameters, structured);
    return this.isTransactionActive ? once() : retrying(once);
  }

  /** Begins or ends a transaction; after the end of its connection there is none to end. */
  async #cross(boundary: string): Promise<void> {
    if (this.isReleased) throw new QueryRunnerAlreadyReleasedError();
    const connection = (await this.connect()) as PoolConnection;
    this.driver.dataSource.logger.logQuery(boundary, undefined, this);
    await new Promise<void>((resolve, reject) => {
      connection.query(boundary, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
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
