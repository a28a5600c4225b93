import type { Client } from '#clients/index.js';
import {
  approvedByUser,
  dueRemovals,
  toldAt,
  unusedApprovals,
  type Consent,
  type DueRemovals,
  type Notices,
  type UnusedApproval,
} from '#consent/index.js';
import { canBeUnticked } from '../unticking.js';

const DAY_MS = 86_400_000;

/** What the company has decided about access that nobody uses. */
export interface UnusedAccessRules {
  readonly days: number;
  /** How many days after a notice it is removed; undefined where it is only proposed. */
  readonly noticeDays: number | undefined;
  readonly now: Date;
}

/** Access of one application that nobody uses: all that the user gave it, or parts that it can do without. */
export interface UnusedAccess {
  readonly all: boolean;
  readonly parts: readonly UnusedApproval[];
}

/** What of a consent nobody uses; undefined for nothing that could go. */
export function unusedAccess(
  { scopes }: Consent,
  client: Client | undefined,
  { days, now }: UnusedAccessRules,
): UnusedAccess | undefined {
  const unused = unusedApprovals(scopes, days, now);
  const all = unused.length === approvedByUser(scopes, now).length;
  const separate = scopes.filter((approval) => canBeUnticked(approval, client)).map(({ scope }) => scope);
  const parts = all ? unused : unused.filter(({ scope }) => separate.includes(scope));
  return parts.length === 0 ? undefined : { all, parts };
}

/** The names that go with it: with all that is left of what the user gave, also what has run out. */
export function namesOf({ scopes }: Consent, { all, parts }: UnusedAccess): string[] {
  if (!all) return parts.map(({ scope }) => scope);
  return scopes.filter(({ givenBy }) => givenBy !== 'company').map(({ scope }) => scope);
}

/** What is due of it after a notice; what an application cannot do without goes only with the rest. */
export function due({ all, parts }: UnusedAccess, notices: Notices, rules: UnusedAccessRules): DueRemovals {
  const { noticeDays, now } = rules;
  if (noticeDays === undefined) return { untold: [], due: [] };
  const removals = dueRemovals(parts, notices, { noticeDays, now });
  return all && removals.due.length < parts.length ? { ...removals, due: [] } : removals;
}

/** Until when it can still be kept, by using it; undefined as long as nobody was told of it, or where it is only proposed. */
export function removalDay(
  { parts }: UnusedAccess,
  notices: Notices,
  { noticeDays }: UnusedAccessRules,
): Date | undefined {
  const told = parts.map((part) => toldAt(part, notices)?.getTime());
  if (noticeDays === undefined || told.some((at) => at === undefined)) return undefined;
  return new Date(Math.max(...told.map((at) => at ?? 0)) + noticeDays * DAY_MS);
}
