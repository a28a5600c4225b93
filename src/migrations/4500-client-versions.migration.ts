import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** Every change of a client leaves a version. */
export class ClientVersions1767225604500 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'client_version',
      columns: [
        column.id('client_id', 255),
        { ...column.count('number'), isPrimary: true },
        column.text('client_name', 200, { nullable: true }),
        column.text('status', 16),
        column.json('metadata'),
        column.json('changed'),
        column.count('restored_from', { nullable: true }),
        column.text('actor_kind', 16, { nullable: true }),
        column.text('actor_id', 255, { nullable: true }),
        column.text('request_id', 64, { nullable: true }),
        column.instant('created_at'),
      ],
      references: [{ column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' }],
    });
    // Null stands for the first version, so that clients of before need no writing.
    await queryRunner.query('ALTER TABLE client ADD COLUMN version integer NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('client_version');
    await queryRunner.query('ALTER TABLE client DROP COLUMN version');
  }
}
