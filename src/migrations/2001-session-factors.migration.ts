import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions keep which second factors were proven in them; earlier ones had none. */
export class SessionFactors1767225602001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE session ADD COLUMN factors text NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE session DROP COLUMN factors');
  }
}
