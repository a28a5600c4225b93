import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { findDatabaseServer } from './processes.mjs';

/** An empty database for one run: its URL, the process that serves it, and how to remove it. */
export async function makeDatabase(kind, { folder, serverUrl }) {
  if (kind === 'sqlite') {
    return {
      kind,
      url: `sqlite:${join(folder, 'bench.sqlite')}`,
      description: 'embedded',
      drop: () => Promise.resolve(),
    };
  }
  const name = `gatehouse_bench_${randomBytes(6).toString('hex')}`;
  const server = await connect(serverUrl);
  const [[{ version }]] = await server.query('SELECT VERSION() AS version');
  const [[{ flush }]] = await server.query('SELECT @@innodb_flush_log_at_trx_commit AS flush');
  await server.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  await server.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const drop = async () => {
    const connection = await connect(serverUrl);
    await connection.query(`DROP DATABASE ${name}`);
    await connection.end();
  };
  const local = ['127.0.0.1', 'localhost'].includes(url.hostname);
  const description = `${version}, innodb_flush_log_at_trx_commit=${flush}`;
  return { kind, url: url.href, description, pid: local ? findDatabaseServer() : undefined, drop };
}

/** Whether a database server lets us in. */
export async function isReachable(serverUrl) {
  try {
    const connection = await connect(serverUrl);
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

function connect(serverUrl) {
  const { hostname, port, username, password } = new URL(serverUrl);
  return createConnection({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  });
}
