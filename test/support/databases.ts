import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';

/** An empty database that a test file has for itself. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
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
  const name = `${namesOfRun(process.env['TEST_RUN'] ?? 'alone')}${randomBytes(6).toString('hex')}`;
  await onServer(url, `CREATE DATABASE ${name} CHARACTER SET ${characterSet}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    await onServer(url, `DROP DATABASE ${name}`);
  };
  return { url: own.href, drop };
}

/** Drops what a test run has left on a server. */
export async function dropDatabases(url: string, run: string): Promise<void> {
  if (url.startsWith('sqlite:')) return;
  const found = await onServer(url, `SHOW DATABASES LIKE '${namesOfRun(run)}%'`);
  for (const row of found) await onServer(url, `DROP DATABASE IF EXISTS ${String(Object.values(row)[0])}`);
}

function namesOfRun(run: string): string {
  return `gatehouse_test_${run}_`;
}

async function onServer(url: string, sql: string): Promise<readonly object[]> {
  const { hostname, port, username, password } = new URL(url);
  const connection = await createConnection({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  });
  try {
    const [found] = await connection.query(sql);
    return Array.isArray(found) ? found : [];
  } finally {
    await connection.end();
  }
}
