import type { DataSourceOptions, MigrationInterface } from 'typeorm';
import type { Patience } from './bounded-pool.js';
import { mysqlOptions } from './mysql-options.js';
import { SnakeCaseNaming } from './snake-case.naming.js';
import { sqliteOptions } from './sqlite-options.js';

/** Every table and every change of tables, listed by hand. */
export interface Schema {
  readonly entities: readonly (new () => object)[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

/** What TypeORM must know to open the database at a URL of the schemes `sqlite:`, `mysql:` or `mariadb:`. */
export async function dataSourceOptions(url: string, schema: Schema, patience: Patience): Promise<DataSourceOptions> {
  return {
    ...(await connectionOptions(url, patience)),
    entities: [...schema.entities],
    migrations: [...schema.migrations],
    namingStrategy: new SnakeCaseNaming(),
    migrationsTransactionMode: 'each',
    synchronize: false,
    migrationsRun: false,
    logging: false,
  };
}

function connectionOptions(url: string, patience: Patience): DataSourceOptions | Promise<DataSourceOptions> {
  return url.startsWith('sqlite:') ? sqliteOptions(url) : mysqlOptions(url, patience);
}
