import type { QueryRunner } from 'typeorm';
import { binaryCollation } from './migrations.js';

/**
 * Makes the table of leases unless it is there. The first migration runs under a lease itself, so the table comes
 * before it; one statement that two processes may run at once.
 */
export async function createLeaseTable(queryRunner: QueryRunner): Promise<void> {
  if (await queryRunner.hasTable('lease')) return;
  const { driver } = queryRunner.dataSource;
  const [table, name, holder, expiresAt] = ['lease', 'name', 'holder', 'expires_at'].map((text) => driver.escape(text));
  await queryRunner.query(
    `CREATE TABLE IF NOT EXISTS ${table} (${name} varchar(64) NOT NULL, ${holder} varchar(36) NOT NULL, ` +
      `${expiresAt} bigint NOT NULL, PRIMARY KEY (${name}))`,
  );
  await binaryCollation(queryRunner, 'lease');
}
