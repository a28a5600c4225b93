import { describe, expect, it } from 'vitest';
import { onTable, subjectOf } from './statement-subject.js';

describe('the subject of a statement', () => {
  it.each([
    ['CREATE TABLE `user` (`id` varchar(36))', 'create-table', 'user'],
    ['create table if not exists "user" ("id" varchar(36))', 'create-table', 'user'],
    ['ALTER TABLE passkey ADD COLUMN doubted_at bigint NULL', 'alter-table', 'passkey'],
    ['CREATE INDEX `IX_a` ON `user` (`a`)', 'create-index', 'user'],
    ['CREATE UNIQUE INDEX UQ_a ON audit_event (sequence)', 'create-index', 'audit_event'],
    ['DROP INDEX `IX_a` ON `user`', 'drop-index', 'user'],
    ['DROP INDEX "IX_a"', 'drop-index', 'IX_a'],
    ['DROP TABLE IF EXISTS lease', 'drop-table', 'lease'],
    ['INSERT INTO `change_stamp` (`kind`) VALUES (?)', 'insert', 'change_stamp'],
    ['UPDATE "user" SET "name_key" = ?', 'update', 'user'],
    ['DELETE FROM session WHERE id = ?', 'delete', 'session'],
    ['SELECT `id` AS id,\n `claims` AS source FROM `user`', 'read', 'user'],
  ])('%s', (sql, verb, table) => {
    expect(subjectOf(sql)).toEqual({ verb, table });
  });

  it('names where copied rows come from', () => {
    const sql = 'INSERT INTO "temporary_user"("id") SELECT "id" FROM "user"';
    expect(subjectOf(sql)).toEqual({ verb: 'insert', table: 'temporary_user', from: 'user' });
  });

  it.each(['', 'CALL purge()', 'SELECT 1', 'ALTER SCHEMA x', 'RENAME TABLE a TO b'])('is not guessed: %s', (sql) => {
    expect(subjectOf(sql)).toBeUndefined();
  });

  it('can be another table', () => {
    expect(onTable('ALTER TABLE `user` ADD COLUMN `user` text NULL', '`x`')).toBe(
      'ALTER TABLE `x` ADD COLUMN `user` text NULL',
    );
    expect(onTable('CREATE UNIQUE INDEX UQ_a ON user (user)', '`x`')).toBe('CREATE UNIQUE INDEX UQ_a ON `x` (user)');
    expect(onTable('DROP INDEX `user` ON `user`', '`x`')).toBe('DROP INDEX `user` ON `x`');
    expect(() => onTable('DELETE FROM user', '`x`')).toThrow('only a statement that changes a table');
  });
});
