import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Who outside is told what happened, and the secrets that sign it: several at once while one takes over from another. */
export class Webhooks1767225602830 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'webhook',
      columns: [
        column.id('id'),
        column.longText('url'),
        column.json('events'),
        column.text('description', 255, { nullable: true }),
        column.text('status', 16),
        column.text('disabled_because', 16, { nullable: true }),
        column.instant('failing_since', { nullable: true }),
        column.instant('created_at'),
        column.instant('updated_at'),
      ],
      indexes: [index('IX_webhook_created_at', 'created_at', 'id')],
    });
    await createTable(queryRunner, {
      name: 'webhook_secret',
      columns: [
        column.id('id'),
        column.ref('webhook_id'),
        column.longText('sealed'),
        column.instant('created_at'),
        column.instant('expires_at', { nullable: true }),
      ],
      indexes: [
        index('IX_webhook_secret_webhook_id', 'webhook_id'),
        index('IX_webhook_secret_expires_at', 'expires_at'),
      ],
      references: [{ column: 'webhook_id', table: 'webhook', onDelete: 'CASCADE' }],
    });
    const name = (text: string): string => queryRunner.dataSource.driver.escape(text);
    await queryRunner.query(
      `INSERT INTO ${name('change_stamp')} (${name('kind')}, ${name('version')}) VALUES ('webhooks', 0)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const name = (text: string): string => queryRunner.dataSource.driver.escape(text);
    await queryRunner.query(`DELETE FROM ${name('change_stamp')} WHERE ${name('kind')} = 'webhooks'`);
    await queryRunner.dropTable('webhook_secret');
    await queryRunner.dropTable('webhook');
  }
}
