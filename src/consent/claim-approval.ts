import { SCOPE_OF_CLAIM } from '#standards/oidc.js';

/** A space cannot stand in the name of a scope (RFC 6749 §3.3), so neither is ever taken for the other. */
const PREFIX = 'claim ';

/** The name under which the approval of a single claim stands among those of scopes (OIDC Core §5.5). */
export function claimApproval(claim: string): string {
  return PREFIX + claim;
}

/** The claim that an approval is for; undefined when it is for a scope. */
export function approvedClaim(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

/** The approvals that cover what is wanted: its own and, for a claim, that of the scope that asks for it (OIDC Core §5.4). */
export function coveringApprovals(wanted: string): readonly string[] {
  const scope = SCOPE_OF_CLAIM.get(approvedClaim(wanted) ?? '');
  return scope === undefined ? [wanted] : [wanted, scope];
}
