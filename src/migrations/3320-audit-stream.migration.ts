import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** How far the audit log has been told to a file and to a syslog server. */
export class AuditStream1767225603320 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'audit_stream',
      columns: [
        column.text('destination', 16, { primary: true }),
        column.largeCount('position'),
        column.count('failures'),
        column.instant('next_attempt_at'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('audit_stream');
  }
}
