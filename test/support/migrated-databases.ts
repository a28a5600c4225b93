import { connected, databaseModel } from './database-model.js';
import { makeDatabase, type TestDatabase } from './databases.js';

/** A database as the migrations leave it: on a server a copy of the run's model, as migrating takes seconds there. */
export async function aMigratedDatabase(server: string): Promise<TestDatabase> {
  const made = await makeDatabase(server);
  if (server.startsWith('sqlite:')) return made;
  const { statements, rows } = databaseModel(server);
  await connected(made.url, async (connection) => {
    await connection.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const statement of statements) await connection.query(statement);
    for (const [table, found] of Object.entries(rows)) {
      const columns = Object.keys(found[0] ?? {});
      const values = found.map((row) => columns.map((column) => row[column] as unknown));
      await connection.query('INSERT INTO ?? (??) VALUES ?', [table, columns, values]);
    }
  });
  return made;
}
