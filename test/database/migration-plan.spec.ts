import { afterEach, describe, expect, it } from 'vitest';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { SystemClock, SystemRandom } from '#platform/crypto/index.js';
import {
  column,
  createTable,
  HeavyMigration,
  LeaseEntity,
  makeDataSource,
  MIGRATION_LIMITS,
  openDatabase,
  pendingMigrations,
  planOf,
  type PlannedStatement,
} from '#platform/database/index.js';
import { connected } from '../support/database-model.js';
import { databaseKind, makeDatabase, testDatabases, type TestDatabase } from '../support/databases.js';

const ROWS = 7;

class Base1000000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await createTable(queryRunner, {
      name: 'thing',
      columns: [column.id('id'), column.text('name', 50), column.text('colour', 50, { nullable: true })],
    });
    for (let row = 0; row < ROWS; row += 1) {
      await queryRunner.query(`INSERT INTO thing (id, name) VALUES ('${row}', 'x')`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('thing');
  }
}

/** A migration after the first that says just this. */
function saying(...statements: string[]): new () => MigrationInterface {
  return class Next1000000000002 implements MigrationInterface {
    async up(queryRunner: QueryRunner): Promise<void> {
      for (const statement of statements) await queryRunner.query(statement);
    }

    down(): Promise<void> {
      return Promise.resolve();
    }
  };
}

