import type { Client } from '#clients/index.js';
import { SCOPE_OF_CLAIM } from '#standards/oidc.js';
import type { GrantedClaim, GrantedClaims } from '#tokens/index.js';

/** One claim as the `claims` parameter asks for it (OIDC Core §5.5.1). */
export interface RequestedClaim extends GrantedClaim {
  readonly essential: boolean;
}

/** What a request asks for claim by claim, by where it wants them (OIDC Core §5.5). */
export interface ClaimsRequest {
  readonly userinfo: readonly RequestedClaim[];
  readonly idToken: readonly RequestedClaim[];
}

/** A request without the parameter. */
export const NO_CLAIMS: ClaimsRequest = { userinfo: [], idToken: [] };

/** Claims about the sign-in, which say nothing of the user that the client does not learn anyway (OIDC Core §2). */
const OF_THE_SIGN_IN: readonly string[] = ['acr', 'auth_time'];

/** OIDC Core §5.5: the claims that can be asked for by name; others are ignored. */
export const REQUESTABLE_CLAIMS: readonly string[] = [...SCOPE_OF_CLAIM.keys(), ...OF_THE_SIGN_IN];

/** Whether a client may have a claim by its name: what its record keeps from it as a scope, it does not get this way. */
export function mayHaveClaim({ scope }: Pick<Client, 'scope'>, name: string): boolean {
  return OF_THE_SIGN_IN.includes(name) || scope.includes(SCOPE_OF_CLAIM.get(name) ?? '');
}

/** The claims asked for by name that no asked scope covers, each once; essential if it is so anywhere. */
export function beyondScope({ userinfo, idToken }: ClaimsRequest, scope: readonly string[]) {
  const asked = [...userinfo, ...idToken].filter(({ name }) => needsApproval(name, scope));
  return [...new Set(asked.map(({ name }) => name))].map((name) => ({
    name,
    essential: asked.some((claim) => claim.name === name && claim.essential),
  }));
}

/**
 * What of the request is granted: what a granted scope covers, what was approved by name, what needs no approval. What is
 * always there is not kept.
 */
export function grantedClaims(
  { userinfo, idToken }: ClaimsRequest,
  scope: readonly string[],
  named: readonly string[],
): GrantedClaims | undefined {
  const granted = (claims: readonly RequestedClaim[], always: readonly string[]): GrantedClaim[] =>
    claims
      .filter(({ name }) => !always.includes(name))
      .filter(({ name }) => named.includes(name) || !needsApproval(name, scope))
      .map(({ name, values }) => (values === undefined ? { name } : { name, values }));
  const claims = { userinfo: granted(userinfo, ['sub']), idToken: granted(idToken, ['sub', ...OF_THE_SIGN_IN]) };
  return claims.userinfo.length + claims.idToken.length === 0 ? undefined : claims;
}

function needsApproval(name: string, scope: readonly string[]): boolean {
  return !OF_THE_SIGN_IN.includes(name) && !scope.includes(SCOPE_OF_CLAIM.get(name) ?? '');
}
