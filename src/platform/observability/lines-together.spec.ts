import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { togetherTo } from './lines-together.js';

describe('lines of the log that are written together', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  const aLog = () => {
    const writes: string[] = [];
    const log = pino({ base: null, timestamp: false }, togetherTo({ write: (text) => writes.push(text) }));
    return { log, writes };
  };

  it('go out as one write after a tenth of a second', () => {
    const { log, writes } = aLog();
    log.info('one');
    log.info('two');
    expect(writes).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(writes).toEqual(['{"level":30,"msg":"one"}\n{"level":30,"msg":"two"}\n']);
    vi.advanceTimersByTime(1000);
    expect(writes).toHaveLength(1);
  });

  it('do not wait with a warning, which takes those before it along, in order', () => {
    const { log, writes } = aLog();
    log.info('one');
    log.warn('two');
    expect(writes).toEqual(['{"level":30,"msg":"one"}\n{"level":40,"msg":"two"}\n']);
  });

  it('go out when they are many, and when the process exits', () => {
    const { log, writes } = aLog();
    log.info('x'.repeat(9000));
    expect(writes).toHaveLength(1);
    log.info('last');
    for (const flush of process.listeners('exit')) if (flush.name === 'flush') flush(0);
    expect(writes.join('')).toContain('last');
  });
});
