/** Where a mapped claim goes. */
export const CLAIM_PLACES = ['id_token', 'userinfo', 'access_token'] as const;

/** One of the places. */
export type ClaimPlace = (typeof CLAIM_PLACES)[number];

/** Which groups of a user a claim names: all, those whose names begin alike, those that the client is for. */
export const GROUP_CHOICES = ['all', 'prefixed', 'assigned'] as const;

/** What a claim says: an attribute of the user, the names of their groups, a value for the members of a group, or always the same. */
export type ClaimSource =
  | { readonly kind: 'attribute'; readonly attribute: string }
  | { readonly kind: 'groups'; readonly groups: (typeof GROUP_CHOICES)[number]; readonly prefix?: string }
  | { readonly kind: 'group'; readonly group: string; readonly value: unknown }
  | { readonly kind: 'constant'; readonly value: unknown };

/** The kinds of sources. */
export const CLAIM_SOURCES = [
  'attribute',
  'groups',
  'group',
  'constant',
] as const satisfies readonly ClaimSource['kind'][];

/** What administrators decide about a claim that a scope releases. */
export interface ClaimMappingInput {
  readonly claim: string;
  /** The scope that must have been granted. */
  readonly scope: string;
  /** The only client that it is for; null for every client. */
  readonly clientId: string | null;
  readonly source: ClaimSource;
  readonly includeIn: readonly ClaimPlace[];
}

/** A claim that a scope releases beside the standard ones. */
export interface ClaimMapping extends ClaimMappingInput {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What of a user and client decides the values of claims. */
export interface ClaimFacts {
  /** The names of the groups the user is in, by themselves or through another group. */
  readonly effectiveGroups: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The mappings that count for a client: its own, and those for every client that it has none of its own for. */
export function mappingsFor(mappings: readonly ClaimMapping[], clientId: string): readonly ClaimMapping[] {
  const own = mappings.filter((mapping) => mapping.clientId === clientId);
  const isOwn = ({ claim, scope }: ClaimMapping): boolean =>
    own.some((mapping) => mapping.claim === claim && mapping.scope === scope);
  return [...mappings.filter((mapping) => mapping.clientId === null && !isOwn(mapping)), ...own];
}

/** What a claim says now; undefined for nothing, also where there is no user whom it could be about (OIDC Core §5.3.2). */
export function claimValue(
  source: ClaimSource,
  user: ClaimFacts | undefined,
  allowedGroups: readonly string[] = [],
): unknown {
  if (source.kind === 'constant') return source.value;
  if (user === undefined) return undefined;
  switch (source.kind) {
    case 'attribute':
      return Object.hasOwn(user.attributes, source.attribute) ? user.attributes[source.attribute] : undefined;
    case 'group':
      return user.effectiveGroups.includes(source.group) ? source.value : undefined;
    case 'groups': {
      const names = user.effectiveGroups.filter((name) => isNamed(name, source, allowedGroups));
      return names.length === 0 ? undefined : names;
    }
  }
}

function isNamed(
  name: string,
  { groups, prefix = '' }: Extract<ClaimSource, { kind: 'groups' }>,
  allowedGroups: readonly string[],
): boolean {
  return groups === 'assigned' ? allowedGroups.includes(name) : groups === 'all' || name.startsWith(prefix);
}
