import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Grants keep until when each of their parts was approved; of earlier ones no part ends before the grant. */
export class GrantEnds1767225603110 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE authorization_grant ADD COLUMN ends text NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE authorization_grant DROP COLUMN ends');
  }
}
