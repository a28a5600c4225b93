import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Paused authorization requests, emptied by expiry. */
export class Interaction1767225601400 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'interaction',
      columns: [
        column.id('id'),
        column.digest('browser_digest', { nullable: true }),
        column.text('client_id', 255),
        column.longText('parameters'),
        column.json('facts'),
        column.json('prompt'),
        column.json('answers'),
        column.count('version'),
        column.instant('created_at'),
        column.instant('idle_until'),
        column.instant('ended_at', { nullable: true }),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_interaction_client_id', 'client_id'), index('IX_interaction_expires_at', 'expires_at')],
      references: [{ column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('interaction');
  }
}
