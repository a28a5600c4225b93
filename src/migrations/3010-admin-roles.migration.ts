import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** What users are trusted with in the administration; those of before have no role, administrators stay in their group. */
export class AdminRoles1767225603010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { driver } = queryRunner.dataSource;
    await queryRunner.query(`ALTER TABLE ${driver.escape('user')} ADD COLUMN admin_role varchar(32) NULL`);
    const index = new TableIndex({ name: 'IX_user_admin_role', columnNames: ['admin_role'] });
    await queryRunner.createIndex(new Table({ name: 'user' }), index);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { driver } = queryRunner.dataSource;
    await queryRunner.dropIndex('user', 'IX_user_admin_role');
    await queryRunner.query(`ALTER TABLE ${driver.escape('user')} DROP COLUMN admin_role`);
  }
}
