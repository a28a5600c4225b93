import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/**
 * Which clients a session reached, so that they can be told of its end. No foreign keys: the rows outlive the session
 * for the moment in which they are read, and a sign-in need not wait for whoever changes the client.
 */
export class ClientSessions1767225601641 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'client_session',
      columns: [
        column.ref('session_id', { primary: true }),
        column.text('client_id', 255, { primary: true }),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_client_session_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('client_session');
  }
}
