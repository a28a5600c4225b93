import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** Processes keep clients, resources and scopes in memory, so a change of them must show to all: a counter for each kind. */
export class ChangeStamps1767225601650 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'change_stamp',
      columns: [column.id('kind', 32), column.count('version')],
    });
    const { driver } = queryRunner.dataSource;
    const [table, kind, version] = ['change_stamp', 'kind', 'version'].map((name) => driver.escape(name));
    await queryRunner.query(`INSERT INTO ${table} (${kind}, ${version}) VALUES ('clients', 0), ('resources', 0)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('change_stamp');
  }
}
