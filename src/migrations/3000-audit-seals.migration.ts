import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** The record of what happened becomes a chain in segments; rows from before are sealed like new ones. */
export class AuditSeals1767225603000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE audit_event ADD COLUMN sequence bigint NULL');
    await queryRunner.query('ALTER TABLE audit_event ADD COLUMN content_hash varchar(43) NULL');
    await queryRunner.query('ALTER TABLE audit_event ADD COLUMN chain_hash varchar(43) NULL');
    await queryRunner.query('CREATE UNIQUE INDEX UQ_audit_event_sequence ON audit_event (sequence)');
    await createTable(queryRunner, {
      name: 'audit_segment',
      columns: [
        column.id('id', 12),
        column.largeCount('first_sequence'),
        column.largeCount('last_sequence'),
        column.digest('previous_hash'),
        column.digest('last_hash'),
        column.instant('due_at'),
        column.longText('checkpoint'),
        column.instant('dropped_at', { nullable: true }),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('audit_segment');
    await queryRunner.dropIndex('audit_event', 'UQ_audit_event_sequence');
    await queryRunner.query('ALTER TABLE audit_event DROP COLUMN chain_hash');
    await queryRunner.query('ALTER TABLE audit_event DROP COLUMN content_hash');
    await queryRunner.query('ALTER TABLE audit_event DROP COLUMN sequence');
  }
}
