import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** Users and administrators want to know what was said of whom to which client; names and times, never values. */
export class ClaimDisclosures1767225603310 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'claim_disclosure',
      columns: [
        column.id('id'),
        column.ref('user_id'),
        column.ref('client_id', { length: 255 }),
        column.text('place', 16),
        column.json('claims'),
        column.count('version'),
        column.instant('created_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        unique('UQ_claim_disclosure_user_id_client_id_place', 'user_id', 'client_id', 'place'),
        index('IX_claim_disclosure_client_id', 'client_id'),
        index('IX_claim_disclosure_created_at', 'created_at', 'id'),
        index('IX_claim_disclosure_expires_at', 'expires_at'),
      ],
      references: [
        { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
        { column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('claim_disclosure');
  }
}
