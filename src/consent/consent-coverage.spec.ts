import { describe, expect, it } from 'vitest';
import { approvedClaim, claimApproval } from './claim-approval.js';
import { consentCoverage, lapseRule, mergeApprovals, unexpired } from './consent-coverage.js';

const may = new Date('2026-05-03T10:00:00Z');
const june = new Date('2026-06-03T10:00:00Z');
const july = new Date('2026-07-03T10:00:00Z');

describe('consent coverage', () => {
  it('asks only for what was not approved', () => {
    const approved = [
      { scope: 'openid', approvedAt: may },
      { scope: 'email', approvedAt: june },
    ];
    expect(consentCoverage(approved, ['openid', 'profile', 'email', 'profile'])).toEqual({
      approved,
      missing: ['profile'],
    });
  });

  it('leaves out approvals that nobody wants now', () => {
    expect(consentCoverage([{ scope: 'email', approvedAt: may }], ['openid'])).toEqual({
      approved: [],
      missing: ['openid'],
    });
  });

  it('does not count an approval from the moment it expires', () => {
    const approved = [{ scope: 'openid', approvedAt: may, expiresAt: june }];
    expect(unexpired(approved, may)).toEqual(approved);
    expect(unexpired(approved, june)).toEqual([]);
  });
});

describe('remembering a decision', () => {
  it('adds new scopes and keeps the date of earlier ones', () => {
    const earlier = [{ scope: 'openid', approvedAt: may }];
    expect(mergeApprovals(earlier, { scopes: ['openid', 'email'], now: june })).toEqual([
      { scope: 'openid', approvedAt: may, decidedAt: june },
      { scope: 'email', approvedAt: june },
    ]);
  });

  it('leaves earlier approvals alone that were not asked again', () => {
    const earlier = [{ scope: 'email', approvedAt: may, expiresAt: july }];
    expect(mergeApprovals(earlier, { scopes: ['phone'], now: june })).toEqual([
      ...earlier,
      { scope: 'phone', approvedAt: june },
    ]);
  });

  it('ends what was offered again and declined', () => {
    const earlier = [
      { scope: 'openid', approvedAt: may },
      { scope: 'email', approvedAt: may },
    ];
    const merged = mergeApprovals(earlier, { scopes: ['openid'], declined: ['email'], now: june });
    expect(merged.map(({ scope }) => scope)).toEqual(['openid']);
  });

  it('takes the term of the last decision, and forgets what had expired', () => {
    const earlier = [
      { scope: 'openid', approvedAt: may },
      { scope: 'email', approvedAt: may, expiresAt: june },
    ];
    expect(mergeApprovals(earlier, { scopes: ['openid'], now: june, expiresAt: july })).toEqual([
      { scope: 'openid', approvedAt: may, decidedAt: june, expiresAt: july },
    ]);
  });

  it('dates an approval from the decision when it means something else now', () => {
    const versions = new Map([['orders', { textVersion: 4, meaningVersion: 2 }]]);
    const earlier = [{ scope: 'orders', approvedAt: may }];
    expect(mergeApprovals(earlier, { scopes: ['orders'], now: june, versions, givenBy: 'user' })).toEqual([
      { scope: 'orders', approvedAt: june, textVersion: 4, meaningVersion: 2, givenBy: 'user' },
    ]);
  });
});

describe('an approval stands', () => {
  const day = 86_400;
  const none = new Map();

  it.each([
    ['until it runs out', { expiresAt: june }, {}, false],
    ['as long as it may be old', {}, { maxAgeSeconds: 32 * day }, true],
    ['no longer than it may be old', {}, { maxAgeSeconds: 31 * day }, false],
    [
      'from when it was last decided',
      { decidedAt: new Date('2026-06-01T00:00:00Z') },
      { maxAgeSeconds: 3 * day },
      true,
    ],
    ['under a meaning that it was given for', {}, { versions: new Map([['openid', { textVersion: 9 }]]) }, true],
    ['not under another', {}, { versions: new Map([['openid', { meaningVersion: 2 }]]) }, false],
    ['under the later one', { meaningVersion: 2 }, { versions: new Map([['openid', { meaningVersion: 2 }]]) }, true],
  ])('%s', (_title, approval, rules, stands) => {
    const approved = { scope: 'openid', approvedAt: may, ...approval };
    expect(lapseRule(approved, { now: june, versions: none, ...rules }) === undefined).toBe(stands);
  });
});

describe('single claims among the approvals (OIDC Core §5.5)', () => {
  const phone = { scope: 'phone', approvedAt: may, expiresAt: july };
  const number = claimApproval('phone_number');

  it('are never taken for scopes (RFC 6749 §3.3)', () => {
    expect(approvedClaim(number)).toBe('phone_number');
    expect(approvedClaim('phone_number')).toBeUndefined();
    expect(approvedClaim('claim:phone_number')).toBeUndefined();
    expect(number).toContain(' ');
  });

  it('are covered by their scope, under the name that is wanted', () => {
    const { approved, missing } = consentCoverage([phone], ['openid', number, claimApproval('email')]);
    expect(approved).toEqual([{ ...phone, scope: number }]);
    expect(missing).toEqual(['openid', claimApproval('email')]);
  });

  it('cover themselves only, not their scope', () => {
    expect(consentCoverage([{ scope: number, approvedAt: may }], [number, 'phone']).missing).toEqual(['phone']);
  });

  it.each([
    ['a claim ends the approval of its scope', 'phone', number, []],
    ['a scope ends the approvals of its claims', number, 'phone', []],
    ['a claim leaves other claims of its scope alone', number, claimApproval('phone_number_verified'), [number]],
    ['a claim leaves other scopes alone', 'email', number, ['email']],
  ])('no to %s', (_title, approved, declined, left) => {
    const merged = mergeApprovals([{ scope: approved, approvedAt: may }], {
      scopes: [],
      declined: [declined],
      now: june,
    });
    expect(merged.map(({ scope }) => scope)).toEqual(left);
  });
});
