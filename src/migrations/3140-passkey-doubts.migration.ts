import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A passkey that may be an intruder's signs nobody in alone any more. */
export class PasskeyDoubts1767225603140 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE passkey ADD COLUMN doubted_at bigint NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE passkey DROP COLUMN doubted_at');
  }
}
