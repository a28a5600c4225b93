import type { Client } from '#clients/index.js';
import { approvedClaim, type ApprovedScope } from '#consent/index.js';

/** Whether users may take it back alone: what the client cannot do without goes with all the rest only. */
export function canBeUnticked({ scope, givenBy }: ApprovedScope, client: Client | undefined): boolean {
  if (givenBy === 'company' || client === undefined) return false;
  return approvedClaim(scope) !== undefined || client.optionalScope.includes(scope);
}
