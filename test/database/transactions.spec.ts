import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Transactions } from '#platform/database/index.js';
import type { Database } from '#platform/database/index.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import { openSample } from './support/open-sample.js';
import { sample, SampleEntity } from './support/sample-schema.js';

const UNITS = 400;

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('transactions on %s', (_kind, url) => {
  let database: Database;
  let transactions: Transactions;
  let close: () => Promise<void>;
  const insert = (id: string) => database.rows(SampleEntity).insert(sample({ id }));
  const ids = async () => (await database.rows(SampleEntity).find({ order: { id: 'ASC' } })).map(({ id }) => id);

  beforeAll(async () => {
    ({ database, close } = await openSample(url));
    transactions = new Transactions(database);
  });
  afterAll(() => close());
  beforeEach(async () => {
    await database.rows(SampleEntity).createQueryBuilder().delete().execute();
  });

  it(`keeps ${UNITS} interleaved units of work apart, nested and failing ones included`, async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: UNITS }, (_, number) => unit(number)));
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    expect(failed.map((outcome) => String((outcome as PromiseRejectedResult).reason))).toEqual(
      Array.from({ length: UNITS / 4 }, () => 'Error: planned'),
    );
    const expected = Array.from({ length: UNITS }, (_, number) => number).flatMap(rowsOf);
    expect(await ids()).toEqual(expected.sort());
  });

  /** Of four: two writes, two writes of which the last fails, a nested unit, and a lone statement. */
  async function unit(number: number): Promise<void> {
    const kind = number % 4;
    if (kind === 3) {
      await insert(`${number}`);
      return;
    }
    await transactions.run(async () => {
      await insert(`${number}a`);
      await pause();
      if (kind === 1) throw new Error('planned');
      if (kind === 2) await transactions.run(() => insert(`${number}b`));
      else await insert(`${number}b`);
    });
  }

  function rowsOf(number: number): string[] {
    if (number % 4 === 3) return [`${number}`];
    return number % 4 === 1 ? [] : [`${number}a`, `${number}b`];
  }

  it('shows in a rehearsal what the work would do, and keeps nothing of it', async () => {
    const afterwards: string[] = [];
    const seen = await transactions.rehearse(async () => {
      await transactions.run(() => insert('rehearsed'));
      database.afterCommit(() => afterwards.push('kept'));
      return ids();
    });
    expect([seen, await ids(), afterwards]).toEqual([['rehearsed'], [], []]);
    const failed = transactions.rehearse(async () => {
      await insert('twice');
      await transactions.run(() => insert('twice')).catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('cannot be kept');
    await expect(transactions.run(() => transactions.rehearse(ids))).rejects.toThrow('part of what is kept');
    expect(await ids()).toEqual([]);
  });

  it('tells memory of a change once it is kept, and of none that is not', async () => {
    const told: string[] = [];
    await transactions.run(async () => {
      database.afterCommit(() => told.push('kept'));
      await insert('a');
      expect(told).toEqual([]);
    });
    const undone = transactions.run(() => {
      database.afterCommit(() => told.push('undone'));
      return Promise.reject(new Error('planned'));
    });
    await expect(undone).rejects.toThrow('planned');
    database.afterCommit(() => told.push('at once'));
    expect(told).toEqual(['kept', 'at once']);
  });

  it('lets nobody change what a serializable one has read until it ends', async () => {
    await insert('read');
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        transactions.run(
          async () => {
            const rows = await ids();
            if (!rows.includes('read')) return 'too late';
            await database.rows(SampleEntity).delete({ id: 'read' });
            return 'first';
          },
          { isolation: 'SERIALIZABLE' },
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'first')).toHaveLength(1);
  });

  it('joins the transaction it is called in, so that the outer failure undoes the inner work', async () => {
    const run = transactions.run(async () => {
      await transactions.run(() => insert('inner'));
      throw new Error('later');
    });
    await expect(run).rejects.toThrow('later');
    expect(await ids()).toEqual([]);
  });

  it('keeps nothing when a nested failure was swallowed', async () => {
    const run = transactions.run(async () => {
      await insert('outer');
      await transactions.run(() => Promise.reject(new Error('inner'))).catch(() => undefined);
    });
    await expect(run).rejects.toThrow('what it half did cannot be kept');
    expect(await ids()).toEqual([]);
  });

  it('goes on after a refused row that was expected', async () => {
    await insert('taken');
    await transactions.run(async () => {
      await insert('taken').catch(() => undefined);
      await insert('free');
    });
    expect(await ids()).toEqual(['free', 'taken']);
  });

  it('runs the whole unit again after a deadlock, at most three times', async () => {
    let runs = 0;
    const deadlock = Object.assign(new Error('Deadlock found'), { errno: 1213 });
    await transactions.run(async () => {
      runs += 1;
      await insert('again');
      if (runs < 4) throw deadlock;
    });
    expect([runs, await ids()]).toEqual([4, ['again']]);
    await expect(transactions.run(() => Promise.reject(deadlock))).rejects.toMatchObject({
      name: 'DatabaseUnavailable',
      cause: deadlock,
    });
  });

  it('refuses a statement of a unit that has ended, instead of running it outside', async () => {
    let late: () => Promise<unknown> = () => Promise.resolve();
    await transactions.run(() => {
      const rows = database.rows(SampleEntity);
      late = () => rows.insert(sample({ id: 'late' }));
      return insert('in time');
    });
    await expect(late()).rejects.toThrow();
    expect(await ids()).toEqual(['in time']);
  });

  if (!url.startsWith('sqlite:')) {
    it('gets through a real deadlock of two transactions', async () => {
      await insert('x');
      await insert('y');
      const touch = (id: string) => database.rows(SampleEntity).increment({ id }, 'count', 1);
      const both = (first: string, second: string) =>
        transactions.run(async () => {
          await touch(first);
          await pause(50);
          await touch(second);
        });
      await Promise.all([both('x', 'y'), both('y', 'x')]);
      const rows = await database.rows(SampleEntity).find();
      expect(rows.map(({ count }) => count)).toEqual([3, 3]);
    });

    it('reads what others committed meanwhile: READ COMMITTED on every connection', async () => {
      await insert('seen');
      await transactions.run(async () => {
        const rows = database.rows(SampleEntity);
        expect((await rows.findOneByOrFail({ id: 'seen' })).count).toBe(1);
        await database.dataSource.getRepository(SampleEntity).increment({ id: 'seen' }, 'count', 1);
        expect((await rows.findOneByOrFail({ id: 'seen' })).count).toBe(2);
      });
    });
  }
});

function pause(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
