import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

const ADDED = ['required_actions', 'accepted_terms'];

/** People are invited, can be made to do something at their next sign-in, and accept terms. */
export class People1767225602210 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'invitation',
      columns: [
        column.id('id'),
        column.text('email', 255),
        column.text('email_key', 255),
        column.json('gives'),
        column.instant('valid_until'),
        column.instant('accepted_at', { nullable: true }),
        column.ref('user_id', { nullable: true }),
        column.instant('created_at'),
        column.instant('updated_at'),
        column.instant('expires_at'),
      ],
      indexes: [
        index('IX_invitation_email_key', 'email_key'),
        index('IX_invitation_created_at', 'created_at'),
        index('IX_invitation_expires_at', 'expires_at'),
      ],
    });
    // By a statement: TypeORM would make the table of an embedded database anew, and lose what refers to its rows.
    for (const name of ADDED) await alterUser(queryRunner, (escape) => `ADD COLUMN ${escape(name)} text NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const name of ADDED) await alterUser(queryRunner, (escape) => `DROP COLUMN ${escape(name)}`);
    await queryRunner.dropTable('invitation');
  }
}

async function alterUser(
  queryRunner: QueryRunner,
  change: (escape: (name: string) => string) => string,
): Promise<void> {
  const escape = (name: string): string => queryRunner.dataSource.driver.escape(name);
  await queryRunner.query(`ALTER TABLE ${escape('user')} ${change(escape)}`);
}
