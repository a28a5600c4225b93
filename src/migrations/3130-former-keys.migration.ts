import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** The public halves of keys that are deleted, so that receipts can be checked for years. */
export class FormerKeys1767225603130 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'former_key',
      columns: [
        column.digest('kid', { primary: true }),
        column.text('algorithm', 16),
        column.json('public_jwk'),
        column.instant('created_at'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('former_key');
  }
}
