import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SystemRandom } from '#platform/crypto/index.js';
import { Leases, Transactions } from '#platform/database/index.js';
import type { Database } from '#platform/database/index.js';
import { databaseKind, testDatabases } from '../support/databases.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { openSample } from './support/open-sample.js';

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('leases on %s', (_kind, url) => {
  const clock = new FrozenClock();
  let database: Database;
  let close: () => Promise<void>;
  const replica = () => new Leases(database, clock, new SystemRandom(clock));

  beforeAll(async () => {
    ({ database, close } = await openSample(url));
  });
  afterAll(() => close());

  it('are given to exactly one of twenty who ask together, new or free', async () => {
    const replicas = Array.from({ length: 20 }, replica);
    const ask = () => Promise.all(replicas.map((leases) => leases.acquire('many', 60)));
    expect((await ask()).filter(Boolean)).toHaveLength(1);
    clock.advance('61s');
    expect((await ask()).filter(Boolean)).toHaveLength(1);
  });

  it('are not given twice to the same process either', async () => {
    const leases = replica();
    expect([await leases.acquire('self', 60), await leases.acquire('self', 60)]).toEqual([true, false]);
  });

  it('end by the clock, by release, and live on when renewed in time', async () => {
    const [first, second] = [replica(), replica()];
    expect(await first.acquire('turns', 10)).toBe(true);
    clock.advance('9s');
    expect([await second.acquire('turns', 10), await first.renew('turns', 10)]).toEqual([false, true]);
    clock.advance('9s');
    expect(await second.acquire('turns', 10)).toBe(false);
    clock.advance('1s');
    expect([await second.acquire('turns', 10), await first.renew('turns', 10)]).toEqual([true, false]);
    await first.release('turns');
    expect(await first.acquire('turns', 10)).toBe(false);
    await second.release('turns');
    expect(await first.acquire('turns', 10)).toBe(true);
  });

  it('let work wait for its turn, and give up on a holder that stays', async () => {
    const order: string[] = [];
    const [first, second] = [replica(), replica()];
    const options = { seconds: 60, waitSeconds: 5 };
    await Promise.all([
      first.holding('work', options, async () => {
        order.push('first in');
        await new Promise((resolve) => setTimeout(resolve, 50));
        order.push('first out');
      }),
      second.holding('work', options, () => Promise.resolve(order.push('second'))),
    ]);
    expect(order).toEqual(['first in', 'first out', 'second']);
    await first.acquire('work', 60);
    const impatient = second.holding('work', { seconds: 60, waitSeconds: 0 }, () => Promise.resolve());
    await expect(impatient).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  });

  it('hold inside a transaction until it ends, kept or not, and are not waited for there', async () => {
    const transactions = new Transactions(database);
    const options = { seconds: 60, waitSeconds: 5 };
    const order: string[] = [];
    await transactions.rehearse(() => replica().holding('part', options, () => Promise.resolve(order.push('tried'))));
    await Promise.all(
      ['one', 'two'].map((name) =>
        transactions.run(() =>
          replica().holding('part', options, async () => {
            order.push(`${name} in`);
            await new Promise((resolve) => setImmediate(resolve));
            order.push(`${name} out`);
          }),
        ),
      ),
    );
    const [first = ''] = order.slice(1);
    const second = first === 'one in' ? 'two' : 'one';
    expect(order).toEqual(['tried', first, first.replace('in', 'out'), `${second} in`, `${second} out`]);
    expect(await replica().acquire('part', 60)).toBe(true);
    const late = transactions.run(() => replica().holding('part', options, () => Promise.resolve()));
    await expect(late).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  });

  it('are not taken for longer inside a transaction', async () => {
    const transactions = new Transactions(database);
    await expect(transactions.run(() => replica().acquire('inside', 60))).rejects.toThrow('outside a transaction');
  });
});
