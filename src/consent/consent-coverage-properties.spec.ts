import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimApproval } from './claim-approval.js';
import { consentCoverage, lapseRule, mergeApprovals, withoutDeclined, type StandingRules } from './consent-coverage.js';
import type { ApprovedScope } from './consent.js';

const SEED = { seed: 20_260_503, numRuns: 300 };
const START = Date.parse('2026-05-03T10:00:00Z');
const HOUR = 3_600_000;

const NAMES = ['openid', 'email', 'phone', 'orders', claimApproval('email'), claimApproval('phone_number')];
const names = fc.subarray(NAMES);
const moment = fc.integer({ min: 0, max: 100 }).map((hours) => new Date(START + hours * HOUR));
const version = fc.integer({ min: 1, max: 3 });

const approval = (scope: string): fc.Arbitrary<ApprovedScope> =>
  fc.record(
    {
      scope: fc.constant(scope),
      approvedAt: moment,
      decidedAt: moment,
      expiresAt: moment,
      meaningVersion: version,
      givenBy: fc.constantFrom('user' as const, 'company' as const),
    },
    { requiredKeys: ['scope', 'approvedAt'] },
  );
const approvals = names.chain((chosen) => fc.tuple(...chosen.map(approval)));

const rules: fc.Arbitrary<StandingRules> = fc.record({
  now: moment,
  maxAgeSeconds: fc.option(fc.integer({ min: 1, max: 400_000 }), { nil: undefined }),
  versions: fc
    .array(fc.tuple(fc.constantFrom(...NAMES), version))
    .map((entries) => new Map(entries.map(([name, meaningVersion]) => [name, { meaningVersion }]))),
});

const asked = (approved: readonly ApprovedScope[], wanted: readonly string[]) =>
  consentCoverage(approved, wanted).missing;
const namesOf = (approved: readonly ApprovedScope[]) => approved.map(({ scope }) => scope);

function standing(approved: readonly ApprovedScope[], given: StandingRules): ApprovedScope[] {
  return approved.filter((approval) => lapseRule(approval, given) === undefined);
}

describe('whatever was approved, and whatever is wanted', () => {
  it('each thing that is wanted is either approved or asked, once, in the order wanted', () => {
    fc.assert(
      fc.property(approvals, fc.array(fc.constantFrom(...NAMES)), (approved, wanted) => {
        const { approved: covered, missing } = consentCoverage(approved, wanted);
        const distinct = [...new Set(wanted)];
        expect(distinct.filter((name) => namesOf(covered).includes(name) !== missing.includes(name))).toEqual(distinct);
        expect(missing).toEqual(distinct.filter((name) => missing.includes(name)));
      }),
      SEED,
    );
  });

  it('a request that asks less shows nothing that the larger one did not', () => {
    fc.assert(
      fc.property(approvals, names, names, (approved, wanted, left) => {
        const fewer = wanted.filter((name) => !left.includes(name));
        expect(asked(approved, wanted)).toEqual(expect.arrayContaining([...asked(approved, fewer)]));
        expect(asked(approved, namesOf(approved))).toEqual([]);
      }),
      SEED,
    );
  });

  it('a request that asks more shows only the new', () => {
    fc.assert(
      fc.property(approvals, names, names, (approved, wanted, more) => {
        const before = asked(approved, wanted);
        const after = asked(approved, [...wanted, ...more]);
        expect(after.filter((name) => !before.includes(name)).every((name) => more.includes(name))).toBe(true);
        expect(after.filter((name) => wanted.includes(name))).toEqual(before);
      }),
      SEED,
    );
  });

  it('a further approval never makes anything asked', () => {
    fc.assert(
      fc.property(approvals, approvals, names, (approved, further, wanted) => {
        const together = [...approved, ...further.filter(({ scope }) => !namesOf(approved).includes(scope))];
        for (const name of asked(together, wanted)) expect(asked(approved, wanted)).toContain(name);
      }),
      SEED,
    );
  });

  it('narrowing never widens, and what was taken back is asked', () => {
    fc.assert(
      fc.property(approvals, names, names, (approved, declined, wanted) => {
        const left = withoutDeclined(approved, declined);
        expect(approved).toEqual(expect.arrayContaining(left));
        expect(asked(left, declined)).toEqual(declined);
        for (const name of asked(approved, wanted)) expect(asked(left, wanted)).toContain(name);
      }),
      SEED,
    );
  });

  it('no expiry, no age and no other meaning ever grants', () => {
    fc.assert(
      fc.property(approvals, rules, (approved, given) => {
        const stand = standing(approved, given);
        expect(approved).toEqual(expect.arrayContaining(stand));
        const lax = { ...given, maxAgeSeconds: undefined, versions: new Map() };
        expect(standing(approved, lax)).toEqual(expect.arrayContaining(stand));
        for (const { expiresAt } of stand) expect(expiresAt === undefined || expiresAt > given.now).toBe(true);
      }),
      SEED,
    );
  });

  it('time that passes never brings an approval back', () => {
    fc.assert(
      fc.property(approvals, rules, moment, (approved, given, other) => {
        const [sooner, later] = [given.now, other].sort((one, two) => one.getTime() - two.getTime()) as [Date, Date];
        const then = standing(approved, { ...given, now: later });
        expect(standing(approved, { ...given, now: sooner })).toEqual(expect.arrayContaining(then));
      }),
      SEED,
    );
  });

  it('a decision is remembered: what was allowed stands until it ends, what was left out is asked', () => {
    fc.assert(
      fc.property(approvals, names, names, moment, (earlier, scopes, others, now) => {
        const declined = others.filter((name) => !scopes.some((scope) => overlap(scope, name)));
        const merged = mergeApprovals(earlier, { scopes, declined, now });
        const stand = standing(merged, { now, versions: new Map() });
        expect(asked(stand, scopes)).toEqual([]);
        expect(asked(stand, declined)).toEqual(declined);
        const wider = [...namesOf(earlier), ...scopes];
        expect(namesOf(merged).filter((name) => !wider.includes(name))).toEqual([]);
      }),
      SEED,
    );
  });
});

/** Whether one of the two covers the other. */
function overlap(one: string, other: string): boolean {
  const covers = (scope: string, name: string) => asked([{ scope, approvedAt: new Date(START) }], [name]).length === 0;
  return covers(one, other) || covers(other, one);
}
