import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** What users tell of clients that nobody here has checked. */
export class ClientReports1767225603200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'client_report',
      columns: [
        column.id('id'),
        column.ref('client_id', { length: 255 }),
        column.ref('user_id'),
        column.text('reason', 16),
        column.text('words', 500, { nullable: true }),
        column.instant('created_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        unique('UQ_client_report_client_id_user_id', 'client_id', 'user_id'),
        index('IX_client_report_user_id', 'user_id'),
        index('IX_client_report_created_at', 'created_at', 'id'),
        index('IX_client_report_expires_at', 'expires_at'),
      ],
      references: [
        { column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' },
        { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('client_report');
  }
}
