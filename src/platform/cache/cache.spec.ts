import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Cache } from './cache.js';

describe('the cache', () => {
  const changes = {
    inTransaction: false,
    now: 0,
    generation: () => Promise.resolve(changes.now),
    known: () => changes.now,
    lookedUp: vi.fn(),
  };
  const reading = (value: string | undefined) => vi.fn(() => Promise.resolve(value));

  beforeEach(() => {
    changes.inTransaction = false;
    changes.now = 0;
  });

  it('reads once, until the kind changes', async () => {
    const cache = new Cache<string>(changes, 'clients');
    expect(await cache.get('a', reading('first'))).toBe('first');
    const again = reading('second');
    expect(await cache.get('a', again)).toBe('first');
    expect(again).not.toHaveBeenCalled();
    changes.now += 1;
    expect(await cache.get('a', again)).toBe('second');
  });

  it('does not keep what was read before a change and came after it', async () => {
    const cache = new Cache<string>(changes, 'clients');
    let arrive: (value: string) => void = () => undefined;
    const slow = cache.get('a', () => new Promise((resolve) => (arrive = resolve)));
    await Promise.resolve();
    changes.now += 1;
    expect(await cache.get('a', reading('after the change'))).toBe('after the change');
    arrive('before the change');
    expect(await slow).toBe('before the change');
    expect(await cache.get('a', reading('again'))).toBe('after the change');
  });

  it('keeps nothing that is not there, and nothing that failed', async () => {
    const cache = new Cache<string>(changes, 'clients');
    expect(await cache.get('a', reading(undefined))).toBeUndefined();
    await expect(cache.get('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await cache.get('a', reading('there now'))).toBe('there now');
  });

  it('neither answers nor learns in a transaction', async () => {
    const cache = new Cache<string>(changes, 'clients');
    await cache.get('a', reading('outside'));
    changes.inTransaction = true;
    expect(await cache.get('a', reading('inside'))).toBe('inside');
    expect(await cache.get('b', reading('uncommitted'))).toBe('uncommitted');
    changes.inTransaction = false;
    expect(await cache.get('a', reading('again'))).toBe('outside');
    expect(await cache.get('b', reading('committed'))).toBe('committed');
  });

  it('has a bound: what was not used longest goes', async () => {
    const cache = new Cache<string>(changes, 'clients', 2);
    for (const key of ['a', 'b', 'a', 'c']) await cache.get(key, reading(`first ${key}`));
    expect(await cache.get('a', reading('second'))).toBe('first a');
    expect(await cache.get('b', reading('second'))).toBe('second');
  });

  it('reads all that is missing at once', async () => {
    const cache = new Cache<string>(changes, 'clients');
    await cache.get('a', reading('A'));
    const load = vi.fn(() => Promise.resolve(new Map([['b', 'B']])));
    expect(await cache.getMany(['a', 'b', 'c'], load)).toEqual(new Map([['a', 'A'], ['b', 'B']])); // prettier-ignore
    expect(load).toHaveBeenCalledExactlyOnceWith(['b', 'c']);
    expect(await cache.getMany([], load)).toEqual(new Map());
    expect(load).toHaveBeenCalledTimes(1);
  });
});
