import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Groups contain groups, one level deep. */
export class GroupNesting1767225602600 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'group_nesting',
      columns: [column.ref('group_id', { primary: true }), column.ref('member_group_id', { primary: true })],
      indexes: [index('IX_group_nesting_member_group_id', 'member_group_id')],
      references: [
        { column: 'group_id', table: 'user_group', onDelete: 'CASCADE' },
        { column: 'member_group_id', table: 'user_group', onDelete: 'CASCADE' },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('group_nesting');
  }
}
