import type { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable, index } from '#platform/database/index.js';

/** Pictures of users, in pieces that fit a text column of every database. */
export class Pictures1767225602700 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'user_picture_part',
      columns: [
        column.ref('user_id', { primary: true }),
        column.count('part', { primary: true }),
        column.digest('digest'),
        column.text('media_type', 32),
        column.longText('content'),
      ],
      indexes: [index('IX_user_picture_part_digest', 'digest')],
      references: [{ column: 'user_id', table: 'user', onDelete: 'CASCADE' }],
    });
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('user_picture_part');
  }
}
