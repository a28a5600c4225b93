import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** Signing in through others: who they are, who is who there, and what is under way at the moment. */
export class UpstreamSignIn1767225602400 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'upstream_provider',
      columns: [
        column.id('id'),
        column.text('slug', 64),
        column.text('preset', 16),
        column.text('status', 16),
        column.text('client_id', 512),
        column.json('choices'),
        column.json('public_key', { nullable: true }),
        column.longText('secret', { nullable: true }),
        column.longText('private_key', { nullable: true }),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [unique('UQ_upstream_provider_slug', 'slug'), index('IX_upstream_provider_created_at', 'created_at')],
    });
    await createTable(queryRunner, {
      name: 'federated_identity',
      columns: [
        column.id('id'),
        column.digest('identity_key'),
        column.ref('provider_id'),
        column.ref('user_id'),
        column.text('issuer', 512),
        column.text('subject', 255),
        column.text('label', 255, { nullable: true }),
        column.instant('created_at'),
        column.instant('last_used_at', { nullable: true }),
      ],
      indexes: [
        unique('UQ_federated_identity_identity_key', 'identity_key'),
        index('IX_federated_identity_provider_id', 'provider_id'),
        index('IX_federated_identity_user_id', 'user_id'),
      ],
      references: [
        { column: 'provider_id', table: 'upstream_provider', onDelete: 'CASCADE' },
        { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
      ],
    });
    await addVolatileTables(queryRunner);
    const name = (text: string): string => queryRunner.dataSource.driver.escape(text);
    await queryRunner.query(
      `INSERT INTO ${name('change_stamp')} (${name('kind')}, ${name('version')}) VALUES ('identity-providers', 0)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const name = (text: string): string => queryRunner.dataSource.driver.escape(text);
    await queryRunner.query(`DELETE FROM ${name('change_stamp')} WHERE ${name('kind')} = 'identity-providers'`);
    for (const table of ['pending_link', 'upstream_flow', 'federated_identity', 'upstream_provider']) {
      await queryRunner.dropTable(table);
    }
  }
}

/** What is under way at the moment, and has an end. */
async function addVolatileTables(queryRunner: QueryRunner): Promise<void> {
  await createTable(queryRunner, {
    name: 'upstream_flow',
    columns: [
      column.id('id'),
      column.digest('state_digest'),
      column.digest('browser_digest'),
      column.ref('provider_id'),
      column.longText('sealed'),
      column.instant('used_at', { nullable: true }),
      column.instant('expires_at'),
    ],
    indexes: [
      unique('UQ_upstream_flow_state_digest', 'state_digest'),
      index('IX_upstream_flow_provider_id', 'provider_id'),
      index('IX_upstream_flow_expires_at', 'expires_at'),
    ],
    references: [{ column: 'provider_id', table: 'upstream_provider', onDelete: 'CASCADE' }],
  });
  await createTable(queryRunner, {
    name: 'pending_link',
    columns: [
      column.id('id'),
      column.digest('browser_digest'),
      column.ref('provider_id'),
      column.longText('sealed'),
      column.instant('used_at', { nullable: true }),
      column.instant('created_at'),
      column.instant('expires_at'),
    ],
    indexes: [
      index('IX_pending_link_browser_digest', 'browser_digest'),
      index('IX_pending_link_provider_id', 'provider_id'),
      index('IX_pending_link_expires_at', 'expires_at'),
    ],
    references: [{ column: 'provider_id', table: 'upstream_provider', onDelete: 'CASCADE' }],
  });
}
