import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '#platform/database/index.js';

/** Clients may know users by pairwise subjects (OIDC Core §8.1), whose key must outlive every change of SECRET_KEYS. */
export class SubjectKey1767225601620 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'subject_key',
      columns: [column.id('id'), column.longText('sealed'), column.instant('created_at')],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('subject_key');
  }
}
