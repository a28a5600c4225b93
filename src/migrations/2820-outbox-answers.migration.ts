import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of what is carried outside over HTTP one can look up what was answered. */
export class OutboxAnswers1767225602820 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE outbox ADD COLUMN response_status integer NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE outbox DROP COLUMN response_status');
  }
}
