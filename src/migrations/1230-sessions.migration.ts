import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** Browsers' sign-ins: looked up by the digest of their cookie, listed by user, emptied by expiry. */
export class Sessions1767225601230 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'session',
      columns: [
        column.id('id'),
        column.digest('cookie_digest'),
        column.ref('user_id'),
        column.instant('auth_time'),
        column.json('amr'),
        column.text('acr', 32),
        column.text('user_agent', 255, { nullable: true }),
        column.text('address', 64, { nullable: true }),
        column.instant('created_at'),
        column.instant('last_seen_at'),
        column.instant('ends_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        unique('UQ_session_cookie_digest', 'cookie_digest'),
        index('IX_session_user_id', 'user_id'),
        index('IX_session_expires_at', 'expires_at'),
      ],
      references: [{ column: 'user_id', table: 'user', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('session');
  }
}
