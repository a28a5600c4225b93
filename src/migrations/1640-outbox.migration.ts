import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** What must be carried outside after a commit: found by when it is due, listed by whom it is for, emptied by expiry. */
export class Outbox1767225601640 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'outbox',
      columns: [
        column.id('id'),
        column.text('topic', 64),
        column.text('about', 255),
        column.json('payload'),
        column.text('status', 16),
        column.count('attempts'),
        column.instant('next_attempt_at'),
        column.instant('last_attempt_at', { nullable: true }),
        column.text('last_error', 255, { nullable: true }),
        column.instant('created_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        index('IX_outbox_next_attempt_at', 'status', 'next_attempt_at'),
        index('IX_outbox_about', 'topic', 'about', 'created_at', 'id'),
        index('IX_outbox_expires_at', 'expires_at'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('outbox');
  }
}
