import type { DataSource, QueryRunner } from 'typeorm';
import { createLeaseTable } from './lease-table.js';
import type { Leases } from './leases.js';
import { HeavyMigration } from './database-errors.js';
import { MIGRATION_LIMITS, type MigrationLimits } from './migration-plan/burden.js';
import { planOf } from './migration-plan/migration-plan.js';

const LEASE = 'migration';
const LEASE_SECONDS = 60;
const WAIT_SECONDS = 120;
const MIGRATIONS_TABLE = 'migrations';

/** How far a migration may go: so many rows and bytes that others wait for, or any. */
export type MigrationCourage = MigrationLimits | 'any';

/**
 * Brings the schema up to date, one process at a time. What would hold up others beyond the limits is not begun: the
 * release of before goes on, and an operator chooses when.
 */
export async function migrate(
  dataSource: DataSource,
  leases: Leases,
  courage: MigrationCourage = MIGRATION_LIMITS,
): Promise<void> {
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
      if (courage !== 'any') await refuseHeavy(dataSource, courage);
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

async function refuseHeavy(dataSource: DataSource, limits: MigrationLimits): Promise<void> {
  const pending = await pendingMigrations(dataSource);
  // A database that has seen none has no rows either.
  if (pending.length === 0 || pending.length === dataSource.migrations.length) return;
  const heavy = (await planOf(dataSource, pending, limits)).filter((statement) => statement.heavy);
  if (heavy.length > 0) throw new HeavyMigration(heavy);
}

async function withQueryRunner<T>(dataSource: DataSource, work: (queryRunner: QueryRunner) => Promise<T>): Promise<T> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    return await work(queryRunner);
  } finally {
    await queryRunner.release();
  }
}
