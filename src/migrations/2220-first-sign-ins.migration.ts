import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** Nobody is told of a new device who signs in for the first time, so that it is kept who ever has. */
export class FirstSignIns1767225602220 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'first_sign_in',
      columns: [column.ref('user_id', { primary: true }), column.instant('signed_in_at')],
      references: [{ column: 'user_id', table: 'user', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('first_sign_in');
  }
}
