import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EntityRepository, InvalidCursor } from '#platform/database/index.js';
import type { Database, PageRequest, Paging } from '#platform/database/index.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import { openSample } from './support/open-sample.js';
import { sample, SampleEntity } from './support/sample-schema.js';

class Samples extends EntityRepository<SampleEntity> {
  constructor(database: Database) {
    super(database, SampleEntity);
  }

  async list(request: PageRequest, paging?: Paging<SampleEntity>): Promise<{ ids: string; next: string | null }> {
    const { items, nextCursor } = await this.page(request, paging);
    return { ids: items.map(({ id }) => id).join(' '), next: nextCursor };
  }
}

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('pages on %s', (_kind, url) => {
  let database: Database;
  let samples: Samples;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ database, close } = await openSample(url));
    samples = new Samples(database);
    const rows = ['a', 'b', 'c', 'd', 'e'].map((id, n) =>
      sample({ id, count: n, createdAt: new Date(Math.floor(n / 2)) }),
    );
    await database.rows(SampleEntity).insert(rows);
  });
  afterAll(() => close());

  it('follow each other in the order of creation, also where several were created at once', async () => {
    const first = await samples.list({ limit: 1 });
    const second = await samples.list({ limit: 2, cursor: first.next ?? '' });
    const third = await samples.list({ limit: 2, cursor: second.next ?? '' });
    expect([first.ids, second.ids, third.ids, third.next]).toEqual(['a', 'b c', 'd e', null]);
  });

  it('run backwards, are narrowed, and shift by nothing that comes in between', async () => {
    const paging = {
      order: 'newest-first',
      where: (query) => query.andWhere('row.count > 0'),
    } as const satisfies Paging<SampleEntity>;
    const first = await samples.list({ limit: 2 }, paging);
    await database.rows(SampleEntity).insert(sample({ id: 'f', count: 9, createdAt: new Date(9) }));
    const second = await samples.list({ limit: 9, cursor: first.next ?? '' }, paging);
    expect([first.ids, second.ids, second.next]).toEqual(['e d', 'c b', null]);
  });

  it.each(['', 'x', '!!', btoa('[1]'), btoa('["1","a"]'), btoa('[1.5,"a"]'), btoa('{}')])(
    'refuse the foreign cursor "%s"',
    async (cursor) => {
      await expect(samples.list({ limit: 1, cursor })).rejects.toBeInstanceOf(InvalidCursor);
    },
  );
});
