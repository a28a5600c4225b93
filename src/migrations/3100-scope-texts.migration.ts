import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = [
  ['example', 'text'],
  ['translations', 'text'],
  ['icon', 'varchar(16)'],
  ['sensitivity', 'varchar(16)'],
  ['text_version', 'integer'],
  ['meaning_version', 'integer'],
] as const;

/** Scopes have words in several languages, an example, a drawing, and versions of what users read. */
export class ScopeTexts1767225603100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [name, type] of COLUMNS) await queryRunner.query(`ALTER TABLE scope ADD COLUMN ${name} ${type} NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [name] of COLUMNS) await queryRunner.query(`ALTER TABLE scope DROP COLUMN ${name}`);
  }
}
