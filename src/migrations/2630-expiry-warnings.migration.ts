import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Each warning that a secret runs out is given once. */
export class ExpiryWarnings1767225602630 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'expiry_warning',
      columns: [column.id('id', 43), column.instant('expires_at')],
      indexes: [index('IX_expiry_warning_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('expiry_warning');
  }
}
