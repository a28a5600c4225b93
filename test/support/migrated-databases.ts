import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { openDatabase } from '#platform/database/index.js';
import { SystemClock, SystemRandom } from '#platform/crypto/index.js';
import { ENTITIES, MIGRATIONS } from '../../src/schema.js';
import { makeDatabase, type TestDatabase } from './databases.js';

const SCHEMA = { entities: ENTITIES, migrations: MIGRATIONS };

/** What migrations make of an empty database. */
interface Model {
  readonly tables: readonly string[];
  /** Rows that the migrations wrote, by table. */
  readonly rows: ReadonlyMap<string, readonly RowDataPacket[]>;
  /** Make the tables at once. */
  readonly statements: readonly string[];
}

/** A database as the migrations leave it, and what is needed to bring it back to that. */
interface Migrated extends Omit<Model, 'statements'> {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** By the URL of the server, of which every process of the test run asks once. */
const models = new Map<string, Promise<Model>>();

/** What services gave back, by the URL of the server; all of it goes with the test run. */
const free = new Map<string, Migrated[]>();

/** A database with the schema and nothing in it; on a server one that was used before, as migrating takes seconds there. */
export async function aMigratedDatabase(server: string): Promise<TestDatabase> {
  if (server.startsWith('sqlite:')) return makeDatabase(server);
  const database = free.get(server)?.pop() ?? (await migrated(server));
  const giveBack = async (): Promise<void> => {
    if (await cleaned(database)) free.set(server, [...(free.get(server) ?? []), database]);
    else await database.drop();
  };
  return { url: database.url, drop: giveBack };
}

async function migrated(server: string): Promise<Migrated> {
  const known = models.get(server) ?? model(server);
  models.set(server, known);
  const { statements, ...rest } = await known;
  const { url, drop } = await makeDatabase(server);
  await connected(url, async (connection) => {
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const statement of statements) await connection.query(statement);
    await insert(connection, rest.rows);
  });
  return { url, ...rest, drop };
}

/** Migrates once, and reads what came of it. */
async function model(server: string): Promise<Model> {
  const { url, drop } = await makeDatabase(server);
  const clock = new SystemClock();
  const opened = await openDatabase({ url, migrateOnStart: true }, SCHEMA, clock, new SystemRandom(clock));
  await opened.dataSource.destroy();
  const read = await connected(url, async (connection) => {
    const tables = await tablesOf(connection);
    const rows = new Map<string, readonly RowDataPacket[]>();
    const statements: string[] = [];
    for (const table of tables) {
      const [shown] = await connection.query<RowDataPacket[]>('SHOW CREATE TABLE ??', [table]);
      statements.push(String(shown[0]?.['Create Table']));
      const [found] = await connection.query<RowDataPacket[]>('SELECT * FROM ??', [table]);
      if (found.length > 0) rows.set(table, found);
    }
    return { tables, rows, statements };
  });
  await drop();
  return read;
}

/** False when a test changed more than rows. */
function cleaned({ url, tables, rows }: Migrated): Promise<boolean> {
  return connected(url, async (connection) => {
    if ((await tablesOf(connection)).join() !== tables.join()) return false;
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const table of tables) await connection.query('DELETE FROM ??', [table]);
    await insert(connection, rows);
    return true;
  });
}

async function insert(connection: Connection, rows: Migrated['rows']): Promise<void> {
  for (const [table, found] of rows) {
    const columns = Object.keys(found[0] ?? {});
    const values = found.map((row) => columns.map((column) => row[column] as unknown));
    await connection.query('INSERT INTO ?? (??) VALUES ?', [table, columns, values]);
  }
}

async function tablesOf(connection: Connection): Promise<string[]> {
  const [found] = await connection.query<RowDataPacket[]>('SHOW TABLES');
  return found.map((row) => String(Object.values(row)[0])).sort();
}

async function connected<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
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
