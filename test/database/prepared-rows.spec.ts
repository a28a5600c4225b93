import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { In, IsNull, LessThan, MoreThan } from 'typeorm';
import { EntityRepository, isUniqueViolation, Transactions, type Database } from '#platform/database/index.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import { openSample } from './support/open-sample.js';
import { sample, SampleEntity } from './support/sample-schema.js';

class Samples extends EntityRepository<SampleEntity> {
  constructor(database: Database) {
    super(database, SampleEntity);
  }

  get statements() {
    return this.prepared;
  }
}

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('prepared statements on %s', (_kind, url) => {
  let database: Database;
  let transactions: Transactions;
  let rows: Samples['statements'];
  let close: () => Promise<void>;
  const add = (id: string, values: Partial<SampleEntity> = {}) => rows.insert(sample({ id, ...values }));

  beforeAll(async () => {
    ({ database, close } = await openSample(url));
    transactions = new Transactions(database);
    rows = new Samples(database).statements;
  });
  afterAll(() => close());
  beforeEach(async () => {
    await database.rows(SampleEntity).createQueryBuilder().delete().execute();
  });

  it.each([
    { note: '登录 🔑', flag: false, data: { list: ['x', '登'] } },
    { flag: true, expiresAt: null, note: null },
  ])('write and read what the ORM writes and reads: %j', async (values) => {
    const row = sample({ id: 'full', count: -7, createdAt: new Date('2026-03-04T05:06:07.089Z'), ...values });
    await rows.insert(row);
    expect(await rows.findOneBy({ id: 'full' })).toEqual(row);
    expect(await database.rows(SampleEntity).findOneBy({ id: 'full' })).toEqual(row);
  });

  it('choose rows by equality, absence and comparison', async () => {
    await add('never', { expiresAt: null });
    await add('early', { expiresAt: new Date(1000) });
    await add('late', { expiresAt: new Date('9999-12-31T23:59:59.999Z') });
    const ids = async (where: Parameters<typeof rows.findBy>[0]) => (await rows.findBy(where)).map(({ id }) => id);
    expect(await ids({ expiresAt: IsNull() })).toEqual(['never']);
    expect(await ids({ expiresAt: LessThan(new Date(1001)) })).toEqual(['early']);
    expect(await ids({ expiresAt: LessThan(new Date(1000)) })).toEqual([]);
    expect(await ids({ expiresAt: MoreThan(new Date(1000)), flag: sample({ id: '' }).flag })).toEqual(['late']);
    expect([await rows.existsBy({ id: 'late' }), await rows.existsBy({ id: 'LATE' })]).toEqual([true, false]);
    await expect(rows.findBy({ id: In(['late']) })).rejects.toThrow('in is not for prepared statements');
  });

  it('say how many rows a conditional change was for: of twenty at once, one', async () => {
    await add('once', { flag: false });
    const redeem = () => rows.update({ id: 'once', flag: false }, { flag: true });
    const outcomes = await Promise.all(Array.from({ length: 20 }, redeem));
    expect(outcomes.map(({ affected }) => affected).sort()).toEqual([...Array<number>(19).fill(0), 1]);
    expect((await rows.delete({ id: 'once' })).affected).toBe(1);
    expect(await rows.findOneBy({ id: 'once' })).toBeNull();
  });

  it('tell a taken value as the ORM does', async () => {
    await add('taken');
    expect(isUniqueViolation(await add('taken').catch((error: unknown) => error))).toBe(true);
  });

  it('belong to the transaction they are in: seen there, kept or not with it', async () => {
    await transactions.run(async () => {
      await add('kept');
      expect((await rows.findOneBy({ id: 'kept' }))?.id).toBe('kept');
    });
    const failing = transactions.run(async () => {
      await add('lost');
      throw new Error('planned');
    });
    await expect(failing).rejects.toThrow('planned');
    expect([await rows.existsBy({ id: 'kept' }), await rows.existsBy({ id: 'lost' })]).toEqual([true, false]);
  });

  it('are kept apart from the transactions of others', async () => {
    const units = Array.from({ length: 60 }, (_, number) =>
      transactions.run(async () => {
        await add(`${number}`);
        await new Promise((resolve) => setImmediate(resolve));
        if (number % 2 === 0) throw new Error('planned');
      }),
    );
    const alone = Array.from({ length: 30 }, (_, number) => add(`alone ${number}`));
    await Promise.allSettled([...units, ...alone]);
    expect(await database.rows(SampleEntity).count()).toBe(60);
  });

  it('are refused after the end of their transaction', async () => {
    let late: (() => Promise<unknown>) | undefined;
    await transactions.run(async () => {
      const unit = database.unitOfWork;
      await Promise.resolve();
      late = () => (unit === undefined ? Promise.resolve() : database.within(unit, () => add('late')));
    });
    await expect(late?.()).rejects.toThrow('after its end');
  });
});
