import type { DataSource } from 'typeorm';
import { makeDataSource, pendingMigrations, type Schema } from '#platform/database/index.js';

/** What the doctor asks of the database; it changes nothing there. */
export interface DatabaseProbe {
  ping(): Promise<void>;
  /** The changes of the schema that the database has not seen. */
  pending(): Promise<readonly string[]>;
  now(): Promise<Date>;
}

const CLOCKS = {
  sqlite: "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS now",
  server: 'SELECT ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS now',
} as const;

/** The database of the settings, opened when it is first asked, without migrating it. */
export class SettingsDatabaseProbe implements DatabaseProbe {
  private source: DataSource | undefined;

  constructor(
    private readonly url: string,
    private readonly schema: Schema,
  ) {}

  async ping(): Promise<void> {
    const source = await this.opened();
    await source.query('SELECT 1');
  }

  async pending(): Promise<readonly string[]> {
    return pendingMigrations(await this.opened());
  }

  async now(): Promise<Date> {
    const source = await this.opened();
    const sql = this.url.startsWith('sqlite:') ? CLOCKS.sqlite : CLOCKS.server;
    const [row] = await source.query<{ now: number | string }[]>(sql);
    return new Date(Number(row?.now));
  }

  async close(): Promise<void> {
    await this.source?.destroy();
  }

  private async opened(): Promise<DataSource> {
    if (this.source !== undefined) return this.source;
    const source = await makeDataSource(this.url, this.schema);
    await source.initialize();
    this.source = source;
    return source;
  }
}
