import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** The first tables of clients: what each registered as JSON, which nothing searches, its secrets as digests, and its web origins. */
export class Clients1767225601200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'client',
      columns: [
        column.id('client_id', 255),
        column.text('client_name', 200, { nullable: true }),
        column.text('status', 16),
        column.json('metadata'),
        column.flag('self_registered'),
        column.instant('tokens_revoked_before', { nullable: true }),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [index('IX_client_created_at', 'created_at')],
    });
    await createTable(queryRunner, {
      name: 'client_secret',
      columns: [
        column.id('id'),
        column.ref('client_id', { length: 255 }),
        column.digest('digest'),
        column.flag('chosen'),
        column.instant('created_at'),
        column.instant('expires_at', { nullable: true }),
      ],
      indexes: [index('IX_client_secret_client_id', 'client_id')],
      references: [{ column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' }],
    });
    await createTable(queryRunner, {
      name: 'client_origin',
      columns: [column.text('client_id', 255, { primary: true }), column.text('origin', 255, { primary: true })],
      indexes: [index('IX_client_origin_origin', 'origin')],
      references: [{ column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('client_origin');
    await queryRunner.dropTable('client_secret');
    await queryRunner.dropTable('client');
  }
}
