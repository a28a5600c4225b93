import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Which login names failed from one address or with one password, as keyed digests, and what was noticed of it. */
export class Sprays1767225602101 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'spray_mark',
      columns: [
        column.digest('digest', { primary: true }),
        column.digest('group_digest'),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_spray_mark_group_digest', 'group_digest'), index('IX_spray_mark_expires_at', 'expires_at')],
    });
    await createTable(queryRunner, {
      name: 'spray_alarm',
      columns: [column.digest('group_digest', { primary: true }), column.instant('expires_at')],
      indexes: [index('IX_spray_alarm_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('spray_alarm');
    await queryRunner.dropTable('spray_mark');
  }
}
