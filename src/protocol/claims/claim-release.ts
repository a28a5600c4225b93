import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import type { Grant, GrantedClaim } from '#tokens/index.js';
import { claimsNamed, standardClaims, UsersService, type User } from '#users/index.js';
import { mayHaveClaim } from './claims-request.js';

/** Says which claims about the user leave with an ID token or userinfo answer, and what they say now. */
@Injectable()
export class ClaimRelease {
  constructor(private readonly users: UsersService) {}

  /**
   * What the ID token says of the user: the claims asked for by name (OIDC Core §5.5) and, where there is no userinfo to
   * be had, those of the given scope (OIDC Core §5.4).
   */
  async forIdToken(
    client: Client,
    grant: Grant,
    scope: readonly string[] = [],
  ): Promise<Readonly<Record<string, unknown>>> {
    const named = grant.claims?.idToken ?? [];
    if (named.length === 0 && scope.length === 0) return {};
    const user = await this.users.find(grant.userId);
    return user === undefined ? {} : { ...standardClaims(user, scope), ...released(named, client, user, grant) };
  }

  /** What userinfo says of the user: the claims of the scope and, added to them, those asked for by name (OIDC Core §5.5). */
  forUserinfo(
    client: Client,
    grant: Grant | undefined,
    user: User,
    scope: readonly string[],
  ): Readonly<Record<string, unknown>> {
    const named = grant?.claims === undefined ? {} : released(grant.claims.userinfo, client, user, grant);
    return { ...standardClaims(user, scope), ...named };
  }
}

/** OIDC Core §5.5.1: what is not known, or is not the value that was asked for, is left out and is no error. */
function released(
  claims: readonly GrantedClaim[],
  client: Client,
  user: User,
  { acr, authTime }: Grant,
): Record<string, unknown> {
  const names = claims.map(({ name }) => name);
  const known = { ...claimsNamed(user, names), acr, auth_time: Math.floor(authTime.getTime() / 1000) };
  const values = new Map<string, unknown>(Object.entries(known));
  return Object.fromEntries(
    claims
      .filter((claim) => values.has(claim.name) && mayHaveClaim(client, claim.name))
      .filter((claim) => claim.values?.some((value) => isDeepStrictEqual(value, values.get(claim.name))) !== false)
      .map(({ name }) => [name, values.get(name)]),
  );
}
