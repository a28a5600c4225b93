import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions } from '#platform/database/index.js';
import { openSample } from './support/open-sample.js';
import { sample, SampleEntity } from './support/sample-schema.js';

/** Another process: takes the write lock, says so, and commits a little later. */
const HOLD_FOR_300_MS = `
  const { DatabaseSync } = require('@photostructure/sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('BEGIN IMMEDIATE');
  database.exec("INSERT INTO sample VALUES ('theirs', 'theirs', NULL, 'd', 1, 1, '{}', 0, NULL)");
  console.log('holding');
  setTimeout(() => database.exec('COMMIT'), 300);
`;

describe('the embedded database in a file', () => {
  let folder: string;
  const url = () => `sqlite:${join(folder, 'new', 'gatehouse.sqlite')}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is durable on every connection: WAL, synchronous FULL, foreign keys, also when it is opened again', async () => {
    for (const time of ['first', 'second']) {
      const { database, close } = await openSample(url());
      const pragma = async (name: string): Promise<unknown> => {
        const [row] = await database.dataSource.query<Record<string, unknown>[]>(`PRAGMA ${name}`);
        return Object.values(row ?? {})[0];
      };
      const answers = [await pragma('journal_mode'), await pragma('synchronous'), await pragma('foreign_keys')];
      await close();
      expect([time, ...answers]).toEqual([time, 'wal', 2, 1]);
    }
  });

  it('can be read by its owner only', async () => {
    const { close } = await openSample(url());
    const modes = await Promise.all(
      ['', '-wal'].map(async (suffix) => (await stat(url().slice('sqlite:'.length) + suffix)).mode & 0o777),
    );
    await close();
    expect(modes).toEqual([0o600, 0o600]);
  });

  it('waits for another process that is writing', async () => {
    const { database, close } = await openSample(url());
    const other = spawn(process.execPath, ['-e', HOLD_FOR_300_MS, url().slice('sqlite:'.length)]);
    await once(other.stdout, 'data');
    const exited = once(other, 'exit');
    await new Transactions(database).run(async () => {
      await database.rows(SampleEntity).countBy({ flag: true });
      await database.rows(SampleEntity).insert(sample({ id: 'ours' }));
    });
    expect(await exited).toEqual([0, null]);
    const rows = await database.rows(SampleEntity).find({ order: { id: 'ASC' } });
    await close();
    expect(rows.map(({ id }) => id)).toEqual(['ours', 'theirs']);
  });

  it('refuses what SQLite would silently store as nothing', async () => {
    const { database, close } = await openSample('sqlite::memory:');
    const query = database.dataSource.query('SELECT ? AS value', [new Date()]);
    await expect(query).rejects.toThrow('cannot store [object Date]');
    await close();
  });
});
