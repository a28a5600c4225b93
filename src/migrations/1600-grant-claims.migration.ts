import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Grants keep the claims that were granted by name (OIDC Core §5.5), for ID tokens and userinfo; earlier ones have none. */
export class GrantClaims1767225601600 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE authorization_grant ADD COLUMN claims text NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE authorization_grant DROP COLUMN claims');
  }
}
