import { PRESETS } from '../presets/index.js';
import { STANDARD_CLAIMS } from '../presets/preset.js';
import { endpointProblems } from './endpoint-rules.js';
import { authenticationAt, type ProviderInput } from './upstream-provider.js';

/** One fault of a provider, with the place of it as a JSON pointer. */
export interface ProviderProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** What rules need to know beside the input. */
export interface ProviderSurroundings {
  /** Whether plain http to this very machine will do, as on an issuer for development (RFC 8252 §8.3). */
  readonly plainLoopback: boolean;
  /** Whether a secret is kept already. */
  readonly hasSecret: boolean;
}

type Rule = (input: ProviderInput, surroundings: ProviderSurroundings) => ProviderProblem[];

/** What one may map beside the standard claims. */
const MAPPABLE: ReadonlySet<string> = new Set([...Object.keys(STANDARD_CLAIMS), 'email_verified', 'organisation']);

/** Words that stand for the accounts of many tenants. */
const MANY_TENANTS = ['common', 'organizations', 'consumers'];

/** Addresses of ours that a slug would take. */
const RESERVED_SLUGS = ['link'];

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const VISIBLE = /^[\x21-\x7e]+$/;
const SECRET = /^[\x20-\x7e]+$/;
const DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const TENANT = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;
const PATH = /^[^\s.]+(?:\.[^\s.]+)*$/;
const MOST_ENTRIES = 200;
const LONGEST_TEXT = 255;

/** Says everything that is wrong with a provider, whether its slug is free aside. */
export function providerProblems(input: ProviderInput, surroundings: ProviderSurroundings): ProviderProblem[] {
  return RULES.flatMap((rule) => rule(input, surroundings));
}

const RULES: readonly Rule[] = [
  ({ slug }) =>
    unless(
      slug === undefined || (SLUG.test(slug) && !RESERVED_SLUGS.includes(slug)),
      'slug',
      'must be 1 to 64 lower-case letters, digits or hyphens, and not the name of a page',
    ),
  ({ clientId }) =>
    unless(VISIBLE.test(clientId) && clientId.length <= 512, 'client_id', 'must be 1 to 512 visible ASCII characters'),
  secretProblems,
  ({ title }) => unless(title === undefined || isLine(title, 100), 'title', 'must be one line of 1 to 100 characters'),
  tenantProblems,
  endpointProblems,
  scopeProblems,
  mappingProblems,
  domainProblems,
  trustProblems,
  groupProblems,
];

function secretProblems(input: ProviderInput, { hasSecret }: ProviderSurroundings): ProviderProblem[] {
  const { clientSecret, preset } = input;
  if (clientSecret !== undefined) {
    const fits = SECRET.test(clientSecret) && clientSecret.length <= 2048;
    return unless(fits, 'client_secret', 'must be 1 to 2048 ASCII characters');
  }
  const byKey = authenticationAt(input) === 'private_key_jwt';
  if (byKey && preset === 'facebook') {
    return [problem('client_authentication', 'must not be private_key_jwt: Facebook knows secrets alone')];
  }
  return unless(byKey || hasSecret, 'client_secret', 'is required, unless client_authentication is private_key_jwt');
}

function tenantProblems({ preset, tenant }: ProviderInput): ProviderProblem[] {
  if (preset !== 'microsoft') return unless(tenant === undefined, 'tenant', 'is for the preset microsoft alone');
  if (tenant === undefined) return [problem('tenant', 'is required for the preset microsoft')];
  return unless(TENANT.test(tenant), 'tenant', 'must be the id or a domain of a tenant');
}

function scopeProblems({ scope, preset }: ProviderInput): ProviderProblem[] {
  if (scope === undefined) return [];
  if (!SCOPE.test(scope) || scope.length > 1000) return [problem('scope', 'must be names with one space between them')];
  // OIDC Core §3.1.2.1: without it there is no ID token
  const isOpenId = PRESETS[preset].protocol === 'oauth2' || scope.split(' ').includes('openid');
  return unless(isOpenId, 'scope', 'must have openid');
}

function mappingProblems({ claimMapping = {}, groupsClaim }: ProviderInput): ProviderProblem[] {
  return [
    ...Object.entries(claimMapping).flatMap(([claim, path]) =>
      MAPPABLE.has(claim)
        ? unless(isPath(path), `claim_mapping/${claim}`, 'must be names with a dot between them')
        : [problem(`claim_mapping/${pointerPart(claim)}`, `is not one of ${[...MAPPABLE].join(', ')}`)],
    ),
    ...unless(
      groupsClaim === undefined || isPath(groupsClaim),
      'groups_claim',
      'must be names with a dot between them',
    ),
  ];
}

function domainProblems({ allowedDomains = [], authoritativeDomains = [], allowedTenants = [] }: ProviderInput) {
  const domains = { allowed_domains: allowedDomains, authoritative_domains: authoritativeDomains };
  return [
    ...Object.entries(domains).flatMap(([member, list]) =>
      list.length > MOST_ENTRIES
        ? [problem(member, `must not have more than ${MOST_ENTRIES} entries`)]
        : list.flatMap((domain, index) =>
            unless(DOMAIN.test(domain), `${member}/${index}`, 'must be a domain such as corp.example, in lower case'),
          ),
    ),
    ...unless(
      allowedTenants.length <= MOST_ENTRIES && allowedTenants.every((tenant) => isLine(tenant, LONGEST_TEXT)),
      'allowed_tenants',
      `must be at most ${MOST_ENTRIES} names of one line`,
    ),
  ];
}

/** Who may say whose an address is: a provider that says so, for people of a house that is known. */
function trustProblems(input: ProviderInput): ProviderProblem[] {
  const { trustEmail = false, authoritativeDomains = [] } = input;
  const wrong = distrust(input);
  return [
    ...(wrong !== undefined && trustEmail ? [problem('trust_email', wrong)] : []),
    ...(wrong !== undefined && authoritativeDomains.length > 0 ? [problem('authoritative_domains', wrong)] : []),
  ];
}

function distrust({ preset, tenant = '', allowedTenants = [] }: ProviderInput): string | undefined {
  if (preset === 'x' || preset === 'facebook') return 'is not for this preset, which vouches for no address';
  return preset === 'microsoft' && MANY_TENANTS.includes(tenant) && allowedTenants.length === 0
    ? 'needs allowed_tenants where the tenant stands for many: anybody may run one and write any address into it'
    : undefined;
}

function groupProblems({ groupsClaim, groupsMapping = {} }: ProviderInput): ProviderProblem[] {
  const names = Object.keys(groupsMapping);
  return [
    ...unless(names.length === 0 || groupsClaim !== undefined, 'groups_mapping', 'needs groups_claim'),
    ...unless(names.length <= MOST_ENTRIES, 'groups_mapping', `must not have more than ${MOST_ENTRIES} entries`),
  ];
}

function isPath(path: string): boolean {
  return PATH.test(path) && path.length <= LONGEST_TEXT;
}

function isLine(text: string, longest: number): boolean {
  return text.trim() !== '' && text.length <= longest && !/\p{Cc}/u.test(text);
}

function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function problem(member: string, detail: string): ProviderProblem {
  return { pointer: `#/${member}`, detail };
}

function unless(holds: boolean, member: string, detail: string): ProviderProblem[] {
  return holds ? [] : [problem(member, detail)];
}
