import { Global, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { DatabaseSettings } from '#platform/config/index.js';
import { Clock, Random } from '#platform/crypto/index.js';
import type { Schema } from './data-source-options.js';
import { Database } from './database.js';
import { ExpiredRows } from './expired-rows.js';
import { Leases } from './leases.js';
import { openDatabase } from './open-database.js';
import { TableSizes } from './table-sizes.js';
import { Transactions } from './transactions.js';

/** The open database, transactions, leases and purges, for every module. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  /** Opens the database with the given tables, migrates it when told to, and closes it at the end. */
  static forRoot(schema: Schema): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        {
          provide: Database,
          inject: [DatabaseSettings, Clock, Random],
          useFactory: (settings: DatabaseSettings, clock: Clock, random: Random) =>
            openDatabase(settings, schema, clock, random),
        },
        { provide: Transactions, inject: [Database], useFactory: (database: Database) => new Transactions(database) },
        { provide: ExpiredRows, inject: [Database], useFactory: (database: Database) => new ExpiredRows(database) },
        { provide: TableSizes, inject: [Database], useFactory: (database: Database) => new TableSizes(database) },
        {
          provide: Leases,
          inject: [Database, Clock, Random],
          useFactory: (database: Database, clock: Clock, random: Random) => new Leases(database, clock, random),
        },
      ],
      exports: [Database, Transactions, ExpiredRows, TableSizes, Leases],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.database.dataSource.isInitialized) await this.database.dataSource.destroy();
  }
}
