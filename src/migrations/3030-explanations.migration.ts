import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Why requests of clients were refused, for a week. */
export class Explanations1767225603030 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'explanation',
      columns: [
        column.id('support_code', 64),
        column.text('error', 64),
        column.text('rule', 64, { nullable: true }),
        column.text('clause', 64),
        column.ref('client_id', { nullable: true, length: 255 }),
        column.json('facts'),
        column.instant('created_at'),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_explanation_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('explanation');
  }
}
