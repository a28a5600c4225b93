import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** When secrets of clients and what users allowed was last used, so that what nobody needs can be found. */
export class UsageMarks1767225603300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE client_secret ADD COLUMN last_used_at bigint NULL');
    await createTable(queryRunner, {
      name: 'consent_use',
      columns: [column.ref('consent_id', { primary: true }), column.json('scopes'), column.count('version')],
      references: [{ column: 'consent_id', table: 'consent', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('consent_use');
    await queryRunner.query('ALTER TABLE client_secret DROP COLUMN last_used_at');
  }
}
