import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** How the last purge of each table went, for operators to read from any process. */
export class PurgeRuns1767225601670 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'purge_run',
      columns: [
        column.id('table_name', 64),
        column.instant('started_at'),
        column.count('deleted'),
        column.count('milliseconds'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('purge_run');
  }
}
