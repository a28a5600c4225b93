import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2';
import type { DataSource, QueryRunner } from 'typeorm';
import { SerialQueryRunner } from './serial-query-runner.js';
import { told } from './statement-channel.js';
import type { Bound, Executed } from './statement.js';

type Outcome = ResultSetHeader | RowDataPacket[];

/**
 * Runs a statement that the database prepares once and keeps, without the ORM between, whose work on a short statement
 * costs more than the statement. In `current` if there is a transaction.
 */
export async function executePrepared(
  dataSource: DataSource,
  current: QueryRunner | undefined,
  sql: string,
  parameters: readonly Bound[],
): Promise<Executed> {
  if (current?.isReleased === true) throw new Error('a statement of a transaction came after its end');
  dataSource.logger.logQuery(sql, [...parameters], current);
  const { type } = dataSource.options;
  if (type !== 'better-sqlite3')
    return told({ sql, system: type }, () => executeOnServer(dataSource, current, sql, [...parameters]));
  const runner = current ?? dataSource.createQueryRunner();
  if (runner instanceof SerialQueryRunner) return runner.execute(sql, parameters);
  throw new Error('the embedded database was opened without its turnstile');
}

async function executeOnServer(
  { driver }: DataSource,
  current: QueryRunner | undefined,
  sql: string,
  parameters: Bound[],
): Promise<Executed> {
  const connection = (await current?.connect()) as PoolConnection | undefined;
  const executor = connection ?? ((driver as { readonly pool?: unknown }).pool as Pool);
  const outcome = await new Promise<Outcome>((resolve, reject) => {
    executor.execute<Outcome>(sql, parameters, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
  return Array.isArray(outcome) ? { rows: outcome, affected: 0 } : { rows: [], affected: outcome.affectedRows };
}
