import { DataSource } from 'typeorm';
import type { DatabaseSettings } from '#platform/config/index.js';
import type { Clock, Random } from '#platform/crypto/index.js';
import type { Patience } from './bounded-pool.js';
import { dataSourceOptions } from './data-source-options.js';
import type { Schema } from './data-source-options.js';
import { Database } from './database.js';
import { SchemaBehind } from './database-errors.js';
import { Leases } from './leases.js';
import { migrate, type MigrationCourage, pendingMigrations } from './migrator.js';
import { repeatable } from './retrying-query-runner.js';
import { serialised } from './serial-query-runner.js';
import { prepareSqliteFile } from './sqlite-options.js';
import { telling } from './telling-query-runner.js';

/** A DataSource that is not open yet, made safe under concurrency; by itself it waits for as long as work takes. */
export async function makeDataSource(
  url: string,
  schema: Schema,
  patience: Patience = { endless: true },
): Promise<DataSource> {
  const options = await dataSourceOptions(url, schema, patience);
  prepareSqliteFile(options);
  return telling(repeatable(serialised(new DataSource(options))));
}

/** Opens the database; migrates it when the settings say so, refuses it when it is behind, and is patient until then. */
export async function openDatabase(
  settings: Pick<DatabaseSettings, 'url' | 'migrateOnStart'>,
  schema: Schema,
  clock: Clock,
  random: Random,
  courage?: MigrationCourage,
): Promise<Database> {
  const patience: Patience = { endless: true };
  const dataSource = await makeDataSource(settings.url, schema, patience);
  await dataSource.initialize();
  const database = new Database(dataSource);
  try {
    if (settings.migrateOnStart) await migrate(dataSource, new Leases(database, clock, random), courage);
    else await refuseWhenBehind(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  patience.endless = false;
  return database;
}

async function refuseWhenBehind(dataSource: DataSource): Promise<void> {
  const pending = await pendingMigrations(dataSource);
  if (pending.length > 0) throw new SchemaBehind(pending);
}
