import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** Attributes of users that administrators declare, and their values, which go with the user or the declaration. */
export class UserAttributes1767225602610 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'user_attribute',
      columns: [
        column.id('id'),
        column.text('name', 63),
        column.text('type', 16),
        column.flag('list'),
        column.flag('required'),
        column.flag('distinct'),
        column.text('visible_to', 16),
        column.text('editable_by', 16),
        column.json('words'),
        column.json('constraints'),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [unique('UQ_user_attribute_name', 'name'), index('IX_user_attribute_created_at', 'created_at')],
    });
    await createTable(queryRunner, {
      name: 'user_attribute_value',
      columns: [
        column.ref('user_id', { primary: true }),
        column.ref('attribute_id', { primary: true }),
        column.json('value'),
        column.digest('unique_key', { nullable: true }),
      ],
      indexes: [unique('UQ_user_attribute_value_unique_key', 'attribute_id', 'unique_key')],
      references: [
        { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
        { column: 'attribute_id', table: 'user_attribute', onDelete: 'CASCADE' },
      ],
    });
    await queryRunner.query(`INSERT INTO ${stamps(queryRunner)} VALUES ('attributes', 0)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { driver } = queryRunner.dataSource;
    await queryRunner.query(
      `DELETE FROM ${driver.escape('change_stamp')} WHERE ${driver.escape('kind')} = 'attributes'`,
    );
    await queryRunner.dropTable('user_attribute_value');
    await queryRunner.dropTable('user_attribute');
  }
}

function stamps({ dataSource: { driver } }: QueryRunner): string {
  const [table, kind, version] = ['change_stamp', 'kind', 'version'].map((name) => driver.escape(name));
  return `${table} (${kind}, ${version})`;
}
