import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataSource } from '#platform/database/index.js';
import { ENTITIES, MIGRATIONS } from '../../src/schema.js';
import { CommandLine } from '../support/command-line.js';
import { databaseKind, makeDatabase, type TestDatabase } from '../support/databases.js';
import { databasesUnderTest } from '../support/start-service.js';

const ROWS = 3;

for (const url of databasesUnderTest()) {
  describe(`the command line and a release to come [${databaseKind(url)}]`, () => {
    let database: TestDatabase;
    let gatehouse: CommandLine;
    let folder: string;
    let own: string;

    /** Takes migrations back, as the release of before knew them, until the column is gone; then there are some rows. */
    async function backBefore(table: string, column: string, rows: number): Promise<string[]> {
      const source = await (await makeDataSource(own, { entities: ENTITIES, migrations: MIGRATIONS })).initialize();
      const runner = source.createQueryRunner();
      let count = 0;
      for (; await runner.hasColumn(table, column); count += 1) await source.undoLastMigration();
      for (let row = 0; row < rows; row += 1) {
        await runner.query(
          `INSERT INTO client (client_id, client_name, status, metadata, self_registered, created_at, updated_at)
           VALUES ('client-${row}', 'Client ${row}', 'active', '{}', 0, 1, 1)`,
        );
      }
      await runner.release();
      await source.destroy();
      return MIGRATIONS.slice(-count).map(({ name }) => name);
    }

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
      database = await makeDatabase(url);
      own = url.startsWith('sqlite:') ? `sqlite:${join(folder, 'gatehouse.sqlite')}` : database.url;
      gatehouse = new CommandLine({ DATA_DIR: folder, DATABASE_URL: own });
      await gatehouse.answer('migrate');
    }, 120_000);
    afterAll(async () => {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('prints what migrating would run and what it costs here, and changes nothing', async () => {
      const none = await gatehouse.answer('migrate plan');
      expect(none).toEqual({ pending: [], statements: [], estimated_seconds: 0, refused: false });
      const pending = await backBefore('passkey', 'doubted_at', 0);
      const plan = await gatehouse.answer('migrate plan');
      expect(plan).toMatchObject({ pending, refused: false });
      expect(plan['statements']).toContainEqual({
        migration: 'PasskeyDoubts1767225603140',
        sql: 'ALTER TABLE passkey ADD COLUMN doubted_at bigint NULL',
        times: 1,
        table: 'passkey',
        new_table: false,
        algorithm: databaseKind(url) === 'sqlite' ? null : 'INSTANT',
        algorithm_from: databaseKind(url) === 'sqlite' ? null : 'server',
        copies_table: false,
        writes_wait: databaseKind(url) === 'sqlite',
        rows: 0,
        bytes: expect.any(Number) as unknown,
        estimated_seconds: 0,
        refused: false,
      });
      const { code, out, errors } = await gatehouse.run('migrate plan');
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(out).toContain('  ALTER TABLE passkey ADD COLUMN doubted_at bigint NULL\n    ');
      expect(out).toContain(databaseKind(url) === 'sqlite' ? 'the table stays as it is' : 'INSTANT, says the server');
      expect(out).toMatch(/about no time\.\n$/);
      expect(await gatehouse.answer('migrate')).toEqual({ applied: pending });
    }, 120_000);

    it('refuses what would hold up a large table (78), until it is told to go on', async () => {
      const pending = await backBefore('client', 'client_name_key', ROWS);
      const planned = await gatehouse.run(`migrate plan --copy-rows ${ROWS - 1} --json`);
      expect(planned.code).toBe(1);
      expect(planned.json()).toMatchObject({ pending, refused: true });
      const shown = await gatehouse.run(`migrate plan --copy-rows ${ROWS - 1}`);
      expect(shown.out).toMatch(
        /UPDATE .client. SET .*\(3 times\)\n {4}changes rows, 3 rows .*REFUSED without --allow-copy/,
      );
      const refused = await gatehouse.run(`migrate --copy-rows ${ROWS - 1}`);
      expect(refused).toMatchObject({ code: 78, out: '' });
      expect(refused.errors).toContain('client (3 rows, PlainNames1767225601661)');
      expect(await gatehouse.answer(`migrate --copy-rows ${ROWS - 1} --allow-copy`)).toEqual({ applied: pending });
    }, 240_000);

    it.each([
      'migrate plan --copy-rows many',
      'migrate --copy-bytes -1',
      'migrate elsewhere',
      'migrate plan --allow-copy',
    ])('refuses wrong usage (2): %s', async (words) => {
      expect(await gatehouse.run(words)).toMatchObject({ code: 2, out: '' });
    });
  });
}
