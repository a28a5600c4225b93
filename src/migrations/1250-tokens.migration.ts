import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

const GRANT = 'authorization_grant';

/** Grants, and under them codes, refresh-token families and opaque tokens; beside them what was revoked or used. */
export class Tokens1767225601250 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createGrants(queryRunner);
    await createCodes(queryRunner);
    await createFamilies(queryRunner);
    await createOpaqueTokens(queryRunner);
    await createTable(queryRunner, {
      name: 'revoked_access_token',
      columns: [column.text('jti', 64, { primary: true }), column.instant('expires_at')],
      indexes: [index('IX_revoked_access_token_expires_at', 'expires_at')],
    });
    await createTable(queryRunner, {
      name: 'used_jti',
      columns: [column.digest('digest', { primary: true }), column.instant('expires_at')],
      indexes: [index('IX_used_jti_expires_at', 'expires_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('used_jti');
    await queryRunner.dropTable('revoked_access_token');
    await queryRunner.dropTable('opaque_access_token');
    await queryRunner.dropTable('refresh_token_family');
    await queryRunner.dropTable('authorization_code');
    await queryRunner.dropTable(GRANT);
  }
}

async function createGrants(queryRunner: QueryRunner): Promise<void> {
  await createTable(queryRunner, {
    name: GRANT,
    columns: [
      column.id('id'),
      column.ref('user_id'),
      column.ref('client_id', { length: 255 }),
      column.ref('session_id', { nullable: true }),
      column.longText('scope'),
      column.json('resources'),
      column.instant('auth_time'),
      column.text('acr', 32),
      column.json('amr'),
      column.flag('offline'),
      column.instant('created_at'),
      column.instant('expires_at'),
      column.instant('revoked_at', { nullable: true }),
    ],
    indexes: [
      index('IX_authorization_grant_user_id_client_id', 'user_id', 'client_id'),
      index('IX_authorization_grant_client_id', 'client_id'),
      index('IX_authorization_grant_session_id', 'session_id'),
      index('IX_authorization_grant_expires_at', 'expires_at'),
    ],
    references: [
      { column: 'user_id', table: 'user', onDelete: 'CASCADE' },
      { column: 'client_id', table: 'client', to: 'client_id', onDelete: 'CASCADE' },
    ],
  });
}

async function createCodes(queryRunner: QueryRunner): Promise<void> {
  await createTable(queryRunner, {
    name: 'authorization_code',
    columns: [
      column.digest('digest', { primary: true }),
      column.ref('grant_id'),
      column.text('client_id', 255),
      column.longText('redirect_uri'),
      column.text('code_challenge', 43, { nullable: true }),
      column.text('nonce', 512, { nullable: true }),
      column.count('failures'),
      column.instant('redeemable_until'),
      column.instant('redeemed_at', { nullable: true }),
      column.instant('expires_at'),
    ],
    indexes: [
      index('IX_authorization_code_grant_id', 'grant_id'),
      index('IX_authorization_code_expires_at', 'expires_at'),
    ],
    references: [{ column: 'grant_id', table: GRANT, onDelete: 'CASCADE' }],
  });
}

async function createFamilies(queryRunner: QueryRunner): Promise<void> {
  await createTable(queryRunner, {
    name: 'refresh_token_family',
    columns: [
      column.id('id'),
      column.ref('grant_id'),
      column.text('client_id', 255),
      column.count('generation'),
      column.text('key_name', 64),
      column.instant('rotated_at'),
      column.instant('ends_at'),
      column.instant('expires_at'),
    ],
    indexes: [
      index('IX_refresh_token_family_grant_id', 'grant_id'),
      index('IX_refresh_token_family_expires_at', 'expires_at'),
    ],
    references: [{ column: 'grant_id', table: GRANT, onDelete: 'CASCADE' }],
  });
}

async function createOpaqueTokens(queryRunner: QueryRunner): Promise<void> {
  await createTable(queryRunner, {
    name: 'opaque_access_token',
    columns: [
      column.digest('digest', { primary: true }),
      column.ref('jti'),
      column.ref('grant_id', { nullable: true }),
      column.text('client_id', 255),
      column.text('subject', 255),
      column.longText('scope'),
      column.json('audience'),
      column.instant('issued_at'),
      column.instant('expires_at'),
    ],
    indexes: [
      index('IX_opaque_access_token_jti', 'jti'),
      index('IX_opaque_access_token_grant_id', 'grant_id'),
      index('IX_opaque_access_token_expires_at', 'expires_at'),
    ],
    references: [{ column: 'grant_id', table: GRANT, onDelete: 'CASCADE' }],
  });
}
