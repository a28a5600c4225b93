import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** A POST of the administration API may carry an Idempotency-Key; its answer is kept for a day, sealed for who has the key. */
export class IdempotentRequests1767225601660 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'idempotent_request',
      columns: [
        column.text('id', 43, { primary: true }),
        column.digest('fingerprint'),
        column.longText('answer'),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_idempotent_request_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('idempotent_request');
  }
}
