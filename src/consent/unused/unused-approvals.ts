import type { ApprovedScope } from '../consent.js';

const DAY_MS = 86_400_000;

/** One approval that nobody has used for long. */
export interface UnusedApproval {
  readonly scope: string;
  /** Since when. */
  readonly since: Date;
}

/** When users were told that approvals will be removed, in milliseconds, by their names. */
export type Notices = Readonly<Record<string, number>>;

/** What is to be done about approvals that nobody uses. */
export interface DueRemovals {
  /** The user is still to be told of these. */
  readonly untold: readonly string[];
  /** The user was told of these long enough ago. */
  readonly due: readonly string[];
}

/** Approvals that users gave and may still use: what the company approves is the company's, and what has run out is gone. */
export function approvedByUser(approved: readonly ApprovedScope[], now: Date): ApprovedScope[] {
  return approved.filter(({ givenBy, expiresAt }) => {
    return givenBy !== 'company' && (expiresAt === undefined || expiresAt > now);
  });
}

/** Since when an approval has not been used: since it was, or since it was decided as long as it never was. */
export function unusedSince({ approvedAt, decidedAt = approvedAt, lastUsedAt }: ApprovedScope): Date {
  return lastUsedAt !== undefined && lastUsedAt > decidedAt ? lastUsedAt : decidedAt;
}

/** Those of a user's approvals that were not used for so many days. */
export function unusedApprovals(approved: readonly ApprovedScope[], days: number, now: Date): UnusedApproval[] {
  const latest = now.getTime() - days * DAY_MS;
  return approvedByUser(approved, now)
    .map((approval) => ({ scope: approval.scope, since: unusedSince(approval) }))
    .filter(({ since }) => since.getTime() <= latest);
}

/** When a user was told of an approval; a notice from before it was used or given again is none. */
export function toldAt({ scope, since }: UnusedApproval, notices: Notices): Date | undefined {
  const at = Object.hasOwn(notices, scope) ? notices[scope] : undefined;
  return at === undefined || at < since.getTime() ? undefined : new Date(at);
}

/** What of the unused may be removed now, so many days after the user was told, and of what the user is to be told first. */
export function dueRemovals(
  unused: readonly UnusedApproval[],
  notices: Notices,
  { noticeDays, now }: { readonly noticeDays: number; readonly now: Date },
): DueRemovals {
  const told = unused.map((one) => ({ scope: one.scope, at: toldAt(one, notices) }));
  const isDue = (at: Date | undefined): boolean =>
    at !== undefined && now.getTime() - at.getTime() >= noticeDays * DAY_MS;
  return {
    untold: told.filter(({ at }) => at === undefined).map(({ scope }) => scope),
    due: told.filter(({ at }) => isDue(at)).map(({ scope }) => scope),
  };
}
