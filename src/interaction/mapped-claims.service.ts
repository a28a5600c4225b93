import { Injectable } from '@nestjs/common';
import { ClaimMappings, claimValue, mappingsFor, type ClaimMapping } from '#claims/index.js';
import type { Client } from '#clients/index.js';
import { UserAttributes, type User } from '#users/index.js';

/** A claim that a scope releases beside the standard ones, with what it says of a user now. */
export interface MappedClaim {
  readonly mapping: ClaimMapping;
  readonly value: unknown;
}

/** What of a client decides what is mapped for it. */
type MappingTarget = Pick<Client, 'clientId' | 'allowedGroups'>;

/** Finds the claims that are mapped for a client, and what they say. */
@Injectable()
export class MappedClaims {
  constructor(
    private readonly mappings: ClaimMappings,
    private readonly attributes: UserAttributes,
  ) {}

  /** The mappings that count for a client; nothing is read unless they have changed. */
  async of({ clientId }: Pick<Client, 'clientId'>): Promise<readonly ClaimMapping[]> {
    return mappingsFor(await this.mappings.known(), clientId);
  }

  /** What mappings say of a user; what they say nothing about is left out. Attributes are read only if one asks for them. */
  async values(
    { allowedGroups }: MappingTarget,
    user: User | undefined,
    mappings: readonly ClaimMapping[],
  ): Promise<readonly MappedClaim[]> {
    const asksForAttributes = user !== undefined && mappings.some(({ source }) => source.kind === 'attribute');
    const attributes = asksForAttributes ? await this.attributes.of(user.id) : {};
    const facts = user && { effectiveGroups: user.effectiveGroups, attributes };
    return mappings
      .map((mapping) => ({ mapping, value: claimValue(mapping.source, facts, allowedGroups) }))
      .filter(({ value }) => value !== undefined);
  }
}

/** The scopes that release each mapped claim, for those that ask for it by name (OIDC Core §5.5). */
export function mappedScopes(mappings: readonly ClaimMapping[]): ReadonlyMap<string, readonly string[]> {
  const scopes = new Map<string, readonly string[]>();
  for (const { claim, scope } of mappings) scopes.set(claim, [...(scopes.get(claim) ?? []), scope]);
  return scopes;
}
