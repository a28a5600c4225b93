import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Access that nobody uses is removed only after its user was told, so that it is kept when that was. */
export class UnusedAccess1767225603340 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE consent_use ADD COLUMN notices text NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE consent_use DROP COLUMN notices');
  }
}
