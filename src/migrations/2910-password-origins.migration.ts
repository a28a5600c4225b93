import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passwords say whether they were chosen by a link in a mail; of earlier ones that is not known. */
export class PasswordOrigins1767225602910 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE password ADD COLUMN rests_on_mailbox boolean NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE password DROP COLUMN rests_on_mailbox');
  }
}
