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

/** The scopes that release each claim to a client beside the standard ones. */
export type MappedScopes = ReadonlyMap<string, readonly string[]>;

/** A client for which nothing is mapped. */
export const NONE_MAPPED: MappedScopes = new Map();

/** Whether a client may have a claim by its name: what its record keeps from it as a scope, it does not get this way. */
export function mayHaveClaim({ scope }: Pick<Client, 'scope'>, name: string, mapped = NONE_MAPPED): boolean {
  return OF_THE_SIGN_IN.includes(name) || isCovered(name, scope, mapped);
}

/** The claims asked for by name that no asked scope covers, each once; essential if it is so anywhere. */
export function beyondScope({ userinfo, idToken }: ClaimsRequest, scope: readonly string[], mapped = NONE_MAPPED) {
  const asked = [...userinfo, ...idToken].filter(({ name }) => needsApproval(name, scope, mapped));
  return [...new Set(asked.map(({ name }) => name))].map((name) => {
    const essential = asked.some((claim) => claim.name === name && claim.essential);
    const scopes = mapped.get(name);
    return { name, essential, ...(scopes === undefined ? {} : { scopes }) };
  });
}

/**
 * What of the request is granted: what a granted scope covers, what was approved by name, what needs no approval. What is
 * always there is not kept.
 */
export function grantedClaims(
  { userinfo, idToken }: ClaimsRequest,
  scope: readonly string[],
  named: readonly string[],
  mapped = NONE_MAPPED,
): GrantedClaims | undefined {
  const granted = (claims: readonly RequestedClaim[], always: readonly string[]): GrantedClaim[] =>
    claims
      .filter(({ name }) => !always.includes(name))
      .filter(({ name }) => named.includes(name) || !needsApproval(name, scope, mapped))
      .map(({ name, values }) => (values === undefined ? { name } : { name, values }));
  const claims = { userinfo: granted(userinfo, ['sub']), idToken: granted(idToken, ['sub', ...OF_THE_SIGN_IN]) };
  return claims.userinfo.length + claims.idToken.length === 0 ? undefined : claims;
}

function needsApproval(name: string, scope: readonly string[], mapped: MappedScopes): boolean {
  return !OF_THE_SIGN_IN.includes(name) && !isCovered(name, scope, mapped);
}

function isCovered(name: string, scope: readonly string[], mapped: MappedScopes): boolean {
  const releasing = mapped.get(name) ?? [SCOPE_OF_CLAIM.get(name) ?? ''];
  return releasing.some((one) => scope.includes(one));
}
