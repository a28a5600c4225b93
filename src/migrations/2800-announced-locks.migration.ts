import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That an account is closed after too many failures is told once for each count of them. */
export class AnnouncedLocks1767225602800 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sign_in_throttle ADD COLUMN announced_at bigint NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sign_in_throttle DROP COLUMN announced_at');
  }
}
