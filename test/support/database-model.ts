import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { openDatabase } from '#platform/database/index.js';
import { SystemClock, SystemRandom } from '#platform/crypto/index.js';
import { ENTITIES, MIGRATIONS } from '../../src/schema.js';
import { makeDatabase } from './databases.js';

const SCHEMA = { entities: ENTITIES, migrations: MIGRATIONS };

/** What migrations make of an empty database. */
export interface DatabaseModel {
  /** Rows that the migrations wrote, by table. */
  readonly rows: Readonly<Record<string, readonly RowDataPacket[]>>;
  /** Make the tables at once. */
  readonly statements: readonly string[];
}

/** The model that the test run has made of a server. */
export function databaseModel(server: string): DatabaseModel {
  return JSON.parse(readFileSync(placeOf(server), 'utf8')) as DatabaseModel;
}

/** Makes the model of a server, once for a whole test run, as migrating takes long there; what it answers forgets it. */
export async function makeModel(server: string): Promise<() => void> {
  const place = placeOf(server);
  writeFileSync(place, JSON.stringify(await model(server)));
  return () => {
    rmSync(place, { force: true });
  };
}

function placeOf(server: string): string {
  const { hostname, port } = new URL(server);
  return join(tmpdir(), `gatehouse-model-${process.env['TEST_RUN'] ?? 'alone'}-${hostname}-${port}.json`);
}

/** Migrates once, and reads what came of it. */
async function model(server: string): Promise<DatabaseModel> {
  const { url, drop } = await makeDatabase(server);
  const clock = new SystemClock();
  const opened = await openDatabase({ url, migrateOnStart: true }, SCHEMA, clock, new SystemRandom(clock));
  await opened.dataSource.destroy();
  const read = await connected(url, async (connection) => {
    const tables = await tablesOf(connection);
    const rows: Record<string, readonly RowDataPacket[]> = {};
    const statements: string[] = [];
    for (const table of tables) {
      const [shown] = await connection.query<RowDataPacket[]>('SHOW CREATE TABLE ??', [table]);
      statements.push(String(shown[0]?.['Create Table']));
      const [found] = await connection.query<RowDataPacket[]>('SELECT * FROM ??', [table]);
      // Who held a lease while it was made holds none in a copy, whose clock may be behind.
      if (found.length > 0 && table !== 'lease') rows[table] = found;
    }
    return { rows, statements };
  });
  await drop();
  return read;
}

async function tablesOf(connection: Connection): Promise<string[]> {
  const [found] = await connection.query<RowDataPacket[]>('SHOW TABLES');
  return found.map((row) => String(Object.values(row)[0])).sort();
}

/** Works on a connection of its own. */
export async function connected<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
