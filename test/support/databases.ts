import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';

/** An empty database that a test file has for itself. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** The databases under test: TEST_DATABASES, comma separated; the embedded one when nothing is said. */
export function testDatabases(): readonly string[] {
  const listed = (process.env['TEST_DATABASES'] ?? '').split(',').map((url) => url.trim());
  const urls = listed.filter((url) => url !== '');
  return urls.length > 0 ? urls : ['sqlite::memory:'];
}

/** The kind of database a URL speaks of, for the titles of tests. */
export function databaseKind(url: string): string {
  return url.slice(0, url.indexOf(':'));
}

/** Makes an empty database: a schema of its own on a server, nothing to make in memory. */
export async function makeDatabase(url: string, characterSet = 'utf8mb4'): Promise<TestDatabase> {
  if (url.startsWith('sqlite:')) return { url, drop: () => Promise.resolve() };
  const name = `gatehouse_test_${randomBytes(6).toString('hex')}`;
  await onServer(url, `CREATE DATABASE ${name} CHARACTER SET ${characterSet}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => onServer(url, `DROP DATABASE ${name}`) };
}

async function onServer(url: string, sql: string): Promise<void> {
  const { hostname, port, username, password } = new URL(url);
  const connection = await createConnection({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
