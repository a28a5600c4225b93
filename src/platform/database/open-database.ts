import { DataSource } from 'typeorm';
import type { DatabaseSettings } from '#platform/config/index.js';
import type { Clock, Random } from '#platform/crypto/index.js';
import { dataSourceOptions } from './data-source-options.js';
import type { Schema } from './data-source-options.js';
import { Database } from './database.js';
import { SchemaBehind } from './database-errors.js';
import { Leases } from './leases.js';
import { migrate, type MigrationCourage, pendingMigrations } from './migrator.js';
import { serialised } from './serial-query-runner.js';
import { prepareSqliteFile } from './sqlite-options.js';
import { telling } from './telling-query-runner.js';

/** A DataSource that is not open yet, with the embedded database made safe under concurrency. */
export async function makeDataSource(url: string, schema: Schema): Promise<DataSource> {
  const options = await dataSourceOptions(url, schema);
  prepareSqliteFile(options);
  return telling(serialised(new DataSource(options)));
}

/** Opens the database; migrates it when the settings say so, and refuses it when it is behind. */
export async function openDatabase(
  settings: Pick<DatabaseSettings, 'url' | 'migrateOnStart'>,
  schema: Schema,
  clock: Clock,
  random: Random,
  courage?: MigrationCourage,
): Promise<Database> {
  const dataSource = await makeDataSource(settings.url, schema);
  await dataSource.initialize();
  const database = new Database(dataSource);
  try {
    if (settings.migrateOnStart) await migrate(dataSource, new Leases(database, clock, random), courage);
    else await refuseWhenBehind(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return database;
}

async function refuseWhenBehind(dataSource: DataSource): Promise<void> {
  const pending = await pendingMigrations(dataSource);
  if (pending.length > 0) throw new SchemaBehind(pending);
}
