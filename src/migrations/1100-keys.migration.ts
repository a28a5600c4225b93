// The issuer's signing keys: public part, sealed private part, and the instants that say what each key is for.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Makes the table `signing_key`. */
export class Keys1767225601100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'signing_key',
      columns: [
        column.digest('kid', { primary: true }),
        column.text('algorithm', 16),
        column.json('public_jwk'),
        column.longText('private_key'),
        column.instant('created_at'),
        column.instant('activates_at'),
        column.instant('retires_at', { nullable: true }),
        column.instant('withdraws_at', { nullable: true }),
        column.instant('expires_at', { nullable: true }),
      ],
      indexes: [index('IX_signing_key_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('signing_key');
  }
}
