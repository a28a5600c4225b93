import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** Clients may sign with their secret (`client_secret_jwt`), so such a secret must be readable again: sealed, in a table of its own. */
export class SealedClientSecrets1767225601500 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'sealed_client_secret',
      columns: [column.id('id'), column.longText('sealed')],
      references: [{ column: 'id', table: 'client_secret', to: 'id', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('sealed_client_secret');
  }
}
