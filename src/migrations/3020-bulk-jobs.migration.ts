import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Work on many records is a row that says how far it has got; keys can end what they signed until a moment. */
export class BulkJobs1767225603020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'bulk_job',
      columns: [
        column.id('id'),
        column.text('kind', 64),
        column.text('state', 16),
        column.json('parameters'),
        column.text('position', 255, { nullable: true }),
        column.count('total'),
        column.count('done'),
        column.json('result'),
        column.json('errors'),
        column.instant('created_at'),
        column.instant('finished_at', { nullable: true }),
        column.instant('expires_at'),
      ],
      indexes: [
        index('IX_bulk_job_state', 'state', 'created_at', 'id'),
        index('IX_bulk_job_created_at', 'created_at', 'id'),
        index('IX_bulk_job_expires_at', 'expires_at'),
      ],
    });
    await queryRunner.query('ALTER TABLE signing_key ADD COLUMN tokens_revoked_before bigint NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE signing_key DROP COLUMN tokens_revoked_before');
    await queryRunner.dropTable('bulk_job');
  }
}