const clock = new SystemClock();
const random = new SystemRandom(clock);

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('a plan of migrations on %s', (kind, url) => {
  const made: TestDatabase[] = [];
  const opened: DataSource[] = [];

  afterEach(async () => {
    for (const dataSource of opened.splice(0)) await dataSource.destroy();
    for (const database of made.splice(0)) await database.drop();
  });

  /** A database after the first migration, seen by a release that has a second one. */
  async function before(next: new () => MigrationInterface): Promise<DataSource> {
    const database = await makeDatabase(url);
    made.push(database);
    const dataSource = await makeDataSource(database.url, { entities: [], migrations: [Base1000000000001, next] });
    opened.push(await dataSource.initialize());
    const last = dataSource.migrations.pop();
    await dataSource.runMigrations();
    if (last !== undefined) dataSource.migrations.push(last);
    return dataSource;
  }

  async function plan(dataSource: DataSource, rows = 100): Promise<readonly PlannedStatement[]> {
    return planOf(dataSource, await pendingMigrations(dataSource), { rows, bytes: MIGRATION_LIMITS.bytes });
  }

  it('tells what is changed at once from what reads or writes all rows, and changes nothing', async () => {
    const dataSource = await before(
      saying(
        'ALTER TABLE thing ADD COLUMN size bigint NULL',
        'CREATE INDEX IX_thing_size ON thing (size)',
        "INSERT INTO thing (id, name) VALUES ('n', 'new')",
        "UPDATE thing SET name = 'y'",
        'CREATE TABLE other (id varchar(36) NOT NULL)',
        'ALTER TABLE other ADD COLUMN size bigint NOT NULL DEFAULT 1',
      ),
    );
    const planned = await plan(dataSource);
    expect(planned.map(({ work, table, rows, heavy }) => [work, table, rows, heavy])).toEqual([
      ['instant', 'thing', ROWS, false],
      ['in-place', 'thing', ROWS, false],
      ['one-row', 'thing', ROWS, false],
      ['rows', 'thing', ROWS, false],
      ['new-table', 'other', 0, false],
      ['new-table', 'other', 0, false],
    ]);
    expect(planned[0]?.bytes).toBeGreaterThan(0);
    expect(planned.slice(0, 2).map(({ seconds }) => seconds > 0)).toEqual([false, true]);
    const server = kind === 'sqlite' ? [undefined, undefined] : ['INSTANT', 'INPLACE'];
    expect(planned.slice(0, 2).map(({ algorithm }) => algorithm)).toEqual(server);
    expect(await pendingMigrations(dataSource)).toEqual(['Next1000000000002']);
    const runner = dataSource.createQueryRunner();
    expect([await runner.hasTable('other'), await runner.hasColumn('thing', 'size')]).toEqual([false, false]);
    await runner.release();
  });

  it('counts what a migration says again and again, from the rows that it finds', async () => {
    class Loop1000000000002 implements MigrationInterface {
      async up(queryRunner: QueryRunner): Promise<void> {
        const rows = (await queryRunner.query('SELECT id FROM thing')) as { id: string }[];
        for (const { id } of rows) await queryRunner.query('UPDATE thing SET name = ? WHERE id = ?', ['y', id]);
      }

      down(): Promise<void> {
        return Promise.resolve();
      }
    }
    const planned = await plan(await before(Loop1000000000002), ROWS - 1);
    expect(planned.map(({ work, times, heavy }) => ({ work, times, heavy }))).toEqual([
      { work: 'read', times: 1, heavy: false },
      { work: 'rows', times: ROWS, heavy: true },
    ]);
  });

  const copying =
    kind === 'sqlite'
      ? 'ALTER TABLE thing DROP COLUMN colour'
      : 'ALTER TABLE thing MODIFY colour varchar(50) CHARACTER SET latin1 NULL';

  it('refuses what copies a table beyond the limit, at start as well (78), until it is allowed', async () => {
    const next = saying(copying);
    const dataSource = await before(next);
    expect(await plan(dataSource, ROWS)).toMatchObject([{ work: 'copy', locks: true, heavy: false }]);
    expect(await plan(dataSource, ROWS - 1)).toMatchObject([{ work: 'copy', locks: true, heavy: true }]);
    if (kind === 'sqlite') return; // A database in memory cannot be opened twice; the command line is tested on a file.
    const settings = { url: made[0]?.url ?? '', migrateOnStart: true };
    const schema = { entities: [LeaseEntity], migrations: [Base1000000000001, next] };
    const limits = { rows: ROWS - 1, bytes: MIGRATION_LIMITS.bytes };
    const refusal: unknown = await openDatabase(settings, schema, clock, random, limits).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(HeavyMigration);
    expect(refusal).toMatchObject({ exitCode: 78, message: expect.stringContaining('thing (7 rows') as unknown });
    expect(await pendingMigrations(dataSource)).toEqual(['Next1000000000002']);
    const { dataSource: migrated } = await openDatabase(settings, schema, clock, random, 'any');
    opened.push(migrated);
    expect(await pendingMigrations(dataSource)).toEqual([]);
  });

  it('does not guess at statements of an unknown form', async () => {
    await expect(plan(await before(saying('CALL purge()')))).rejects.toThrow('a plan cannot tell');
  });

  if (kind !== 'sqlite') {
    it('leaves no trace of asking the server', async () => {
      const dataSource = await before(saying(copying));
      expect(await plan(dataSource)).toMatchObject([{ algorithm: 'COPY', askedServer: true }]);
      const tables = await dataSource.query<object[]>('SHOW TABLES');
      expect(tables.flatMap((row) => Object.values(row) as unknown[]).sort()).toEqual(['migrations', 'thing']);
    });

    it('goes by the rules where its user may not make a table', async () => {
      const next = saying(
        'ALTER TABLE thing ADD COLUMN size bigint NULL',
        copying,
        'CREATE INDEX IX_x ON thing (name)',
      );
      await before(next);
      const own = new URL(made[0]?.url ?? '');
      const reader = `r${own.pathname.slice(-12)}`;
      await connected(own.href, async (connection) => {
        await connection.query(`CREATE USER ${reader}@'%' IDENTIFIED BY 'reads-only'`);
        await connection.query(`GRANT SELECT ON \`${own.pathname.slice(1)}\`.* TO ${reader}@'%'`);
      });
      const asReader = new URL(own);
      [asReader.username, asReader.password] = [reader, 'reads-only'];
      const source = await makeDataSource(asReader.href, { entities: [], migrations: [Base1000000000001, next] });
      opened.push(await source.initialize());
      const planned = await plan(source);
      await connected(own.href, (connection) => connection.query(`DROP USER ${reader}@'%'`));
      expect(planned.map(({ algorithm, askedServer }) => [algorithm, askedServer])).toEqual([
        ['INSTANT', false],
        ['COPY', false],
        ['INPLACE', false],
      ]);
    });
  }
});
