import { approvedClaim } from '#consent/index.js';
import { scopeWords, type Resource, type Scope } from '#resources/index.js';
import { StandardScope, STANDARD_SCOPES } from '#standards/oidc.js';
import { claimsNamed, standardClaims, type AddressClaim, type User } from '#users/index.js';
import { claimTitle, scopeText, type Locale, type ScopeGroup, type ScopeItem } from '#views/index.js';
import type { ConsentOffer } from './consent-offer.js';

/** What is known of the scopes that a consent page shows, and for whom. */
export interface ScopeFacts {
  readonly user: User;
  readonly locale: Locale;
  readonly scopes: readonly Scope[];
  readonly resources: readonly Pick<Resource, 'identifier' | 'name'>[];
  /** What is released beside the standard claims, and what each is called. */
  readonly mapped?: readonly ShownClaim[];
}

/** A mapped claim as a page shows it. */
export interface ShownClaim {
  readonly claim: string;
  readonly scope: string;
  readonly title: string;
  /** Whether administrators chose the title; if not, it is but the name of the claim. */
  readonly declared: boolean;
  readonly value: unknown;
}

/** A scope that lets a client do something in the user's name, by the customary ending of its name. */
const ACTS = /(?:^|[:._/-])(?:write|send|post|create|update|edit|delete|manage|publish|pay|execute)$/i;
const ORDER = ['identity', 'resource', 'act', 'offline'] as const;

/** The groups of the consent page: who you are, your data in an API, act for you, stay connected. */
export function scopeGroups(offer: ConsentOffer, ticked: ReadonlySet<string>, facts: ScopeFacts): ScopeGroup[] {
  const groups = new Map<string, ScopeGroup & { readonly scopes: ScopeItem[] }>();
  for (const name of inOrder([...offer.required, ...offer.optional])) {
    const { kind, resourceName } = groupOf(name, facts);
    const key = `${kind} ${resourceName ?? ''}`;
    const group = groups.get(key) ?? { kind, ...(resourceName === undefined ? {} : { resourceName }), scopes: [] };
    group.scopes.push(itemOf(name, offer, ticked, facts));
    groups.set(key, group);
  }
  return [...groups.values()].sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

/** The words for a scope: ours for those we define, the company's for its own. */
export function titleOf(
  name: string,
  { locale, scopes, mapped = [] }: Pick<ScopeFacts, 'locale' | 'scopes' | 'mapped'>,
): string {
  const claim = approvedClaim(name);
  if (claim !== undefined) return mapped.find((one) => one.claim === claim)?.title ?? claimTitle(claim, locale);
  const own = scopes.find((scope) => scope.name === name);
  return scopeText(name, locale)?.title ?? (own && scopeWords(own, locale).title) ?? name;
}

function itemOf(name: string, offer: ConsentOffer, ticked: ReadonlySet<string>, facts: ScopeFacts): ScopeItem {
  const own = facts.scopes.find((scope) => scope.name === name);
  const words = own && scopeWords(own, facts.locale);
  const required = offer.required.includes(name);
  return {
    name,
    title: titleOf(name, facts),
    description: scopeText(name, facts.locale)?.description ?? words?.description,
    value: releasedValue(name, facts),
    example: words?.example,
    icon: own?.icon,
    sensitive: own?.sensitivity === 'sensitive',
    required,
    ticked: required || ticked.has(name),
    isNew: offer.fresh.has(name),
    isChanged: offer.changed.has(name),
  };
}

function groupOf(
  name: string,
  { scopes, resources, mapped = [] }: ScopeFacts,
): Pick<ScopeGroup, 'kind' | 'resourceName'> {
  if (name === StandardScope.OfflineAccess) return { kind: 'offline' };
  if (approvedClaim(name) !== undefined || STANDARD_SCOPES.some((standard) => standard === name)) {
    return { kind: 'identity' };
  }
  const identifier = scopes.find((scope) => scope.name === name)?.resourceIdentifier;
  const resourceName = resources.find((resource) => resource.identifier === identifier)?.name;
  return { kind: kindOf(name, resourceName, mapped), resourceName };
}

/** A scope of no API that releases claims is about who the user is; any other lets the client do something. */
function kindOf(name: string, resourceName: string | undefined, mapped: readonly ShownClaim[]): ScopeGroup['kind'] {
  if (resourceName !== undefined) return ACTS.test(name) ? 'act' : 'resource';
  return mapped.some(({ scope }) => scope === name) ? 'identity' : 'act';
}

/** What a scope or a single claim would release of this very user (OIDC Core §5.4, §5.5). */
function releasedValue(name: string, { user, mapped = [] }: ScopeFacts): string | undefined {
  const claim = approvedClaim(name);
  const texts =
    claim === undefined
      ? [
          ...releasedTexts(name, standardClaims(user, [name])),
          ...mappedTexts(mapped.filter(({ scope }) => scope === name)),
        ]
      : [
          ...claimTexts(claimsNamed(user, [claim])[claim]),
          ...mapped
            .filter((one) => one.claim === claim)
            .slice(0, 1)
            .map(valueText),
        ];
  const known = texts.filter((part) => typeof part === 'string' && part !== '');
  return known.length === 0 ? undefined : known.join(', ');
}

/** Mapped values, each under its title; one that stands alone needs none that is but the name of its claim. */
function mappedTexts(shown: readonly ShownClaim[]): string[] {
  const [only, ...others] = shown;
  if (only?.declared === false && others.length === 0) return [valueText(only)];
  return shown.map((one) => `${one.title}: ${valueText(one)}`);
}

function valueText({ value }: ShownClaim): string {
  const parts = [value].flat();
  return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(', ');
}

function releasedTexts(name: string, released: Readonly<Record<string, unknown>>): unknown[] {
  switch (name) {
    case StandardScope.Profile:
      return [released['name'] ?? released['preferred_username']];
    case StandardScope.Email:
      return [released['email']];
    case StandardScope.Phone:
      return [released['phone_number']];
    case StandardScope.Address:
      return addressLines(released['address'] as AddressClaim | undefined);
    default:
      return [];
  }
}

/** The words of a claim's value; an address is the only one with members, and what is true or false needs none. */
function claimTexts(value: unknown): unknown[] {
  return typeof value === 'object' ? addressLines(value as AddressClaim) : [value];
}

function addressLines(address: AddressClaim | undefined): (string | undefined)[] {
  if (address?.formatted !== undefined) return [address.formatted.replaceAll(/\s*\n\s*/g, ', ')];
  const { street_address: street, postal_code: code, locality, region, country } = address ?? {};
  return [street, [code, locality].filter((part) => part !== undefined).join(' '), region, country];
}

/** The standard scopes first and in their own order, then the others as asked for. */
function inOrder(names: readonly string[]): string[] {
  const rank = (name: string): number => {
    const index = STANDARD_SCOPES.findIndex((standard) => standard === name);
    return index < 0 ? STANDARD_SCOPES.length : index;
  };
  return [...names].sort((one, other) => rank(one) - rank(other));
}
