import type { DataSource, QueryRunner } from 'typeorm';
import { createLeaseTable } from './lease-table.js';
import type { Leases } from './leases.js';

const LEASE = 'migration';
const LEASE_SECONDS = 60;
const WAIT_SECONDS = 120;
const MIGRATIONS_TABLE = 'migrations';

/** Brings the schema up to date, one process at a time. */
export async function migrate(dataSource: DataSource, leases: Leases): Promise<void> {
  await withQueryRunner(dataSource, createLeaseTable);
  await leases.holding(LEASE, { seconds: LEASE_SECONDS, waitSeconds: WAIT_SECONDS }, async () => {
    const renewal = setInterval(
      () => {
        // A renewal that fails is followed by the next; the lease outlives two of them.
        leases.renew(LEASE, LEASE_SECONDS).catch(() => undefined);
      },
      (LEASE_SECONDS * 1000) / 3,
    );
    try {
      await dataSource.runMigrations();
    } finally {
      clearInterval(renewal);
    }
  });
}

/** The names of the migrations that the database has not seen; reads only. */
export function pendingMigrations(dataSource: DataSource): Promise<readonly string[]> {
  return withQueryRunner(dataSource, async (queryRunner) => {
    const known = dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    if (!(await queryRunner.hasTable(MIGRATIONS_TABLE))) return known;
    const sql = `SELECT name FROM ${dataSource.driver.escape(MIGRATIONS_TABLE)}`;
    const rows = (await queryRunner.query(sql)) as { name: string }[];
    const done = new Set(rows.map(({ name }) => name));
    return known.filter((name) => !done.has(name));
  });
}

async function withQueryRunner<T>(dataSource: DataSource, work: (queryRunner: QueryRunner) => Promise<T>): Promise<T> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    return await work(queryRunner);
  } finally {
    await queryRunner.release();
  }
}
