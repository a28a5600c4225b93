import { describe, expect, it } from 'vitest';
import { FinalRefusals } from './final-refusals.js';

describe('refusals that are final', () => {
  it('are those that stayed as they were, for their bucket alone', () => {
    const refusals = new FinalRefusals();
    expect(refusals.settles('account alice', { first: 30_000, later: 30_004 })).toBe(true);
    expect(refusals.has('account alice', 30_010)).toBe(true);
    expect(refusals.has('account bob', 30_010)).toBe(false);
  });

  it('are not those that moved: another process has attempts in flight', () => {
    const refusals = new FinalRefusals();
    expect(refusals.settles('account alice', { first: 30_000, later: 30_120 })).toBe(false);
    expect(refusals.has('account alice', 30_120)).toBe(false);
  });

  it('end with the next failure, which moves them', () => {
    const refusals = new FinalRefusals();
    refusals.settles('account alice', { first: 30_000, later: 30_000 });
    expect(refusals.has('account alice', 90_000)).toBe(false);
  });
});
