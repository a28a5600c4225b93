import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** Passwords, what throttles sign-in attempts, browsers that users signed in with, and the first administrator's links. */
export class Authentication1767225601300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'password',
      columns: [column.ref('user_id', { primary: true }), column.text('hash', 512), column.instant('changed_at')],
      references: [{ column: 'user_id', table: 'user', onDelete: 'CASCADE' }],
    });
    await createTable(queryRunner, {
      name: 'sign_in_throttle',
      columns: [
        column.text('bucket', 64, { primary: true }),
        column.count('failures'),
        column.instant('blocked_until'),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_sign_in_throttle_expires_at', 'expires_at')],
    });
    await createTable(queryRunner, {
      name: 'known_browser',
      columns: [column.digest('digest', { primary: true }), column.ref('user_id'), column.instant('expires_at')],
      indexes: [index('IX_known_browser_user_id', 'user_id'), index('IX_known_browser_expires_at', 'expires_at')],
      references: [{ column: 'user_id', table: 'user', onDelete: 'CASCADE' }],
    });
    await createTable(queryRunner, {
      name: 'set_up_link',
      columns: [column.id('id'), column.digest('digest'), column.instant('created_at'), column.instant('expires_at')],
      indexes: [unique('UQ_set_up_link_digest', 'digest'), index('IX_set_up_link_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['set_up_link', 'known_browser', 'sign_in_throttle', 'password']) {
      await queryRunner.dropTable(table);
    }
  }
}
