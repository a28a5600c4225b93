import { isVetted, type Client } from '#clients/index.js';
import { lapseRule, unexpired, type ApprovedScope, type LapseRule, type ShownVersion } from '#consent/index.js';
import type { Scope } from '#resources/index.js';

/** An approval that covers nothing any more, and why. */
export interface LapsedApproval {
  readonly approval: ApprovedScope;
  readonly rule: LapseRule;
}

/** What the approvals of a user are worth to a request. */
export interface Approvals {
  /** Those that cover what they name. */
  readonly standing: readonly ApprovedScope[];
  /** Those and the ones that have to be given again, because of their age or of what they meant. */
  readonly earlier: readonly ApprovedScope[];
  /** Those that cover nothing any more. */
  readonly lapsed: readonly LapsedApproval[];
}

/** Holds approvals against what the client's record and the scopes say now; what the company approves for all stands for each. */
export function standingApprovals(
  approved: readonly ApprovedScope[],
  { client, scopes }: { readonly client: Client; readonly scopes: readonly Scope[] },
  now: Date,
): Approvals {
  const rules = { now, maxAgeSeconds: client.consentMaxAge, versions: shownVersions(scopes) };
  const own = approved.filter(({ givenBy }) => givenBy !== 'company');
  const lapsed = own.flatMap((approval) => {
    const rule = lapseRule(approval, rules);
    return rule === undefined ? [] : [{ approval, rule }];
  });
  const standingOwn = own.filter((one) => !lapsed.some(({ approval }) => approval === one));
  const company = companyApprovals(client).filter(({ scope }) => !standingOwn.some((one) => one.scope === scope));
  return { standing: [...standingOwn, ...company], earlier: [...unexpired(own, now), ...company], lapsed };
}

/** A client that registered itself and has changed since is not what the company approved. */
function companyApprovals(client: Client): ApprovedScope[] {
  const { companyApprovedScope = [], updatedAt } = client;
  if (!isVetted(client)) return [];
  return companyApprovedScope.map((scope) => ({ scope, approvedAt: updatedAt, givenBy: 'company' }));
}

/** Which versions of scopes are shown now. */
export function shownVersions(scopes: readonly Scope[]): ReadonlyMap<string, ShownVersion> {
  return new Map(scopes.map(({ name, textVersion, meaningVersion }) => [name, { textVersion, meaningVersion }]));
}
