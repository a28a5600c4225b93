import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Sign-ins that need more than their first proof, emptied by expiry. */
export class PendingSignIns1767225602000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'pending_sign_in',
      columns: [
        column.id('id'),
        column.digest('browser_digest'),
        column.ref('user_id'),
        column.ref('interaction_id', { nullable: true }),
        column.longText('return_to', { nullable: true }),
        column.ref('session_id', { nullable: true }),
        column.json('amr'),
        column.instant('auth_time'),
        column.flag('by_mailbox'),
        column.flag('afresh'),
        column.json('done'),
        column.json('factors'),
        column.count('version'),
        column.instant('created_at'),
        column.instant('ended_at', { nullable: true }),
        column.instant('expires_at'),
      ],
      indexes: [
        index('IX_pending_sign_in_browser_digest', 'browser_digest'),
        index('IX_pending_sign_in_user_id', 'user_id'),
        index('IX_pending_sign_in_interaction_id', 'interaction_id'),
        index('IX_pending_sign_in_expires_at', 'expires_at'),
      ],
      references: [
        { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
        { column: 'interaction_id', table: 'interaction', onDelete: 'CASCADE' },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('pending_sign_in');
  }
}
