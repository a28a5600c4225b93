import { isWorthNoting } from '#platform/jobs/index.js';
import { coveringApprovals } from '../claim-approval.js';
import type { ApprovedScope } from '../consent.js';

/** When approvals were last used, in milliseconds, by their names. */
export type Uses = Readonly<Record<string, number>>;

type Since = Pick<ApprovedScope, 'scope' | 'approvedAt'>;

/** When an approval was last used; a use of an earlier one of that name is none of it. */
export function lastUse({ scope, approvedAt }: Since, uses: Uses): Date | undefined {
  const at = Object.hasOwn(uses, scope) ? uses[scope] : undefined;
  return at === undefined || at < approvedAt.getTime() ? undefined : new Date(at);
}

/**
 * What is known of the uses of approvals once further ones have been noted, by the names that were wanted; undefined
 * when that says nothing new: what is not approved any more has no uses, and each approval is noted once an hour.
 */
export function usesAfter(approved: readonly Since[], known: Uses, noted: ReadonlyMap<string, Date>): Uses | undefined {
  const uses = approved.map((approval) => {
    const before = lastUse(approval, known);
    const use = lastUse(approval, usesIn(noted, approved));
    const isNews = use !== undefined && isWorthNoting(use, before);
    return { scope: approval.scope, isNews, at: later(before, use) };
  });
  if (!uses.some(({ isNews }) => isNews)) return undefined;
  return Object.fromEntries(uses.flatMap(({ scope, at }) => (at === undefined ? [] : [[scope, at.getTime()]])));
}

/** Under the approvals that cover what was used. */
function usesIn(noted: ReadonlyMap<string, Date>, approved: readonly Since[]): Uses {
  const latest = new Map<string, number>();
  for (const [name, at] of noted) {
    const covering = coveringApprovals(name).find((candidate) => approved.some(({ scope }) => scope === candidate));
    if (covering !== undefined) latest.set(covering, Math.max(at.getTime(), latest.get(covering) ?? 0));
  }
  return Object.fromEntries(latest);
}

function later(one: Date | undefined, other: Date | undefined): Date | undefined {
  return one === undefined || (other !== undefined && other > one) ? other : one;
}
