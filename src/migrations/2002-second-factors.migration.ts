import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index, unique } from '#platform/database/index.js';

/** What users can prove besides their first proof, and the browsers in which they are not asked for it. */
export class SecondFactors1767225602002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const references = [{ column: 'user_id', table: 'user', onDelete: 'CASCADE' } as const];
    await createTable(queryRunner, {
      name: 'second_factor',
      columns: [
        column.id('id'),
        column.ref('user_id'),
        column.text('kind', 32),
        column.text('name', 100, { nullable: true }),
        column.digest('digest'),
        column.longText('seed', { nullable: true }),
        column.count('last_step', { nullable: true }),
        column.instant('created_at'),
        column.instant('last_used_at', { nullable: true }),
      ],
      indexes: [unique('UQ_second_factor_digest', 'digest'), index('IX_second_factor_user_id', 'user_id')],
      references,
    });
    await createTable(queryRunner, {
      name: 'recovery_code',
      columns: [
        column.digest('digest', { primary: true }),
        column.ref('user_id'),
        column.instant('created_at'),
        column.instant('used_at', { nullable: true }),
      ],
      indexes: [index('IX_recovery_code_user_id', 'user_id')],
      references,
    });
    await createTable(queryRunner, {
      name: 'mail_code',
      columns: [
        column.id('sign_in_id'),
        column.ref('user_id'),
        column.digest('digest'),
        column.count('tries'),
        column.instant('sent_at'),
        column.instant('used_at', { nullable: true }),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_mail_code_user_id', 'user_id'), index('IX_mail_code_expires_at', 'expires_at')],
      references,
    });
    await createTable(queryRunner, {
      name: 'remembered_browser',
      columns: [
        column.id('id'),
        column.digest('digest'),
        column.ref('user_id'),
        column.text('user_agent', 255, { nullable: true }),
        column.instant('created_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        unique('UQ_remembered_browser_digest', 'digest'),
        index('IX_remembered_browser_user_id', 'user_id'),
        index('IX_remembered_browser_expires_at', 'expires_at'),
      ],
      references,
    });
    await queryRunner.query('ALTER TABLE user_group ADD COLUMN second_factor varchar(32) NULL');
    await queryRunner.query('ALTER TABLE user_group ADD COLUMN second_factor_kinds text NULL');
    const escape = (name: string): string => queryRunner.dataSource.driver.escape(name);
    const columns = ['kind', 'version'].map(escape).join(', ');
    await queryRunner.query(`INSERT INTO change_stamp (${columns}) VALUES ('groups', 0)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const kind = queryRunner.dataSource.driver.escape('kind');
    await queryRunner.query(`DELETE FROM change_stamp WHERE ${kind} = 'groups'`);
    await queryRunner.query('ALTER TABLE user_group DROP COLUMN second_factor_kinds');
    await queryRunner.query('ALTER TABLE user_group DROP COLUMN second_factor');
    for (const name of ['remembered_browser', 'mail_code', 'recovery_code', 'second_factor']) {
      await queryRunner.dropTable(name);
    }
  }
}
