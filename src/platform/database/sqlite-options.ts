import { mkdirSync, closeSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import { SqliteDatabase } from './sqlite-database.js';

const IN_MEMORY = ':memory:';
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const BUSY_TIMEOUT_MS = 5000;

/** TypeORM's options for `sqlite:path` and `sqlite::memory:`. */
export function sqliteOptions(url: string): DataSourceOptions {
  const database = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  const file = database === IN_MEMORY ? IN_MEMORY : resolve(database);
  return {
    type: 'better-sqlite3',
    driver: SqliteDatabase,
    database: file,
    enableWAL: file !== IN_MEMORY,
    timeout: BUSY_TIMEOUT_MS,
    // The adapter keeps the statements, for all query runners.
    statementCacheSize: 0,
    prepareDatabase: (connection: SqliteDatabase) => {
      // A file in WAL mode opens with NORMAL, which may lose the last commits when the power fails.
      connection.pragma('synchronous = FULL');
    },
  };
}

/** Makes the file, readable by its owner only, before SQLite makes it readable for all. */
export function prepareSqliteFile(options: DataSourceOptions): void {
  if (options.type !== 'better-sqlite3' || options.database === IN_MEMORY) return;
  mkdirSync(dirname(options.database), { recursive: true, mode: OWNER_ONLY_FOLDER });
  closeSync(openSync(options.database, 'a', OWNER_ONLY_FILE));
}
