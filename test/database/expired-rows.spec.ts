import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ExpiredRows } from '#platform/database/index.js';
import type { Database } from '#platform/database/index.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import { PACE_EMBEDDED, PACE_ON_SERVER } from '../../src/platform/database/batch-size.js';
import { openSample } from './support/open-sample.js';
import { sample, SampleEntity, SamplePartEntity } from './support/sample-schema.js';

const NOW = new Date('2026-06-01T00:00:00Z');
const at = (offsetMs: number) => new Date(NOW.getTime() + offsetMs);
const noRest = () => Promise.resolve();

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('purges on %s', (_kind, url) => {
  let database: Database;
  let expired: ExpiredRows;
  let close: () => Promise<void>;
  const { aimMs, rest: restShare } = url.startsWith('sqlite:') ? PACE_EMBEDDED : PACE_ON_SERVER;

  beforeAll(async () => {
    ({ database, close } = await openSample(url));
    expired = new ExpiredRows(database, { now: () => performance.now(), rest: noRest });
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
    ['stay where they take as long as they should', 0.01, Array.from({ length: 10 }, () => 100)],
    ['shrink where they take too long', 0.04, [100, ...Array.from({ length: 36 }, () => 25)]],
  ])('take batches that %s', async (_title, shareOfAim, expected) => {
    const millisecondsPerRow = shareOfAim * aimMs;
    const rows = Array.from({ length: 1000 }, (_, n) => sample({ id: `gone-${n}`, expiresAt: at(-n) }));
    await database.rows(SampleEntity).insert(rows);
    let time = 0;
    const measured = new ExpiredRows(database, { now: () => time, rest: noRest });
    const { batches } = await watchingDeletes(
      () => measured.deleteExpired(SampleEntity, NOW),
      (count) => (time += count * millisecondsPerRow),
    );
    expect(batches).toEqual(expected);
  });

  it('know from the last purge how large a batch may be, each table by itself', async () => {
    const fill = () =>
      database
        .rows(SampleEntity)
        .insert(Array.from({ length: 150 }, (_, n) => sample({ id: `gone-${n}`, expiresAt: at(-n) })));
    let time = 0;
    const measured = new ExpiredRows(database, { now: () => time, rest: noRest });
    const purge = () =>
      watchingDeletes(
        () => measured.deleteExpired(SampleEntity, NOW),
        (count) => (time += 0.04 * aimMs * count),
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
    expect(await expired.deleteExpired(SampleEntity, NOW, { signal: AbortSignal.abort() })).toBe(0);
    expect(await database.rows(SampleEntity).count()).toBe(3);
  });

  it('stop after the batch in which they are told to', async () => {
    const rows = Array.from({ length: 350 }, (_, n) => sample({ id: `${n}`, expiresAt: at(-1) }));
    await database.rows(SampleEntity).insert(rows);
    const stopping = new AbortController();
    const fresh = new ExpiredRows(database, { now: () => 0, rest: noRest });
    const { deleted } = await watchingDeletes(
      () => fresh.deleteExpired(SampleEntity, NOW, { signal: stopping.signal }),
      () => {
        stopping.abort();
      },
    );
    expect(deleted).toBe(100);
    expect(await database.rows(SampleEntity).count()).toBe(250);
  });

  it('rest after each full batch, and let no other purge begin one meanwhile', async () => {
    const insert = (count: number) =>
      database
        .rows(SampleEntity)
        .insert(Array.from({ length: count }, (_, n) => sample({ id: `gone-${n}`, expiresAt: at(-1) })));
    await insert(250);
    await database.rows(SampleEntity).insert(sample({ id: 'a' }));
    await database.rows(SamplePartEntity).insert({ sampleId: 'a', position: 1, expiresAt: at(-1) });
    let time = 0;
    const rests: number[] = [];
    const order: string[] = [];
    let goOn: () => void = () => undefined;
    const resting = new ExpiredRows(database, {
      now: () => time,
      rest: (milliseconds) => {
        rests.push(milliseconds);
        order.push('rest');
        return new Promise((resolve) => {
          goOn = () => {
            order.push('over');
            resolve();
          };
          setImmediate(goOn);
        });
      },
    });
    await watchingDeletes(
      () =>
        Promise.all([resting.deleteExpired(SampleEntity, NOW), resting.deleteExpired(SamplePartEntity, NOW)]).then(
          ([rows, parts]) => rows + parts,
        ),
      (count) => {
        order.push(`delete ${count}`);
        time += aimMs;
      },
    );
    expect(order).toEqual(['delete 100', 'rest', 'over', 'delete 1', 'delete 100', 'rest', 'over', 'delete 50']);
    expect(rests).toEqual([aimMs * restShare, aimMs * restShare]);
  });

  it('hurry when the next purge is due', async () => {
    const due = Array.from({ length: 150 }, (_, n) => sample({ id: `gone-${n}`, expiresAt: at(-1) }));
    await database.rows(SampleEntity).insert(due);
    const rests: number[] = [];
    let time = 0;
    const hurried = new ExpiredRows(database, {
      now: () => (time += 5),
      rest: (milliseconds) => {
        rests.push(milliseconds);
        return Promise.resolve();
      },
    });
    expect(await hurried.deleteExpired(SampleEntity, NOW, { everySeconds: 60, begunAt: -60_000 })).toBe(150);
    expect(rests).not.toEqual([]);
    expect(Math.max(...rests)).toBe(0);
  });

  it('go through the primary key, also where fewer rows have run out than a batch has keys', async () => {
    const rows = Array.from({ length: 400 }, (_, n) => sample({ id: `row-${n}`, expiresAt: at(n < 5 ? -1 : 1) }));
    await database.rows(SampleEntity).insert(rows);
    if (!url.startsWith('sqlite:')) await database.dataSource.query('ANALYZE TABLE sample');
    const statements: { query: string; parameters: readonly unknown[] }[] = [];
    const { logger } = database.dataSource;
    database.dataSource.logger = Object.assign(Object.create(logger) as typeof logger, {
      logQuery: (query: string, parameters: readonly unknown[] = []) => statements.push({ query, parameters }),
    });
    await expired.deleteExpired(SampleEntity, NOW).finally(() => (database.dataSource.logger = logger));
    const [, deletion] = statements;
    const plan = await database.dataSource.query<Record<string, unknown>[]>(
      `${url.startsWith('sqlite:') ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'} ${deletion?.query ?? ''}`,
      [...(deletion?.parameters ?? [])],
    );
    expect(JSON.stringify(plan)).toMatch(/"key":"PRIMARY"|sqlite_autoindex_sample_1 \(id=/);
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
        // The last parameter is the instant; the last key fills the list up to a length that is prepared.
        const width = query.includes(' OR ') ? 2 : 1;
        const values = parameters.slice(0, -1);
        const keys = [
          ...new Set(values.flatMap((_, n) => (n % width === 0 ? [values.slice(n, n + width).join(' ')] : []))),
        ];
        batches.push(keys.length);
        onDelete(keys.length, keys);
      },
    });
    try {
      return { deleted: await work(), batches };
    } finally {
      database.dataSource.logger = logger;
    }
  }
});
