import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { ClaimMapping, ClaimPlace } from '#claims/index.js';
import type { Client } from '#clients/index.js';
import { MappedClaims } from '#interaction/index.js';
import { SCOPE_OF_CLAIM } from '#standards/oidc.js';
import type { Grant, GrantedClaim } from '#tokens/index.js';
import { claimsNamed, standardClaims, UsersService, type User } from '#users/index.js';
import { mayHaveClaim } from './claims-request.js';

/** Claims as they leave, by name. */
export type ReleasedClaims = Readonly<Record<string, unknown>>;

/** Why a claim leaves: its standard scope was granted, a mapping says so, or the client asked for it by name. */
export type ReleaseRule = 'claim.scope' | 'claim.mapping' | 'claim.requested';

/** One claim as it leaves, and why. */
export interface ReleasedClaim {
  readonly name: string;
  readonly value: unknown;
  readonly rule: ReleaseRule;
  /** The scope that it hangs on. */
  readonly scope?: string | undefined;
}

/** Says which claims about the user leave with a token or userinfo answer, and what they say now. */
@Injectable()
export class ClaimRelease {
  constructor(
    private readonly users: UsersService,
    private readonly mapped: MappedClaims,
  ) {}

  /** What the ID token says of the user. */
  async forIdToken(...asked: Parameters<ClaimRelease['ofIdToken']>): Promise<ReleasedClaims> {
    return valuesByName(await this.ofIdToken(...asked));
  }

  /** What userinfo says of the user. */
  async forUserinfo(...asked: Parameters<ClaimRelease['ofUserinfo']>): Promise<ReleasedClaims> {
    return valuesByName(await this.ofUserinfo(...asked));
  }

  /** What is mapped into access tokens for the scope, and so into what introspection says of them. */
  async forAccessToken(...asked: Parameters<ClaimRelease['ofAccessToken']>): Promise<ReleasedClaims> {
    return valuesByName(await this.ofAccessToken(...asked));
  }

  /**
   * What the ID token says of the user, claim by claim, of a name the last: what is mapped into it for the scope, the claims
   * asked for by name (OIDC Core §5.5) and, where there is no userinfo to be had, those of `standard` scope (OIDC Core §5.4).
   */
  async ofIdToken(
    client: Client,
    grant: Grant,
    scope: readonly string[],
    standard: readonly string[] = [],
  ): Promise<readonly ReleasedClaim[]> {
    const named = grant.claims?.idToken ?? [];
    const mappings = await this.mappings(client, { place: 'id_token', scope, named });
    if (named.length + standard.length + mappings.byName.length + mappings.byScope.length === 0) return [];
    const user = await this.users.find(grant.userId);
    if (user === undefined) return [];
    const values = await this.values(client, user, mappings);
    return [...ofScope(user, standard), ...values.byScope, ...released(named, { ...values, client, user, grant })];
  }

  /** The same of userinfo: the claims of the scope and, added to them, those asked for by name (OIDC Core §5.5). */
  async ofUserinfo(
    client: Client,
    grant: Grant | undefined,
    user: User,
    scope: readonly string[],
  ): Promise<readonly ReleasedClaim[]> {
    const named = grant?.claims?.userinfo ?? [];
    const mappings = await this.mappings(client, { place: 'userinfo', scope, named });
    const values = await this.values(client, user, mappings);
    const asked = grant === undefined ? [] : released(named, { ...values, client, user, grant });
    return [...ofScope(user, scope), ...values.byScope, ...asked];
  }

  /** The same of access tokens: what is mapped into them for the scope (RFC 9068 §2.2.3). */
  async ofAccessToken(
    client: Client,
    about: { readonly userId: string | undefined; readonly user?: User | undefined },
    scope: readonly string[],
  ): Promise<readonly ReleasedClaim[]> {
    const mappings = await this.mappings(client, { place: 'access_token', scope, named: [] });
    if (mappings.byScope.length === 0) return [];
    const asksForUser = about.userId !== undefined && mappings.byScope.some(({ source }) => source.kind !== 'constant');
    const user = about.user ?? (asksForUser ? await this.users.find(about.userId) : undefined);
    return (await this.values(client, user, mappings)).byScope;
  }

  /** The mappings into a place by the granted scope, and those of claims that are asked for by name. */
  private async mappings(
    client: Client,
    wanted: {
      readonly place: ClaimPlace;
      readonly scope: readonly string[];
      readonly named: readonly GrantedClaim[];
    },
  ): Promise<Chosen> {
    const all = await this.mapped.of(client);
    const names = wanted.named.map(({ name }) => name);
    return {
      byScope: all.filter(({ scope, includeIn }) => wanted.scope.includes(scope) && includeIn.includes(wanted.place)),
      byName: all.filter(({ claim, scope }) => names.includes(claim) && client.scope.includes(scope)),
    };
  }

  private async values(client: Client, user: User | undefined, chosen: Chosen): Promise<Valued> {
    const claims = await this.mapped.values(client, user, [...new Set([...chosen.byScope, ...chosen.byName])]);
    const valuesOf = (mappings: readonly ClaimMapping[]): ReleasedClaim[] =>
      claims
        .filter(({ mapping }) => mappings.includes(mapping))
        .map(({ mapping: { claim, scope }, value }) => ({ name: claim, value, rule: 'claim.mapping', scope }));
    return { byScope: valuesOf(chosen.byScope), byName: valuesByName(valuesOf(chosen.byName)) };
  }
}

interface Chosen {
  readonly byScope: readonly ClaimMapping[];
  readonly byName: readonly ClaimMapping[];
}

interface Valued {
  readonly byScope: readonly ReleasedClaim[];
  /** What mappings say to those who ask by name. */
  readonly byName: ReleasedClaims;
}

interface Known extends Pick<Valued, 'byName'> {
  readonly client: Client;
  readonly user: User;
  readonly grant: Grant;
}

function valuesByName(claims: readonly ReleasedClaim[]): ReleasedClaims {
  return Object.fromEntries(claims.map(({ name, value }) => [name, value]));
}

function ofScope(user: User, scope: readonly string[]): ReleasedClaim[] {
  return Object.entries(standardClaims(user, scope)).map(([name, value]) => ({
    name,
    value,
    rule: 'claim.scope',
    scope: SCOPE_OF_CLAIM.get(name),
  }));
}

/** OIDC Core §5.5.1: what is not known, or is not the value that was asked for, is left out and is no error. */
function released(claims: readonly GrantedClaim[], { client, user, grant, byName }: Known): ReleasedClaim[] {
  const { acr, authTime } = grant;
  const names = claims.map(({ name }) => name);
  const known = { ...claimsNamed(user, names), ...byName, acr, auth_time: Math.floor(authTime.getTime() / 1000) };
  const values = new Map<string, unknown>(Object.entries(known));
  return claims
    .filter(({ name }) => values.has(name) && (Object.hasOwn(byName, name) || mayHaveClaim(client, name)))
    .filter((claim) => claim.values?.some((value) => isDeepStrictEqual(value, values.get(claim.name))) !== false)
    .map(({ name }) => ({ name, value: values.get(name), rule: 'claim.requested' }));
}
