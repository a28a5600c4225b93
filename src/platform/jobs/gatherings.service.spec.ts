import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DatabaseUnavailable } from '#platform/database/index.js';
import { FLUSH_AT } from './gathering.js';
import { Gatherings } from './gatherings.service.js';

const merge = (_earlier: string, later: string): string => later;

describe('gatherings of a process', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('are written once a minute, from when they are started', async () => {
    vi.useFakeTimers();
    const write = vi.fn<() => Promise<void>>().mockResolvedValue();
    const gatherings = new Gatherings();
    const gathering = gatherings.open({ name: 'facts', merge, write });
    gathering.note('a', 'a');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(write).not.toHaveBeenCalled();
    gatherings.start();
    await vi.advanceTimersByTimeAsync(59_999);
    expect(write).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(write).toHaveBeenCalledExactlyOnceWith(['a']);
    await gatherings.onApplicationShutdown();
    gathering.note('b', 'b');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(write).toHaveBeenCalledOnce();
  });

  it('are written at the stop, also what was noted while the last write was under way', async () => {
    const begun: (() => void)[] = [];
    const write = vi.fn(() => new Promise<void>((resolve) => begun.push(resolve)));
    const gatherings = new Gatherings();
    const gathering = gatherings.open({ name: 'facts', merge, write });
    gathering.note('a', 'a');
    const [first, stop] = [gatherings.flush(), gatherings.onApplicationShutdown()];
    gathering.note('b', 'b');
    begun.shift()?.();
    await first;
    await vi.waitFor(() => {
      expect(begun).toHaveLength(1);
    });
    begun.shift()?.();
    await stop;
    expect(write.mock.calls).toEqual([[['a']], [['b']]]);
  });

  it('are written at once when they become many, one write at a time', async () => {
    let writing = 0;
    const write = vi.fn(async () => {
      writing += 1;
      expect(writing).toBe(1);
      await Promise.resolve();
      writing -= 1;
    });
    const gatherings = new Gatherings();
    const gathering = gatherings.open({ name: 'facts', merge, write });
    for (let index = 0; index < FLUSH_AT + 100; index += 1) gathering.note(`key ${index}`, 'fact');
    await gatherings.flush();
    expect(gathering.size).toBe(0);
    expect(write.mock.calls.length).toBe((FLUSH_AT + 100) / 50);
  });

  it('do not stop at one that cannot be written, which is tried again', async () => {
    const warned = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const failing = vi
      .fn<() => Promise<void>>()
      .mockRejectedValueOnce(new DatabaseUnavailable('no database'))
      .mockResolvedValue();
    const other = vi.fn<() => Promise<void>>().mockResolvedValue();
    const gatherings = new Gatherings();
    gatherings.open({ name: 'failing facts', merge, write: failing }).note('a', 'a');
    gatherings.open({ name: 'other facts', merge, write: other }).note('b', 'b');
    await gatherings.flush();
    expect(other).toHaveBeenCalledOnce();
    expect(warned).toHaveBeenCalledExactlyOnceWith('failing facts are not written yet: no database');
    await gatherings.flush();
    expect(failing).toHaveBeenCalledTimes(2);
  });

  it('say once what they gave up', async () => {
    const warned = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const gatherings = new Gatherings();
    const write = (facts: readonly string[]): Promise<void> =>
      facts.includes('b') ? Promise.reject(new Error('too long')) : Promise.resolve();
    const gathering = gatherings.open({ name: 'facts', merge, write });
    for (const key of ['a', 'b', 'c']) gathering.note(key, key);
    await gatherings.flush();
    await gatherings.flush();
    expect(warned).toHaveBeenCalledExactlyOnceWith('1 facts can never be written and were given up: too long');
  });

  it('know nothing of the request during which they became many', async () => {
    const request = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const gatherings = new Gatherings();
    const write = (): Promise<void> => Promise.resolve(void seen.push(request.getStore()));
    const gathering = gatherings.open({ name: 'facts', merge, write });
    request.run('a transaction', () => {
      for (let index = 0; index < FLUSH_AT; index += 1) gathering.note(`key ${index}`, 'fact');
    });
    await gatherings.flush();
    expect(new Set(seen)).toEqual(new Set([undefined]));
  });
});
