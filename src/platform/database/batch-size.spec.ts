import { describe, expect, it } from 'vitest';
import {
  FIRST_BATCH_SIZE,
  LONGEST_BATCH_MS,
  nextBatchSize,
  PACE_EMBEDDED,
  PACE_ON_SERVER,
  paceOf,
} from './batch-size.js';

describe('the size of the next batch', () => {
  it.each([
    ['twice as many after one that took no time', { size: 100, rows: 100, milliseconds: 0 }, 200],
    ['at most twice as many after a fast one', { size: 100, rows: 100, milliseconds: 1 }, 200],
    ['as many as fit a fifth of the time after a middling one', { size: 100, rows: 100, milliseconds: 8 }, 125],
    ['the same after one that took a fifth of the time', { size: 100, rows: 100, milliseconds: 10 }, 100],
    ['a fifth after one that took all of the time', { size: 100, rows: 100, milliseconds: 50 }, 20],
    ['a twenty-fifth after one that took five times too long', { size: 500, rows: 500, milliseconds: 250 }, 20],
    ['never more than 500', { size: 400, rows: 400, milliseconds: 1 }, 500],
    ['never fewer than 10', { size: 20, rows: 20, milliseconds: 60_000 }, 10],
    ['the same after a fast one that was not full, which says nothing', { size: 100, rows: 3, milliseconds: 8 }, 100],
    ['fewer after a slow one that was not full', { size: 500, rows: 300, milliseconds: 40 }, 75],
  ])('is %s', (_title, finished, expected) => {
    expect(nextBatchSize(finished, PACE_ON_SERVER)).toBe(expected);
  });

  it('is for a shorter time in the embedded database, where nothing else happens meanwhile', () => {
    expect(nextBatchSize({ size: 100, rows: 100, milliseconds: 10 }, PACE_EMBEDDED)).toBe(50);
  });

  it.each([0.01, 0.05, 0.2, 1, 4])('settles below the longest time where a row takes %d ms', (cost) => {
    let size = FIRST_BATCH_SIZE;
    for (let batch = 0; batch < 12; batch++) {
      size = nextBatchSize({ size, rows: size, milliseconds: size * cost }, PACE_ON_SERVER);
    }
    expect(size * cost).toBeLessThanOrEqual(LONGEST_BATCH_MS);
  });
});

describe('the pace of a run', () => {
  it.each([
    ['at leisure at first', 0, PACE_EMBEDDED],
    ['between both in the first half of the time until the next one', 15, { aimMs: 8.75, rest: 4.5 }],
    ['without a rest when half of that time is over', 30, { aimMs: 12.5, rest: 0 }],
    ['without a rest from then on', 86_400, { aimMs: 12.5, rest: 0 }],
  ])('is %s', (_title, elapsedSeconds, expected) => {
    expect(paceOf(PACE_EMBEDDED, { elapsedMs: elapsedSeconds * 1000, everySeconds: 60 })).toEqual(expected);
  });

  it('is the same for ever where no other run is to come', () => {
    expect(paceOf(PACE_ON_SERVER, { elapsedMs: 86_400_000, everySeconds: Infinity })).toEqual(PACE_ON_SERVER);
  });
});
