import type { Command } from 'commander';
import { SystemClock, SystemRandom } from '#platform/crypto/index.js';
import { makeDataSource, openDatabase, pendingMigrations } from '#platform/database/index.js';
import { ENTITIES, MIGRATIONS } from '../../../schema.js';
import { leaf, type Runner } from '../runner.js';
import type { Answer } from '../terminal.js';

const SCHEMA = { entities: ENTITIES, migrations: MIGRATIONS };

/** `gatehouse migrate`: brings the schema up to date, whatever MIGRATE_ON_START says. */
export function migrateDatabase(parent: Command, runner: Runner): void {
  leaf(parent, 'migrate', 'bring the database schema up to date').action(runner.action(() => migrate(runner)));
}

async function migrate(runner: Runner): Promise<Answer> {
  const { url } = runner.settings().database;
  const applied = await pendingAt(url);
  const clock = new SystemClock();
  const database = await openDatabase({ url, migrateOnStart: true }, SCHEMA, clock, new SystemRandom(clock));
  await database.dataSource.destroy();
  return {
    json: { applied },
    lines: applied.length === 0 ? ['The schema was current.'] : applied.map((name) => `${name} was applied.`),
  };
}

async function pendingAt(url: string): Promise<readonly string[]> {
  const source = await makeDataSource(url, SCHEMA);
  await source.initialize();
  try {
    return await pendingMigrations(source);
  } finally {
    await source.destroy();
  }
}
