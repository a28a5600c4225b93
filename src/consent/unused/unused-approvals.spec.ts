import { describe, expect, it } from 'vitest';
import type { ApprovedScope } from '../consent.js';
import { dueRemovals, toldAt, unusedApprovals, unusedSince } from './unused-approvals.js';

const NOW = new Date('2026-11-27T10:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const approval = (scope: string, days: number, more: Partial<ApprovedScope> = {}): ApprovedScope => ({
  ...{ scope, approvedAt: daysAgo(days), givenBy: 'user' },
  ...more,
});
const names = (approved: readonly ApprovedScope[], days = 90): string[] =>
  unusedApprovals(approved, days, NOW).map(({ scope }) => scope);

describe('an approval is unused', () => {
  it('since it was used last, or was given, or was decided again', () => {
    expect(unusedSince(approval('a', 100))).toEqual(daysAgo(100));
    expect(unusedSince(approval('a', 100, { lastUsedAt: daysAgo(40) }))).toEqual(daysAgo(40));
    expect(unusedSince(approval('a', 100, { decidedAt: daysAgo(20), lastUsedAt: daysAgo(40) }))).toEqual(daysAgo(20));
  });

  it('when that is so many days ago, to the moment', () => {
    expect(names([approval('given', 90), approval('later', 89)])).toEqual(['given']);
    const used = approval('used', 400, { lastUsedAt: daysAgo(89) });
    expect(names([used, approval('old', 400, { lastUsedAt: daysAgo(90) })])).toEqual(['old']);
  });

  it('unless it is the company’s, or has run out anyway', () => {
    const company = approval('company', 400, { givenBy: 'company' });
    const over = approval('over', 400, { expiresAt: NOW });
    expect(names([company, over, approval('ends', 400, { expiresAt: daysAgo(-1) })])).toEqual(['ends']);
  });
});

describe('the removal of an unused approval', () => {
  const unused = [{ scope: 'a', since: daysAgo(100) }];
  const due = (notices: Record<string, number>) => dueRemovals(unused, notices, { noticeDays: 14, now: NOW });

  it('comes after a notice', () => {
    expect(due({})).toEqual({ untold: ['a'], due: [] });
    expect(due({ b: daysAgo(50).getTime() })).toEqual({ untold: ['a'], due: [] });
  });

  it('comes so many days after the notice, to the moment', () => {
    expect(due({ a: daysAgo(13.9).getTime() })).toEqual({ untold: [], due: [] });
    expect(due({ a: daysAgo(14).getTime() })).toEqual({ untold: [], due: ['a'] });
  });

  it('needs a new notice once it was used, or given again, after the last one', () => {
    expect(due({ a: daysAgo(101).getTime() })).toEqual({ untold: ['a'], due: [] });
    expect(toldAt({ scope: 'a', since: daysAgo(100) }, { a: daysAgo(101).getTime() })).toBeUndefined();
    expect(toldAt({ scope: 'a', since: daysAgo(100) }, { a: daysAgo(99).getTime() })).toEqual(daysAgo(99));
  });
});
