import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Signed receipts of the decisions on consent pages, kept for years. No foreign keys: they outlive whom they are about. */
export class ConsentReceipts1767225603120 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'consent_receipt',
      columns: [
        column.id('id'),
        column.ref('user_id'),
        column.ref('client_id', { length: 255 }),
        column.ref('session_id'),
        column.text('decision', 8),
        column.json('allowed'),
        column.longText('jws'),
        column.instant('created_at'),
        column.instant('expires_at', { nullable: true }),
      ],
      indexes: [
        index('IX_consent_receipt_user_id', 'user_id', 'client_id', 'created_at'),
        index('IX_consent_receipt_client_id', 'client_id', 'created_at'),
        index('IX_consent_receipt_created_at', 'created_at', 'id'),
        index('IX_consent_receipt_expires_at', 'expires_at'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('consent_receipt');
  }
}
