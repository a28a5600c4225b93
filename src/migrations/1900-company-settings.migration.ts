import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** What administrators decide for the whole company is one row, so that it changes as a whole or not at all. */
export class CompanySettings1767225601900 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'company_settings',
      columns: [column.id('id'), column.longText('chosen'), column.instant('updated_at')],
    });
    const name = (text: string): string => queryRunner.dataSource.driver.escape(text);
    await queryRunner.query(
      `INSERT INTO ${name('company_settings')} (${name('id')}, ${name('chosen')}, ${name('updated_at')}) VALUES ('company', '{}', 0)`,
    );
    await queryRunner.query(
      `INSERT INTO ${name('change_stamp')} (${name('kind')}, ${name('version')}) VALUES ('settings', 0)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const name = (text: string): string => queryRunner.dataSource.driver.escape(text);
    await queryRunner.query(`DELETE FROM ${name('change_stamp')} WHERE ${name('kind')} = 'settings'`);
    await queryRunner.dropTable('company_settings');
  }
}
