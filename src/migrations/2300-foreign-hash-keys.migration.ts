import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** Password hashes of some systems can be compared only with a secret of that system. */
export class ForeignHashKeys1767225602300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'foreign_hash_key',
      columns: [column.digest('id', { primary: true }), column.longText('sealed')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('foreign_hash_key');
  }
}
