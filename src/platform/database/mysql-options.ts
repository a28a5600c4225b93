import type * as Mysql from 'mysql2';
import type { DataSourceOptions } from 'typeorm';

interface Credentials {
  host: string;
  port: number;
  username: string;
  password: string;
  database: string;
}

const DEFAULT_PORT = 3306;
const POOL_SIZE = 20;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Said once on each new connection: what each transaction would otherwise have to say, never to cut a value that is
 * too long, and not to wait 50 seconds for a lock.
 */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = 5",
];

/** TypeORM's options for `mysql://…` and `mariadb://…`. */
export async function mysqlOptions(url: string): Promise<DataSourceOptions> {
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
    driver: { ...mysql, createPool: (options: Mysql.PoolOptions) => preparedPool(mysql, options) },
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

function preparedPool(mysql: typeof Mysql, options: Mysql.PoolOptions): Mysql.Pool {
  const pool = mysql.createPool(options);
  pool.on('connection', (connection: Mysql.PoolConnection) => {
    for (const statement of SESSION) {
      // Queued before the first statement of whoever gets the connection; one that refuses is of no use.
      connection.query(statement, (error) => {
        if (error) connection.destroy();
      });
    }
  });
  return pool;
}
