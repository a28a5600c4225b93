import type * as Mysql from 'mysql2';
import type { DataSourceOptions } from 'typeorm';
import { bounded, type Patience, type PoolBounds } from './bounded-pool.js';

interface Credentials {
  host: string;
  port: number;
  username: string;
  password: string;
  database: string;
}

const DEFAULT_PORT = 3306;
const POOL_SIZE = 20;
const CONNECT_TIMEOUT_MS = 5_000;
const LOCK_WAIT_SECONDS = 5;

/** Of 20 connections each: a server keeps 16,382 for all processes together, by its default. */
const PREPARED_STATEMENTS = 250;

/** Silence is longer than a lock is waited for, as the server says nothing until then. */
const BOUNDS: PoolBounds = { places: POOL_SIZE, longestQueue: 1000, stallMs: 2000, silenceMs: 8000 };

/**
 * Said once on each new connection: what each transaction would otherwise have to say, never to cut a value that is
 * too long, and not to wait 50 seconds for a lock.
 */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
];

/**
 * A Galera node may lag behind what another one has just committed. It is told to catch up before whatever looks at
 * rows: 1 reads and the start of a transaction, 2 conditional updates and deletions, 4 insertions, whose foreign keys
 * look at their parents. Inside a transaction nothing waits again.
 */
const CATCH_UP = 'SET SESSION wsrep_sync_wait = IF(@@wsrep_on, 7, 0)';
const ER_UNKNOWN_SYSTEM_VARIABLE = 1193;

/** TypeORM's options for `mysql://…` and `mariadb://…`. */
export async function mysqlOptions(url: string, patience: Patience): Promise<DataSourceOptions> {
  const mysql = await import('mysql2');
  const address = new URL(url);
  const credentials: Credentials = {
    host: address.hostname.replace(/^\[|\]$/g, ''),
    port: Number(address.port || DEFAULT_PORT),
    username: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: decodeURIComponent(address.pathname.slice(1)),
  };
  return {
    type: address.protocol === 'mariadb:' ? 'mariadb' : await flavour(mysql, credentials),
    ...credentials,
    driver: { ...mysql, createPool: (options: Mysql.PoolOptions) => preparedPool(mysql, options, patience) },
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    poolSize: POOL_SIZE,
  };
}

/** The two describe their columns differently, and TypeORM must know which it compares the entities with. */
async function flavour(mysql: typeof Mysql, credentials: Credentials): Promise<'mysql' | 'mariadb'> {
  const { username: user, ...address } = credentials;
  const connection = mysql.createConnection({ ...address, user, connectTimeout: CONNECT_TIMEOUT_MS }).promise();
  try {
    const [rows] = await connection.query<Mysql.RowDataPacket[]>('SELECT VERSION() AS version');
    return /mariadb/i.test(String(rows[0]?.['version'])) ? 'mariadb' : 'mysql';
  } finally {
    connection.destroy();
  }
}

function preparedPool(mysql: typeof Mysql, options: Mysql.PoolOptions, patience: Patience): Mysql.Pool {
  const pool = mysql.createPool({ ...options, maxPreparedStatements: PREPARED_STATEMENTS });
  pool.on('connection', (connection: Mysql.PoolConnection) => {
    // Queued before the first statement of whoever gets the connection; one that refuses is of no use.
    for (const statement of SESSION) {
      connection.query(statement, (error) => {
        if (error) connection.destroy();
      });
    }
    connection.query(CATCH_UP, (error) => {
      if (error !== null && error.errno !== ER_UNKNOWN_SYSTEM_VARIABLE) connection.destroy();
    });
  });
  return bounded(pool, BOUNDS, patience);
}
