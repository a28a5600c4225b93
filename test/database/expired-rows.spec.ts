import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExpiredRows } from '#platform/database/index.js';
import type { Database } from '#platform/database/index.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import { openSample } from './support/open-sample.js';
import { sample, SampleEntity, SamplePartEntity } from './support/sample-schema.js';

const NOW = new Date('2026-06-01T00:00:00Z');
const at = (offsetMs: number) => new Date(NOW.getTime() + offsetMs);

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('purges on %s', (_kind, url) => {
  let database: Database;
  let expired: ExpiredRows;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ database, close } = await openSample(url));
    expired = new ExpiredRows(database);
  });
  afterAll(() => close());
  beforeEach(async () => {
    await database.rows(SampleEntity).createQueryBuilder().delete().execute();
  });

  it('delete in batches what has run out, and nothing else', async () => {
    const gone = Array.from({ length: 3000 }, (_, n) => sample({ id: `gone-${n}`, expiresAt: at(-n) }));
    const kept = [sample({ id: 'later', expiresAt: at(1) }), sample({ id: 'never', expiresAt: null })];
    for (let from = 0; from < gone.length; from += 500) {
      await database.rows(SampleEntity).insert(gone.slice(from, from + 500));
    }
    await database.rows(SampleEntity).insert(kept);
    const { deleted, batches } = await watchingDeletes(() => expired.deleteExpired(SampleEntity, NOW));
    expect(deleted).toBe(3000);
    expect(batches.reduce((sum, rows) => sum + rows, 0)).toBe(3000);
    expect(Math.max(...batches)).toBeLessThanOrEqual(500);
    const left = await database.rows(SampleEntity).find({ order: { id: 'ASC' } });
    expect(left.map(({ id }) => id)).toEqual(['later', 'never']);
    expect(await expired.deleteExpired(SampleEntity, NOW)).toBe(0);
  });

  it.each([
    ['grow where they take no time', 0, [100, 200, 400, 300]],
    ['stay where they take half of what is allowed', 0.25, [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 0]],
    ['shrink where they take too long', 1, [100, ...Array.from({ length: 36 }, () => 25), 0]],
  ])('take batches that %s', async (_title, millisecondsPerRow, expected) => {
    const rows = Array.from({ length: 1000 }, (_, n) => sample({ id: `gone-${n}`, expiresAt: at(-n) }));
    await database.rows(SampleEntity).insert(rows);
    let time = 0;
    const measured = new ExpiredRows(database, () => time);
    const { batches } = await watchingDeletes(
      () => measured.deleteExpired(SampleEntity, NOW),
      (count) => (time += count * millisecondsPerRow),
    );
    expect(batches).toEqual(expected.filter((count) => count > 0));
  });

  it('know from the last purge how large a batch may be, each table by itself', async () => {
    const fill = () =>
      database
        .rows(SampleEntity)
        .insert(Array.from({ length: 150 }, (_, n) => sample({ id: `gone-${n}`, expiresAt: at(-n) })));
    let time = 0;
    const measured = new ExpiredRows(database, () => time);
    const purge = () =>
      watchingDeletes(
        () => measured.deleteExpired(SampleEntity, NOW),
        (count) => (time += count),
      );
    await fill();
    expect((await purge()).batches).toEqual([100, 25, 25]);
    await fill();
    expect((await purge()).batches).toEqual([25, 25, 25, 25, 25, 25]);
    await database.rows(SampleEntity).insert(sample({ id: 'a' }));
    await database
      .rows(SamplePartEntity)
      .insert(Array.from({ length: 40 }, (_, position) => ({ sampleId: 'a', position, expiresAt: at(-1) })));
    const parts = await watchingDeletes(() => measured.deleteExpired(SamplePartEntity, NOW));
    expect(parts).toEqual({ deleted: 40, batches: [40] });
  });

  it('take the rows of a batch in the order of the primary key, whatever ran out first', async () => {
    const ids = ['c', 'a', 'd', 'b'];
    await database.rows(SampleEntity).insert(ids.map((id, n) => sample({ id, expiresAt: at(-n) })));
    const seen: unknown[][] = [];
    await watchingDeletes(
      () => expired.deleteExpired(SampleEntity, NOW),
      (_count, keys) => seen.push([...keys]),
    );
    expect(seen).toEqual([['a', 'b', 'c', 'd']]);
  });

  it('work on a key of two columns', async () => {
    await database.rows(SampleEntity).insert(['a', 'b'].map((id) => sample({ id })));
    const parts = ['a', 'b'].flatMap((sampleId) =>
      Array.from({ length: 7 }, (_, position) => ({ sampleId, position, expiresAt: at(position < 5 ? -1 : 1) })),
    );
    await database.rows(SamplePartEntity).insert(parts);
    expect(await expired.deleteExpired(SamplePartEntity, NOW)).toBe(10);
    const left = await database.rows(SamplePartEntity).find({ order: { sampleId: 'ASC', position: 'ASC' } });
    expect(left.map(({ sampleId, position }) => `${sampleId}${position}`)).toEqual(['a5', 'a6', 'b5', 'b6']);
  });

  it('stop between two batches when told to', async () => {
    await database.rows(SampleEntity).insert([1, 2, 3].map((n) => sample({ id: `${n}`, expiresAt: at(-1) })));
    expect(await expired.deleteExpired(SampleEntity, NOW, AbortSignal.abort())).toBe(0);
    expect(await database.rows(SampleEntity).count()).toBe(3);
  });

  it('stop after the batch in which they are told to', async () => {
    const rows = Array.from({ length: 350 }, (_, n) => sample({ id: `${n}`, expiresAt: at(-1) }));
    await database.rows(SampleEntity).insert(rows);
    const stopping = new AbortController();
    const fresh = new ExpiredRows(database, () => 0);
    const { deleted } = await watchingDeletes(
      () => fresh.deleteExpired(SampleEntity, NOW, stopping.signal),
      () => {
        stopping.abort();
      },
    );
    expect(deleted).toBe(100);
    expect(await database.rows(SampleEntity).count()).toBe(250);
  });

  /** How many rows each DELETE names; `onDelete` learns of each before it is carried out. */
  async function watchingDeletes(
    work: () => Promise<number>,
    onDelete: (rows: number, keys: readonly unknown[]) => unknown = () => undefined,
  ): Promise<{ deleted: number; batches: number[] }> {
    const { logger } = database.dataSource;
    const batches: number[] = [];
    database.dataSource.logger = Object.assign(Object.create(logger) as typeof logger, {
      logQuery: (query: string, parameters: readonly unknown[] = []) => {
        if (!query.startsWith('DELETE')) return;
        // Numbers, the instant among them, stand in the statement itself.
        const keys = parameters.filter((parameter) => typeof parameter === 'string');
        const rows = query.includes(' OR ') ? query.split(' OR ').length : keys.length;
        batches.push(rows);
        onDelete(rows, keys);
      },
    });
    try {
      return { deleted: await work(), batches };
    } finally {
      database.dataSource.logger = logger;
    }
  }
});
