import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** What scopes release beside the standard claims; a mapping goes with the scope, client or attribute it rests on. */
export class ClaimMappings1767225602620 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'claim_mapping',
      columns: [
        column.id('id'),
        column.text('target_key', 43),
        column.text('claim', 200),
        column.text('scope', 255),
        column.ref('own_scope', { length: 255, nullable: true }),
        column.ref('client_id', { length: 255, nullable: true }),
        column.ref('attribute_id', { nullable: true }),
        column.json('source'),
        column.json('include_in'),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [
        unique('UQ_claim_mapping_target_claim', 'target_key'),
        index('IX_claim_mapping_scope', 'scope'),
        index('IX_claim_mapping_client_id', 'client_id'),
        index('IX_claim_mapping_own_scope', 'own_scope'),
        index('IX_claim_mapping_attribute_id', 'attribute_id'),
        index('IX_claim_mapping_created_at', 'created_at'),
      ],
      references: [
        { column: 'own_scope', table: 'scope', to: 'name', onDelete: 'CASCADE' },
        { column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' },
        { column: 'attribute_id', table: 'user_attribute', onDelete: 'CASCADE' },
      ],
    });
    await queryRunner.query(`INSERT INTO ${stamps(queryRunner)} VALUES ('claims', 0)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { driver } = queryRunner.dataSource;
    await queryRunner.query(`DELETE FROM ${driver.escape('change_stamp')} WHERE ${driver.escape('kind')} = 'claims'`);
    await queryRunner.dropTable('claim_mapping');
  }
}

function stamps({ dataSource: { driver } }: QueryRunner): string {
  const [table, kind, version] = ['change_stamp', 'kind', 'version'].map((name) => driver.escape(name));
  return `${table} (${kind}, ${version})`;
}
