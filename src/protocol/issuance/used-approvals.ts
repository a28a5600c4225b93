import { claimApproval } from '#consent/index.js';
import type { GrantedClaims } from '#tokens/index.js';

/** What is used of what a user allowed, under the names by which approvals are remembered: scope, and claims by name. */
export function usedApprovals(scope: readonly string[], claims: GrantedClaims | undefined): string[] {
  const named = [...(claims?.userinfo ?? []), ...(claims?.idToken ?? [])].map(({ name }) => claimApproval(name));
  return [...scope, ...named];
}
