import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

const ADMINISTRATORS = 'administrators';
const MADE_AT = 1767225601220;

/** The first tables of users and groups, with canonical names beside the written ones, and the one fixed group. */
export class Users1767225601220 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'user',
      columns: [
        column.id('id'),
        column.text('username', 255),
        column.text('username_key', 255),
        column.text('email_key', 255, { nullable: true }),
        column.text('status', 16),
        column.json('claims'),
        column.instant('tokens_revoked_before', { nullable: true }),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [
        unique('UQ_user_username_key', 'username_key'),
        unique('UQ_user_email_key', 'email_key'),
        index('IX_user_created_at', 'created_at'),
      ],
    });
    await createTable(queryRunner, {
      name: 'user_group',
      columns: [
        column.id('id'),
        column.text('name', 128),
        column.text('name_key', 255),
        column.text('description', 1000, { nullable: true }),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [unique('UQ_user_group_name_key', 'name_key'), index('IX_user_group_created_at', 'created_at')],
    });
    await createTable(queryRunner, {
      name: 'membership',
      columns: [column.ref('group_id', { primary: true }), column.ref('user_id', { primary: true })],
      indexes: [index('IX_membership_user_id', 'user_id')],
      references: [
        { column: 'group_id', table: 'user_group', onDelete: 'CASCADE' },
        { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
      ],
    });
    await queryRunner.query(
      'INSERT INTO user_group (id, name, name_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
      [ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS, MADE_AT, MADE_AT],
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('membership');
    await queryRunner.dropTable('user_group');
    await queryRunner.dropTable('user');
  }
}
