import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** What happened to users and clients, kept for a time. No foreign keys: the record outlives whom it is about. */
export class Audit1767225602810 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'audit_event',
      columns: [
        column.id('id'),
        column.text('name', 64),
        column.ref('user_id', { nullable: true }),
        column.ref('client_id', { nullable: true, length: 255 }),
        column.text('actor_kind', 16, { nullable: true }),
        column.text('actor_id', 255, { nullable: true }),
        column.text('address', 64, { nullable: true }),
        column.text('user_agent', 255, { nullable: true }),
        column.text('request_id', 64, { nullable: true }),
        column.json('details'),
        column.instant('created_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        index('IX_audit_event_user_id', 'user_id', 'created_at', 'id'),
        index('IX_audit_event_client_id', 'client_id', 'created_at', 'id'),
        index('IX_audit_event_name', 'name', 'created_at', 'id'),
        index('IX_audit_event_created_at', 'created_at', 'id'),
        index('IX_audit_event_expires_at', 'expires_at'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('audit_event');
  }
}
