import { approvedClaim } from './claim-approval.js';
import type { ApprovedScope } from './consent.js';

/** The names of the approvals that were there and are not any more. */
export function endedBy(before: readonly ApprovedScope[], after: readonly ApprovedScope[]): string[] {
  return before.map(({ scope }) => scope).filter((name) => !after.some(({ scope }) => scope === name));
}

/** What approvals of those names are for: scopes, and claims one by one (OIDC Core §5.5). */
export function parts(names: readonly string[]): { readonly scopes: string[]; readonly claims: string[] } {
  return {
    scopes: names.filter((name) => approvedClaim(name) === undefined),
    claims: names.flatMap((name) => approvedClaim(name) ?? []),
  };
}
