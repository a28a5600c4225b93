import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** Passkeys of users, and the challenges that authenticators have answered (WebAuthn §4, §13.4.3). */
export class Passkeys1767225602100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'passkey',
      columns: [
        column.id('id'),
        column.ref('user_id'),
        column.digest('credential_digest'),
        column.longText('credential_id'),
        column.longText('public_key'),
        column.largeCount('sign_count'),
        column.json('transports'),
        column.flag('backup_eligible'),
        column.flag('backed_up'),
        column.text('aaguid', 36),
        column.text('name', 100),
        column.instant('created_at'),
        column.instant('last_used_at', { nullable: true }),
      ],
      indexes: [unique('UQ_passkey_credential_digest', 'credential_digest'), index('IX_passkey_user_id', 'user_id')],
      references: [{ column: 'user_id', table: 'user', onDelete: 'CASCADE' }],
    });
    await createTable(queryRunner, {
      name: 'used_passkey_challenge',
      columns: [column.digest('digest', { primary: true }), column.instant('expires_at')],
      indexes: [index('IX_used_passkey_challenge_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('used_passkey_challenge');
    await queryRunner.dropTable('passkey');
  }
}
