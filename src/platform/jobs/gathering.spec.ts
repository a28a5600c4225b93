import { describe, expect, it, vi } from 'vitest';
import { DatabaseUnavailable } from '#platform/database/index.js';
import { FLUSH_AT, Gathering, MOST_WAITING } from './gathering.js';

interface Fact {
  readonly key: string;
  readonly times: number;
}

const once = (key: string): Fact => ({ key, times: 1 });

function gathering(write: (facts: readonly Fact[]) => Promise<void>, onMany = (): void => undefined) {
  const merge = (earlier: Fact, later: Fact): Fact => ({ ...later, times: earlier.times + later.times });
  const gathered = new Gathering<Fact>({ name: 'facts', merge, write }, onMany);
  const note = (...keys: string[]): void => {
    for (const key of keys) gathered.note(key, once(key));
  };
  return { gathered, note };
}

describe('what is gathered', () => {
  it('is written once for each thing, a few together, in the order of the keys', async () => {
    const batches: (readonly Fact[])[] = [];
    const { gathered, note } = gathering((facts) => Promise.resolve(void batches.push(facts)));
    note('b', 'a', 'b');
    await gathered.flush();
    expect(batches).toEqual([[once('a'), { key: 'b', times: 2 }]]);
    await gathered.flush();
    expect(batches).toHaveLength(1);
    for (let index = 0; index < 120; index += 1) note(`key ${index}`);
    await gathered.flush();
    expect(batches.slice(1).map(({ length }) => length)).toEqual([50, 50, 20]);
  });

  it('waits again when it could not be written, together with what came meanwhile', async () => {
    const write = vi.fn<(facts: readonly Fact[]) => Promise<void>>();
    const { gathered, note } = gathering(write);
    write.mockImplementationOnce(() => {
      note('a', 'c');
      return Promise.reject(new DatabaseUnavailable('the database is away'));
    });
    note('a', 'b');
    await expect(gathered.flush()).rejects.toThrow('the database is away');
    expect(gathered.size).toBe(3);
    write.mockResolvedValue();
    await gathered.flush();
    expect(write).toHaveBeenLastCalledWith([{ key: 'a', times: 2 }, once('b'), once('c')]);
    expect(gathered.size).toBe(0);
  });

  it('asks to be written when it becomes much, and never grows beyond its bound', () => {
    const onMany = vi.fn();
    const { gathered, note } = gathering(() => Promise.resolve(), onMany);
    for (let index = 1; index < FLUSH_AT; index += 1) note(`key ${index}`);
    expect(onMany).not.toHaveBeenCalled();
    note('one more');
    expect(onMany).toHaveBeenCalledOnce();
    for (let index = 0; index < MOST_WAITING; index += 1) note(`other ${index}`);
    expect(gathered.size).toBe(MOST_WAITING);
    expect(gathered.takeLost()).toBe(FLUSH_AT);
    expect(gathered.takeLost()).toBe(0);
    note('one more'); // what waits already has its place
    expect(gathered.takeLost()).toBe(0);
  });

  it('keeps to its bound also when what could not be written comes back', async () => {
    const { gathered, note } = gathering(() => {
      for (let index = 0; index < MOST_WAITING; index += 1) note(`other ${index}`);
      return Promise.reject(new DatabaseUnavailable('the database is away'));
    });
    note('a', 'b');
    await expect(gathered.flush()).rejects.toThrow();
    expect(gathered.size).toBe(MOST_WAITING);
    expect(gathered.takeLost()).toBe(2);
  });

  /** Writes whatever is not bad, all of a batch or nothing. */
  function refusingBad() {
    const written: string[] = [];
    const write = (facts: readonly Fact[]): Promise<void> => {
      if (facts.some(({ key }) => key.startsWith('bad'))) return Promise.reject(new Error('too long for its column'));
      written.push(...facts.map(({ key }) => key));
      return Promise.resolve();
    };
    return { written, write };
  }

  it('gives up a fact that cannot be written beside others that can, which do not wait for it', async () => {
    const { written, write } = refusingBad();
    const { gathered, note } = gathering(write);
    note('bad 1', 'a', 'bad 2', 'z', ...Array.from({ length: 60 }, (_unused, index) => `key ${index}`));
    await gathered.flush();
    expect(written).toHaveLength(62);
    expect(gathered.size).toBe(0);
    expect(gathered.takeGivenUp()).toMatchObject({ count: 2, error: { message: 'too long for its column' } });
    expect(gathered.takeGivenUp()).toBeUndefined();
  });

  it('keeps what cannot be written while nothing else can, as that may not be its fault', async () => {
    const { written, write } = refusingBad();
    const { gathered, note } = gathering(write);
    note('bad 1', 'bad 2');
    await expect(gathered.flush()).rejects.toThrow('too long for its column');
    expect([gathered.size, gathered.takeGivenUp()]).toEqual([2, undefined]);
    note('c');
    await gathered.flush();
    expect([gathered.size, written, gathered.takeGivenUp()?.count]).toEqual([0, ['c'], 2]);
  });

  it('does not try them one by one while there is no database', async () => {
    const write = vi.fn<() => Promise<void>>().mockRejectedValue(new DatabaseUnavailable());
    const { gathered, note } = gathering(write);
    note('a', 'b');
    await expect(gathered.flush()).rejects.toThrow(DatabaseUnavailable);
    expect([write.mock.calls.length, gathered.size]).toEqual([1, 2]);
  });
});
