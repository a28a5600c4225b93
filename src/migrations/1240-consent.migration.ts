import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** The first table of consents: one row for each user and client, counted up at each change. */
export class Consent1767225601240 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'consent',
      columns: [
        column.id('id'),
        column.ref('user_id'),
        column.ref('client_id', { length: 255 }),
        column.text('given_by', 16),
        column.json('scopes'),
        column.count('version'),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [
        unique('UQ_consent_user_id_client_id', 'user_id', 'client_id'),
        index('IX_consent_client_id', 'client_id'),
        index('IX_consent_created_at', 'created_at'),
      ],
      references: [
        { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
        { column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('consent');
  }
}
