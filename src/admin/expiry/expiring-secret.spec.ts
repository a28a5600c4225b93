import { describe, expect, it } from 'vitest';
import { dueWarning, horizon } from './expiring-secret.js';

const NOW = new Date('2026-11-22T14:05:00Z');
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

describe('the warning that is due', () => {
  it.each([
    [31 * 24, undefined],
    [30 * 24 + 0.1, undefined],
    [30 * 24, 30],
    [8 * 24, 30],
    [7 * 24, 7],
    [25, 7],
    [24, 1],
    [0.1, 1],
    [0, undefined],
    [-5, undefined],
  ])('%s hours before the end is that of %s days', (hours, days) => {
    expect(dueWarning(inHours(hours), NOW)).toBe(days);
  });

  it('is looked for up to the first one', () => {
    expect(horizon(NOW)).toEqual(inHours(30 * 24));
  });
});
