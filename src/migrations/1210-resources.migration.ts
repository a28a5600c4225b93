import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** The first tables of APIs and scopes: a scope goes with the API it belongs to. */
export class Resources1767225601210 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'resource',
      columns: [
        column.id('id'),
        column.text('identifier', 512),
        column.text('name', 200),
        column.text('access_token_format', 16),
        column.count('access_token_lifetime', { nullable: true }),
        column.json('introspection_clients'),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [unique('UQ_resource_identifier', 'identifier'), index('IX_resource_created_at', 'created_at')],
    });
    await createTable(queryRunner, {
      name: 'scope',
      columns: [
        column.id('name', 255),
        column.ref('resource_id', { nullable: true }),
        column.text('title', 200),
        column.longText('description'),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [index('IX_scope_created_at', 'created_at'), index('IX_scope_resource_id', 'resource_id')],
      references: [{ column: 'resource_id', table: 'resource', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('scope');
    await queryRunner.dropTable('resource');
  }
}
