import { describe, expect, it } from 'vitest';
import { blockedUntil, expiresAt } from './throttle-expressions.js';
import { ACCOUNT_POLICY, ADDRESS_POLICY, delayAfter, GLOBAL_POLICY, THROTTLE_POLICIES } from './throttle-policy.js';

describe('delayAfter', () => {
  it.each([
    [0, 0],
    [9, 0],
    [10, 30],
    [11, 60],
    [14, 480],
    [15, 900],
    [16, 900],
    [1000, 900],
  ])('an account with %i failures waits %i seconds', (failures, seconds) => {
    expect(delayAfter(ACCOUNT_POLICY, failures)).toBe(seconds);
  });

  it('an address waits until its window ends', () => {
    expect(delayAfter(ADDRESS_POLICY, 99)).toBe(0);
    expect(delayAfter(ADDRESS_POLICY, 100)).toBeUndefined();
  });

  it('all together are slowed down from 1000 failures in a minute', () => {
    expect(delayAfter(GLOBAL_POLICY, 999)).toBe(0);
    expect(delayAfter(GLOBAL_POLICY, 5000)).toBe(0.1);
  });

  it('never shrinks and never exceeds fifteen minutes', () => {
    for (const policy of THROTTLE_POLICIES) {
      const delays = Array.from({ length: 40 }, (_, more) => delayAfter(policy, policy.failures + more) ?? Infinity);
      expect(delays.toSorted((one, other) => one - other)).toEqual(delays);
      expect(delays.filter(Number.isFinite).every((seconds) => seconds <= 900)).toBe(true);
    }
  });
});

describe('the SQL of a throttle', () => {
  it('sets the end of the block from the count that the attempt makes', () => {
    expect(blockedUntil({ ...ACCOUNT_POLICY, delaysSeconds: [30, 60] })).toEqual({
      sql: 'CASE WHEN failures + 1 < 10 THEN ? WHEN failures + 1 = 10 THEN ? ELSE ? END',
      laterMs: [0, 30_000, 60_000],
    });
  });

  it('blocks an address until its window ends, which does not move', () => {
    expect(blockedUntil(ADDRESS_POLICY)).toEqual({
      sql: 'CASE WHEN failures + 1 < 100 THEN ? ELSE expires_at END',
      laterMs: [0],
    });
    expect(expiresAt(ADDRESS_POLICY)).toEqual({
      sql: 'CASE WHEN failures + 1 < 100 THEN expires_at ELSE expires_at END',
      laterMs: [],
    });
  });

  it('starts the window of an account anew beyond the limit, so that its delay goes on growing', () => {
    expect(expiresAt({ ...ACCOUNT_POLICY, delaysSeconds: [30, 60] })).toEqual({
      sql: 'CASE WHEN failures + 1 < 10 THEN expires_at WHEN failures + 1 = 10 THEN ? ELSE ? END',
      laterMs: [930_000, 960_000],
    });
  });
});
