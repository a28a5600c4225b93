import { describe, expect, it } from 'vitest';
import { isWorthNoting } from './worth-noting.js';

const NOTED = new Date('2026-11-27T10:00:00Z');
const after = (minutes: number): Date => new Date(NOTED.getTime() + minutes * 60_000);

describe('a use is worth noting', () => {
  it('the first time', () => {
    expect(isWorthNoting(NOTED, undefined)).toBe(true);
  });

  it.each([
    [-90, false],
    [0, false],
    [59, false],
    [60, true],
    [600, true],
  ])('%i minutes after what is noted: %s', (minutes, worth) => {
    expect(isWorthNoting(after(minutes), NOTED)).toBe(worth);
  });
});
