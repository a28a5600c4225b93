import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** Links in mails: for one use, short-lived, bound to an account and an address. */
export class ActionLinks1767225602200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'action_link',
      columns: [
        column.id('id'),
        column.digest('digest'),
        column.text('purpose', 32),
        column.ref('user_id', { nullable: true }),
        column.text('address', 255),
        column.json('data'),
        column.instant('used_at', { nullable: true }),
        column.instant('created_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        unique('UQ_action_link_digest', 'digest'),
        index('IX_action_link_user_id', 'user_id'),
        index('IX_action_link_expires_at', 'expires_at'),
      ],
      references: [{ column: 'user_id', table: 'user', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('action_link');
  }
}
