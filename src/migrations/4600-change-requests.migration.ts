import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Changes that wait for somebody else to approve them. */
export class ChangeRequests1767225604600 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'change_request',
      columns: [
        column.id('id'),
        column.text('kind', 32),
        column.text('state', 16),
        column.ref('client_id', { length: 255, nullable: true }),
        column.ref('owner_id', { nullable: true }),
        column.count('version', { nullable: true }),
        column.json('body', { nullable: true }),
        column.json('changes'),
        column.flag('shortened'),
        column.digest('base_tag', { nullable: true }),
        column.text('requester_kind', 16),
        column.text('requester_id', 255),
        column.text('request_id', 64),
        column.text('decider_kind', 16, { nullable: true }),
        column.text('decider_id', 255, { nullable: true }),
        column.text('reason', 500, { nullable: true }),
        column.instant('decided_at', { nullable: true }),
        column.instant('decidable_until'),
        column.instant('created_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        index('IX_change_request_created_at', 'created_at', 'id'),
        index('IX_change_request_requester_id', 'requester_id', 'state'),
        index('IX_change_request_expires_at', 'expires_at'),
      ],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('change_request');
  }
}
