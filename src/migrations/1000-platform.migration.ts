// The platform's own table: leases, so that one process at a time migrates, rotates keys or runs a job.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createLeaseTable } from '#platform/database/index.js';

/** Makes the table `lease`. */
export class Platform1767225601000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createLeaseTable(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('lease');
  }
}
