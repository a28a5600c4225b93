import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** People come from LDAP directories, and are known by what stays there. */
export class Directories1767225602310 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'directory',
      columns: [
        column.id('id'),
        column.text('name', 128),
        column.json('choices'),
        column.longText('bind_password', { nullable: true }),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [unique('UQ_directory_name', 'name'), index('IX_directory_created_at', 'created_at')],
    });
    await createTable(queryRunner, {
      name: 'directory_account',
      columns: [
        column.ref('user_id', { primary: true }),
        column.ref('directory_id'),
        column.text('stable_id', 255),
        column.flag('disabled_there'),
      ],
      indexes: [unique('UQ_directory_account_stable_id', 'directory_id', 'stable_id')],
      references: [
        { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
        { column: 'directory_id', table: 'directory', onDelete: 'CASCADE' },
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('directory_account');
    await queryRunner.dropTable('directory');
  }
}
