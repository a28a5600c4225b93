import type { Connection } from 'mysql2/promise';
import { connected, databaseModel, tablesOf, type DatabaseModel } from './database-model.js';
import { makeDatabase, type TestDatabase } from './databases.js';

/** A database as the migrations leave it, and what is needed to bring it back to that. */
interface Migrated extends Omit<DatabaseModel, 'statements'> {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

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
  const { statements, ...rest } = databaseModel(server);
  const { url, drop } = await makeDatabase(server);
  await connected(url, async (connection) => {
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const statement of statements) await connection.query(statement);
    await insert(connection, rest.rows);
  });
  return { url, ...rest, drop };
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
  for (const [table, found] of Object.entries(rows)) {
    const columns = Object.keys(found[0] ?? {});
    const values = found.map((row) => columns.map((column) => row[column] as unknown));
    await connection.query('INSERT INTO ?? (??) VALUES ?', [table, columns, values]);
  }
}
