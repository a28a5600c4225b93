import { describe, expect, it } from 'vitest';
import { delaySeconds, nextAttempt } from './retry-schedule.js';

const BEGIN = new Date('2026-11-22T12:00:00Z');

describe('when something is tried again', () => {
  it('soon at first, then twice as long each time, at most an hour', () => {
    expect([1, 2, 3, 4, 10, 11, 50].map((attempts) => delaySeconds(attempts, 0))).toEqual([
      5, 10, 20, 40, 2560, 3600, 3600,
    ]);
  });

  it('a little sooner by chance, so that what failed together does not come back together', () => {
    expect([0, 0.5, 1].map((chance) => delaySeconds(1, chance))).toEqual([5, 4.375, 3.75]);
  });

  it.each([0, 0.999])(
    'for more than a day and no longer than two, with a bounded number of attempts (%d)',
    (chance) => {
      let [now, attempts] = [BEGIN, 1];
      for (let next = nextAttempt(BEGIN, attempts, now, chance); next !== undefined; attempts += 1) {
        now = next;
        next = nextAttempt(BEGIN, attempts + 1, now, chance);
      }
      const hours = (now.getTime() - BEGIN.getTime()) / 3_600_000;
      expect(hours).toBeGreaterThan(24);
      expect(hours).toBeLessThanOrEqual(48);
      expect(attempts).toBeLessThan(80);
    },
  );
});
