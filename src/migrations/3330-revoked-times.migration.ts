import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Times whose access tokens without rows have ended; no foreign keys, so that whoever is deleted frees no token. */
export class RevokedTimes1767225603330 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'revoked_time',
      columns: [
        column.id('id'),
        column.ref('user_id', { nullable: true }),
        column.ref('client_id', { nullable: true, length: 255 }),
        column.instant('since', { nullable: true }),
        column.instant('until'),
        column.instant('expires_at'),
      ],
      indexes: [index('IX_revoked_time_expires_at', 'expires_at')],
    });
    await queryRunner.query(`INSERT INTO ${stamps(queryRunner)} VALUES ('revoked-times', 0)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { driver } = queryRunner.dataSource;
    const [table, kind] = ['change_stamp', 'kind'].map((name) => driver.escape(name));
    await queryRunner.query(`DELETE FROM ${table} WHERE ${kind} = 'revoked-times'`);
    await queryRunner.dropTable('revoked_time');
  }
}

function stamps({ dataSource: { driver } }: QueryRunner): string {
  const [table, kind, version] = ['change_stamp', 'kind', 'version'].map((name) => driver.escape(name));
  return `${table} (${kind}, ${version})`;
}
