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
    const gone = Array.from({ length: 25 }, (_, n) => sample({ id: `gone-${n}`, expiresAt: at(-n) }));
    const kept = [sample({ id: 'later', expiresAt: at(1) }), sample({ id: 'never', expiresAt: null })];
    await database.rows(SampleEntity).insert([...gone, ...kept]);
    const statements = await countingDeletes(() => expired.deleteExpired(SampleEntity, NOW, 10));
    expect(statements).toEqual({ deleted: 25, batches: 3 });
    const left = await database.rows(SampleEntity).find({ order: { id: 'ASC' } });
    expect(left.map(({ id }) => id)).toEqual(['later', 'never']);
    expect(await expired.deleteExpired(SampleEntity, NOW, 10)).toBe(0);
  });

  it('work on a key of two columns', async () => {
    await database.rows(SampleEntity).insert(['a', 'b'].map((id) => sample({ id })));
    const parts = ['a', 'b'].flatMap((sampleId) =>
      Array.from({ length: 7 }, (_, position) => ({ sampleId, position, expiresAt: at(position < 5 ? -1 : 1) })),
    );
    await database.rows(SamplePartEntity).insert(parts);
    expect(await expired.deleteExpired(SamplePartEntity, NOW, 4)).toBe(10);
    const left = await database.rows(SamplePartEntity).find({ order: { sampleId: 'ASC', position: 'ASC' } });
    expect(left.map(({ sampleId, position }) => `${sampleId}${position}`)).toEqual(['a5', 'a6', 'b5', 'b6']);
  });

  it('stop between two batches when told to', async () => {
    await database.rows(SampleEntity).insert([1, 2, 3].map((n) => sample({ id: `${n}`, expiresAt: at(-1) })));
    expect(await expired.deleteExpired(SampleEntity, NOW, 1, AbortSignal.abort())).toBe(0);
    expect(await database.rows(SampleEntity).count()).toBe(3);
  });

  async function countingDeletes(work: () => Promise<number>): Promise<{ deleted: number; batches: number }> {
    const { logger } = database.dataSource;
    let batches = 0;
    database.dataSource.logger = Object.assign(Object.create(logger) as typeof logger, {
      logQuery: (query: string) => {
        if (query.startsWith('DELETE')) batches += 1;
      },
    });
    try {
      return { deleted: await work(), batches };
    } finally {
      database.dataSource.logger = logger;
    }
  }
});
