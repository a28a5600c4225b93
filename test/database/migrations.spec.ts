import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock, SystemRandom } from '#platform/crypto/index.js';
import { makeDataSource, openDatabase, pendingMigrations, SchemaBehind } from '#platform/database/index.js';
import type { Schema } from '#platform/database/index.js';
import { databaseKind, makeDatabase, testDatabases } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { ENTITIES, MIGRATIONS } from '../../src/schema.js';
import { SAMPLE_SCHEMA } from './support/sample-schema.js';

const SCHEMA: Schema = { entities: ENTITIES, migrations: MIGRATIONS };

const SCHEMAS: [string, Schema][] = [
  ['the schema', SCHEMA],
  ['every kind of column', SAMPLE_SCHEMA],
];

const clock = new SystemClock();
const random = new SystemRandom(clock);

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('migrations on %s', (_kind, url) => {
  const made: TestDatabase[] = [];
  const empty = async (characterSet?: string) => {
    const database = await makeDatabase(url, characterSet);
    made.push(database);
    return database.url;
  };

  afterEach(async () => {
    for (const database of made.splice(0)) await database.drop();
  });

  it.each(SCHEMAS)('make exactly what the entities describe: %s', async (_title, schema) => {
    // A server's own character set may be narrow; it is enough to see that for each kind of column.
    for (const characterSet of schema === SAMPLE_SCHEMA ? ['utf8mb4', 'latin1'] : ['utf8mb4']) {
      const { dataSource } = await openDatabase(
        { url: await empty(characterSet), migrateOnStart: true },
        schema,
        clock,
        random,
      );
      const drift = await dataSource.driver.createSchemaBuilder().log();
      await dataSource.destroy();
      expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
    }
  });

  it.each(SCHEMAS)(
    'go up, down and up again: %s',
    async (_title, schema) => {
      const dataSource = await (await makeDataSource(await empty(), schema)).initialize();
      const tables = async () => {
        const runner = dataSource.createQueryRunner();
        const found = await Promise.all(
          dataSource.entityMetadatas.map(async ({ tableName }) =>
            (await runner.hasTable(tableName)) ? [tableName] : [],
          ),
        );
        await runner.release();
        return found.flat();
      };
      await dataSource.runMigrations();
      const all = await tables();
      for (const migration of schema.migrations) {
        expect(migration.name).toMatch(/^[A-Z][A-Za-z]*\d{13}$/);
        await dataSource.undoLastMigration();
      }
      const none = await tables();
      await dataSource.runMigrations();
      const again = await tables();
      const drift = await dataSource.driver.createSchemaBuilder().log();
      await dataSource.destroy();
      expect([all.length, none, again]).toEqual([schema.entities.length, [], all]);
      expect(drift.upQueries).toEqual([]);
    },
    120_000,
  );

  it('give the names of clients and users that were there before their plain form', async () => {
    const dataSource = await (await makeDataSource(await empty(), SCHEMA)).initialize();
    await dataSource.runMigrations();
    const runner = dataSource.createQueryRunner();
    while (await runner.hasColumn('client', 'client_name_key')) await dataSource.undoLastMigration();
    const quoted = (name: string) => dataSource.driver.escape(name);
    const insert = (table: string, row: Record<string, unknown>) =>
      runner.query(
        `INSERT INTO ${quoted(table)} (${Object.keys(row).map(quoted).join(', ')}) VALUES (${Object.keys(row)
          .map(() => '?')
          .join(', ')})`,
        Object.values(row),
      );
    const stamps = { created_at: 1, updated_at: 1 };
    const client = {
      client_id: 'c',
      client_name: 'GRÖße Ｄｅｓｋ',
      status: 'active',
      metadata: '{}',
      self_registered: 0,
    };
    await insert('client', { ...client, ...stamps });
    await insert('client_origin', { client_id: 'c', origin: 'https://rp.example' });
    const user = { id: 'u', username: 'U', username_key: 'u', status: 'active', claims: '{"name":"Alice X"}' };
    await insert('user', { ...user, ...stamps });
    await insert('user', { ...user, id: 'v', username_key: 'v', claims: '{}', ...stamps });
    await dataSource.runMigrations();
    const column = async (table: string, name: string): Promise<unknown[]> => {
      const sql = `SELECT ${quoted(name)} AS found FROM ${quoted(table)} ORDER BY 1`;
      return ((await runner.query(sql)) as { found: unknown }[]).map(({ found }) => found);
    };
    expect(await column('client', 'client_name_key')).toEqual(['größe desk']);
    expect(await column('user', 'name_key')).toEqual([null, 'alice x']);
    // What refers to the rows stays.
    expect(await column('client_origin', 'origin')).toEqual(['https://rp.example']);
    await runner.release();
    await dataSource.destroy();
  }, 120_000);

  it('refuse to start behind when they may not run, and name what is missing', async () => {
    const own = await empty();
    const opened = openDatabase({ url: own, migrateOnStart: false }, SCHEMA, clock, random);
    const refusal: unknown = await opened.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SchemaBehind);
    expect(refusal).toMatchObject({ exitCode: 78, pending: SCHEMA.migrations.map(({ name }) => name) });
    expect(String(refusal)).toContain('npm run migrate');
  });

  it('run in the order in which they are listed', async () => {
    const dataSource = await (await makeDataSource(await empty(), SCHEMA)).initialize();
    const listed = await pendingMigrations(dataSource);
    await dataSource.destroy();
    const stamps = listed.map((name) => Number(name.slice(-13)));
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
    expect(new Set(stamps).size).toBe(stamps.length);
  });

  if (!url.startsWith('sqlite:')) {
    it('run once when three processes start together', async () => {
      const own = await empty();
      const starts = [1, 2, 3].map(() => openDatabase({ url: own, migrateOnStart: true }, SCHEMA, clock, random));
      const databases = await Promise.all(starts);
      const rows: unknown = await databases[0]?.dataSource.query('SELECT name FROM migrations ORDER BY id');
      for (const database of databases) await database.dataSource.destroy();
      expect(rows).toEqual(SCHEMA.migrations.map(({ name }) => ({ name })));
    });

    it('are asked of a mysql: URL as of the server that answers there', async () => {
      const own = (await empty()).replace(/^mariadb:/, 'mysql:');
      const dataSource = await makeDataSource(own, SCHEMA);
      expect(dataSource.options.type).toBe('mariadb');
    });
  }
});
