import { claimApproval, consentCoverage, type ApprovedScope } from '#consent/index.js';
import type { GrantedClaims, GrantEnds } from '#tokens/index.js';

/** Until when the approvals last that a grant rests on; undefined when none of them has an end. */
export function approvalEnds(
  approved: readonly ApprovedScope[],
  scope: readonly string[],
  claims: GrantedClaims | undefined,
): GrantEnds | undefined {
  const named = [...new Set([...(claims?.userinfo ?? []), ...(claims?.idToken ?? [])].map(({ name }) => name))];
  const ends = { scopes: endsOf(approved, scope, (name) => name), claims: endsOf(approved, named, claimApproval) };
  const company = companyScopes(approved, scope);
  if (Object.keys(ends.scopes).length + Object.keys(ends.claims).length + company.length === 0) return undefined;
  return company.length === 0 ? ends : { ...ends, company };
}

/** Those of the scopes that nobody but the company approved. */
export function companyScopes(approved: readonly ApprovedScope[], scope: readonly string[]): string[] {
  return approved
    .filter(({ givenBy }) => givenBy === 'company')
    .flatMap((one) => (scope.includes(one.scope) ? [one.scope] : []));
}

function endsOf(
  approved: readonly ApprovedScope[],
  names: readonly string[],
  approvalOf: (name: string) => string,
): Record<string, number> {
  const ends = names.flatMap((name) => {
    const [covering] = consentCoverage(approved, [approvalOf(name)]).approved;
    return covering?.expiresAt === undefined ? [] : [[name, covering.expiresAt.getTime()] as const];
  });
  return Object.fromEntries(ends);
}
