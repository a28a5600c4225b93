import { coveringApprovals } from './claim-approval.js';
import type { ApprovedScope } from './consent.js';

/** Which of the wanted scopes and claims were approved, and which are still to be asked for. */
export interface ConsentCoverage {
  /** Under the names that are wanted, whatever the approval covers besides. */
  readonly approved: readonly ApprovedScope[];
  readonly missing: readonly string[];
}

/** Compares what was approved with what is wanted, in the order wanted. */
export function consentCoverage(approved: readonly ApprovedScope[], wanted: readonly string[]): ConsentCoverage {
  const known = new Map(approved.map((approval) => [approval.scope, approval]));
  const distinct = [...new Set(wanted)];
  const approvalOf = (name: string) => coveringApprovals(name).flatMap((covering) => known.get(covering) ?? [])[0];
  return {
    approved: distinct.flatMap((scope) => {
      const approval = approvalOf(scope);
      return approval === undefined ? [] : [{ ...approval, scope }];
    }),
    missing: distinct.filter((name) => approvalOf(name) === undefined),
  };
}

/** The approvals that still count at a moment. */
export function unexpired(approved: readonly ApprovedScope[], now: Date): ApprovedScope[] {
  return approved.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now);
}

/** What was just decided about scopes. */
export interface ConsentDecision {
  readonly scopes: readonly string[];
  readonly declined?: readonly string[] | undefined;
  readonly now: Date;
  readonly expiresAt?: Date | undefined;
}

/** Adds newly approved scopes to earlier ones: what was still approved keeps its date, all that covers the declined goes. */
export function mergeApprovals(earlier: readonly ApprovedScope[], decision: ConsentDecision): ApprovedScope[] {
  const { scopes, declined = [], now, expiresAt } = decision;
  const still = unexpired(earlier, now).filter(({ scope }) => !declined.some((name) => overlap(name, scope)));
  const merged = new Map(still.map((approval) => [approval.scope, approval]));
  for (const scope of scopes) {
    const approvedAt = merged.get(scope)?.approvedAt ?? now;
    merged.set(scope, { scope, approvedAt, ...(expiresAt === undefined ? {} : { expiresAt }) });
  }
  return [...merged.values()];
}

/** Whether one is the other or a part of it: no to a claim is no to its scope, and the other way round. */
function overlap(one: string, other: string): boolean {
  return coveringApprovals(one).includes(other) || coveringApprovals(other).includes(one);
}
