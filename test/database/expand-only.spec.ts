import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import {
  isAboutSchema,
  makeDataSource,
  MIGRATION_LIMITS,
  pendingMigrations,
  planOf,
} from '#platform/database/index.js';
import { ENTITIES, MIGRATIONS } from '../../src/schema.js';
import { databaseKind, makeDatabase, testDatabases, type TestDatabase } from '../support/databases.js';
import { type Expanding, hinders } from './support/expand-only.js';
import { saidBy } from './support/said.js';

/** From before there was a release that another could run beside: it fills the column that it adds, row by row. */
const OF_BEFORE = /^PlainNames1767225601661$/;

describe.each(testDatabases().map((url) => [databaseKind(url), url]))(
  'the migrations as planned on %s',
  (_kind, url) => {
    let made: TestDatabase;
    let dataSource: DataSource;

    beforeAll(async () => {
      made = await makeDatabase(url);
      dataSource = await (await makeDataSource(made.url, { entities: ENTITIES, migrations: MIGRATIONS })).initialize();
    });
    afterAll(async () => {
      await dataSource.destroy();
      await made.drop();
    });

    it('are what they run, statement by statement', async () => {
      const plan = await planOf(dataSource, await pendingMigrations(dataSource), MIGRATION_LIMITS);
      const said = await saidBy(dataSource, () => dataSource.runMigrations());
      const planned = plan.flatMap(({ sql, times }) => Array.from({ length: times }, () => sql));
      expect(planned.length).toBeGreaterThan(MIGRATIONS.length);
      expect(planned).toEqual(said.filter((sql) => !isAboutSchema(sql)));
    });

    it('change nothing that the release of before uses, and no rows: each is planned alone, on what it finds', async () => {
      const alone: Expanding[] = [];
      for (const { name } of [...MIGRATIONS].reverse()) {
        await dataSource.undoLastMigration();
        if (!OF_BEFORE.test(name)) alone.push(...(await planOf(dataSource, [name], MIGRATION_LIMITS)));
      }
      expect(new Set(alone.map(({ migration }) => migration)).size).toBe(MIGRATIONS.length - 1);
      expect(alone.filter(({ work }) => work === 'instant').length).toBeGreaterThan(10);
      expect(hinders(alone)).toEqual([]);
    }, 120_000);

    it.each([
      'ALTER TABLE `user` DROP COLUMN `name_key`',
      'ALTER TABLE `user` RENAME COLUMN `name_key` TO `x`',
      'ALTER TABLE `user` RENAME TO `people`',
      'ALTER TABLE `user` MODIFY `name_key` text NULL',
      'ALTER TABLE `user` ADD COLUMN `x` text NOT NULL',
      'ALTER TABLE `user` ADD CONSTRAINT `x` FOREIGN KEY (`id`) REFERENCES `y`(`id`)',
      'DROP TABLE `user`',
      'DROP INDEX `IX_user_admin_role` ON `user`',
      'CREATE UNIQUE INDEX `UQ_x` ON `user` (`name_key`)',
      'UPDATE `user` SET `name_key` = ?',
      'DELETE FROM `user`',
    ])('may not be %s', (sql) => {
      expect(hinders([{ migration: 'Wrong1', sql, table: 'user', work: 'instant' }])).toHaveLength(1);
    });

    it('may add a column, and a unique index over it', () => {
      const statements = ['ALTER TABLE user ADD COLUMN x bigint NULL', 'CREATE UNIQUE INDEX UQ_x ON user (x)'];
      const one = { migration: 'Right1', table: 'user', work: 'instant' } as const;
      expect(hinders(statements.map((sql) => ({ ...one, sql })))).toEqual([]);
    });
  },
);
