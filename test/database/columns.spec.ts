import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LessThan } from 'typeorm';
import type { Database } from '#platform/database/index.js';
import { isReferenceViolation, isUniqueViolation } from '#platform/database/index.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import { openSample } from './support/open-sample.js';
import { sample, SampleEntity, SamplePartEntity } from './support/sample-schema.js';

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('columns on %s', (_kind, url) => {
  let database: Database;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ database, close } = await openSample(url));
  });
  afterAll(() => close());

  it('gives back what was stored, in its own type', async () => {
    const row = sample({
      id: 'full',
      note: '登录 🔑',
      flag: false,
      count: -7,
      data: { list: ['x', '登'] },
      createdAt: new Date('2026-03-04T05:06:07.089Z'),
      expiresAt: new Date('9999-12-31T23:59:59.999Z'),
    });
    await database.rows(SampleEntity).insert(row);
    expect(await database.rows(SampleEntity).findOneByOrFail({ id: 'full' })).toEqual(row);
  });

  it('keeps nothing as null', async () => {
    await database.rows(SampleEntity).insert(sample({ id: 'empty' }));
    const row = await database.rows(SampleEntity).findOneByOrFail({ id: 'empty' });
    expect([row.note, row.expiresAt]).toEqual([null, null]);
  });

  it('compares moments in a condition', async () => {
    await database.rows(SampleEntity).insert(sample({ id: 'old', expiresAt: new Date(1000) }));
    const found = await database.rows(SampleEntity).findBy({ expiresAt: LessThan(new Date(1001)) });
    expect(found.map(({ id }) => id)).toEqual(['old']);
    expect(await database.rows(SampleEntity).findBy({ expiresAt: LessThan(new Date(1000)) })).toEqual([]);
  });

  it('tells identifiers apart by case, and finds each', async () => {
    await database.rows(SampleEntity).insert(sample({ id: 'AbC', count: 1 }));
    await database.rows(SampleEntity).insert(sample({ id: 'abc', count: 2 }));
    expect((await database.rows(SampleEntity).findOneByOrFail({ id: 'abc' })).count).toBe(2);
    expect(await database.rows(SampleEntity).findOneBy({ id: 'ABC' })).toBeNull();
    expect((await database.rows(SampleEntity).findOneByOrFail({ name: 'AbC' })).count).toBe(1);
  });

  it('refuses a text that is too long for MySQL rather than cut it', async () => {
    const insert = database.rows(SampleEntity).insert(sample({ id: 'long', name: 'x'.repeat(101) }));
    if (url.startsWith('sqlite:')) await expect(insert).resolves.toBeDefined();
    else await expect(insert).rejects.toMatchObject({ driverError: { code: 'ER_DATA_TOO_LONG' } });
  });

  it('knows a taken unique value and a row that points nowhere', async () => {
    await database.rows(SampleEntity).insert(sample({ id: 'taken' }));
    const again = database.rows(SampleEntity).insert(sample({ id: 'taken' }));
    expect(isUniqueViolation(await again.catch((error: unknown) => error))).toBe(true);
    const sameName = database.rows(SampleEntity).insert(sample({ id: 'other', name: 'taken' }));
    expect(isUniqueViolation(await sameName.catch((error: unknown) => error))).toBe(true);
    const part = { sampleId: 'nobody', position: 1, expiresAt: new Date() };
    const refused = await database
      .rows(SamplePartEntity)
      .insert(part)
      .catch((error: unknown) => error);
    expect([isReferenceViolation(refused), isUniqueViolation(refused)]).toEqual([true, false]);
  });

  it('says how many rows a conditional update changed: one, then none', async () => {
    await database.rows(SampleEntity).insert(sample({ id: 'once', flag: false }));
    const redeem = () => database.rows(SampleEntity).update({ id: 'once', flag: false }, { flag: true });
    expect([(await redeem()).affected, (await redeem()).affected]).toEqual([1, 0]);
  });
});
