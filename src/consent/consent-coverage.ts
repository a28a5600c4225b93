import { coveringApprovals } from './claim-approval.js';
import type { ApprovedScope, ConsentGiver, ShownVersion } from './consent.js';

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

/** What an approval must be to cover a request. */
export interface StandingRules {
  readonly now: Date;
  /** How many seconds ago it may have been decided; however long when absent. */
  readonly maxAgeSeconds?: number | undefined;
  /** The versions that scopes have now; the first where nothing is said. */
  readonly versions: ReadonlyMap<string, ShownVersion>;
}

/** Why an approval covers nothing any more. */
export type LapseRule = 'approval.expired' | 'approval.too_old' | 'approval.meaning_changed';

/** Why an approval does not cover what it names; nothing when it does. */
export function lapseRule(
  approval: ApprovedScope,
  { now, maxAgeSeconds, versions }: StandingRules,
): LapseRule | undefined {
  if (unexpired([approval], now).length === 0) return 'approval.expired';
  const oldest = maxAgeSeconds === undefined ? undefined : now.getTime() - maxAgeSeconds * 1000;
  const isYoung = oldest === undefined || (approval.decidedAt ?? approval.approvedAt).getTime() > oldest;
  if (!isYoung) return 'approval.too_old';
  return meansTheSame(approval, versions.get(approval.scope)) ? undefined : 'approval.meaning_changed';
}

/** Whether an approval was given for the meaning that is shown. */
export function meansTheSame(approval: ShownVersion, shown: ShownVersion | undefined): boolean {
  return (approval.meaningVersion ?? 1) >= (shown?.meaningVersion ?? 1);
}

/** What was just decided about scopes. */
export interface ConsentDecision {
  readonly scopes: readonly string[];
  readonly declined?: readonly string[] | undefined;
  readonly now: Date;
  readonly expiresAt?: Date | undefined;
  /** Which versions were shown; the first where nothing is said. */
  readonly versions?: ReadonlyMap<string, ShownVersion> | undefined;
  readonly givenBy?: ConsentGiver | undefined;
}

/** Adds newly approved scopes to earlier ones: what was still approved keeps its date, all that covers the declined goes. */
export function mergeApprovals(earlier: readonly ApprovedScope[], decision: ConsentDecision): ApprovedScope[] {
  const { scopes, declined = [], now } = decision;
  const still = withoutDeclined(unexpired(earlier, now), declined);
  const merged = new Map(still.map((approval) => [approval.scope, approval]));
  for (const scope of scopes) merged.set(scope, approval(scope, merged.get(scope), decision));
  return [...merged.values()];
}

/** The approvals that are left when some are taken back, with all that covers these. */
export function withoutDeclined(approved: readonly ApprovedScope[], declined: readonly string[]): ApprovedScope[] {
  return approved.filter(({ scope }) => !declined.some((name) => overlap(name, scope)));
}

function approval(scope: string, earlier: ApprovedScope | undefined, decision: ConsentDecision): ApprovedScope {
  const { now, expiresAt, versions, givenBy } = decision;
  const shown = versions?.get(scope);
  const since = earlier !== undefined && meansTheSame(earlier, shown) ? earlier.approvedAt : now;
  return {
    scope,
    approvedAt: since,
    ...(since < now ? { decidedAt: now } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...laterVersions(shown),
    ...(givenBy === undefined ? {} : { givenBy }),
  };
}

function laterVersions({ textVersion = 1, meaningVersion = 1 }: ShownVersion = {}): ShownVersion {
  return { ...(textVersion > 1 ? { textVersion } : {}), ...(meaningVersion > 1 ? { meaningVersion } : {}) };
}

/** Whether one is the other or a part of it: no to a claim is no to its scope, and the other way round. */
function overlap(one: string, other: string): boolean {
  return coveringApprovals(one).includes(other) || coveringApprovals(other).includes(one);
}
