import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** Clients may register themselves: the rights to do so, and what such a client manages its record with. */
export class ClientRegistration1767225601260 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'initial_access_token',
      columns: [
        column.id('id'),
        column.digest('digest'),
        column.text('description', 200, { nullable: true }),
        column.count('max_uses', { nullable: true }),
        column.count('uses'),
        column.instant('created_at'),
        column.instant('expires_at', { nullable: true }),
      ],
      indexes: [
        unique('UQ_initial_access_token_digest', 'digest'),
        index('IX_initial_access_token_expires_at', 'expires_at'),
        index('IX_initial_access_token_created_at', 'created_at'),
      ],
    });
    await createTable(queryRunner, {
      name: 'client_registration',
      columns: [
        column.text('client_id', 255, { primary: true }),
        column.digest('token_digest'),
        column.instant('unused_until', { nullable: true }),
      ],
      indexes: [index('IX_client_registration_unused_until', 'unused_until')],
      references: [{ column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('client_registration');
    await queryRunner.dropTable('initial_access_token');
  }
}
