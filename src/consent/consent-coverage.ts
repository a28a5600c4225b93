import type { ApprovedScope } from './consent.js';

/** Which of the wanted scopes were approved, and which are still to be asked for. */
export interface ConsentCoverage {
  readonly approved: readonly ApprovedScope[];
  readonly missing: readonly string[];
}

/** Compares what was approved with what is wanted, in the order wanted. */
export function consentCoverage(approved: readonly ApprovedScope[], wanted: readonly string[]): ConsentCoverage {
  const known = new Map(approved.map((approval) => [approval.scope, approval]));
  const distinct = [...new Set(wanted)];
  return {
    approved: distinct.flatMap((scope) => known.get(scope) ?? []),
    missing: distinct.filter((scope) => !known.has(scope)),
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

/** Adds newly approved scopes to earlier ones: what was still approved keeps its date, what was declined goes. */
export function mergeApprovals(earlier: readonly ApprovedScope[], decision: ConsentDecision): ApprovedScope[] {
  const { scopes, declined = [], now, expiresAt } = decision;
  const still = unexpired(earlier, now).filter(({ scope }) => !declined.includes(scope));
  const merged = new Map(still.map((approval) => [approval.scope, approval]));
  for (const scope of scopes) {
    const approvedAt = merged.get(scope)?.approvedAt ?? now;
    merged.set(scope, { scope, approvedAt, ...(expiresAt === undefined ? {} : { expiresAt }) });
  }
  return [...merged.values()];
}
