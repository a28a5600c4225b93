import {
  defaultScope,
  type Client,
  type ClientMetadataChanges,
  type ClientMetadataInput,
  type MetadataProblem,
} from '#clients/index.js';
import type { RegistrationSettings } from '#platform/config/index.js';
import { isAdminScopeName } from '#resources/index.js';
import { ClientAuthenticationMethod, GrantType } from '#standards/oauth.js';
import { STANDARD_SCOPES } from '#standards/oidc.js';
import { leadsToOneOf } from './redirect-hosts.js';
import { OWN_MEMBERS } from './registration-message.js';

/** What an operator lets clients take that register themselves (RFC 7591 §5). */
export type RegistrationPolicy = Pick<
  RegistrationSettings,
  'scopes' | 'optionalScopes' | 'grantTypes' | 'redirectHosts'
>;

/** What a client that registers itself starts from: what OpenID Connect clients in the field send. */
export function withDefaults(input: ClientMetadataInput, policy: RegistrationPolicy): ClientMetadataInput {
  // RFC 9700 §2.1.1: PKCE is a must for public clients; the nonce protects OpenID Connect clients that can prove themselves
  const requirePkce = input.tokenEndpointAuthMethod === ClientAuthenticationMethod.None;
  const usual = defaultScope(input.grantTypes ?? [GrantType.AuthorizationCode]);
  const scope = input.scope ?? usual.filter((name) => policy.scopes.includes(name));
  const optionalScope = scope.filter((name) => mayBeLeftOut(name, policy));
  return { ...input, scope, optionalScope, requirePkce, clientAssertionAudience: 'compat' };
}

/** What users may leave out that a client asks for which nobody here has checked. */
function mayBeLeftOut(name: string, { optionalScopes }: RegistrationPolicy): boolean {
  return optionalScopes.includes(name) || !STANDARD_SCOPES.some((standard) => standard === name);
}

/** The changes that a full replacement makes (RFC 7592 §2.2); what an administrator decided stays. */
export function replacement(
  input: ClientMetadataInput,
  policy: RegistrationPolicy,
  present: Client,
): ClientMetadataChanges {
  const members = OWN_MEMBERS.map((member) => [member, input[member] ?? null] as const);
  const changes = Object.fromEntries(
    // Without a scope the client keeps what it has: an administrator may have made it less than the default.
    members.filter(([member, value]) => member !== 'scope' || value !== null),
  ) as ClientMetadataChanges;
  const isPublic = input.tokenEndpointAuthMethod === ClientAuthenticationMethod.None;
  return { ...changes, ...scopeDecisions(input, policy, present), ...(isPublic ? { requirePkce: true } : {}) };
}

/** What was decided about scopes that the client keeps, and what the policy says of those it did not have. */
function scopeDecisions({ scope }: ClientMetadataInput, policy: RegistrationPolicy, present: Client) {
  if (scope === undefined) return {};
  const { optionalScope, untickedScope, companyApprovedScope } = present;
  const isOptional = (name: string) =>
    present.scope.includes(name) ? optionalScope.includes(name) : mayBeLeftOut(name, policy);
  const kept = (names: readonly string[]) => names.filter((name) => scope.includes(name));
  return {
    optionalScope: scope.filter(isOptional),
    ...(untickedScope === undefined ? {} : { untickedScope: kept(untickedScope) }),
    ...(companyApprovedScope === undefined ? {} : { companyApprovedScope: kept(companyApprovedScope) }),
  };
}

/** What a client may not take for itself; what an administrator has given it is its own. */
export function policyProblems(
  input: ClientMetadataInput,
  policy: RegistrationPolicy,
  present?: Client,
): MetadataProblem[] {
  // the rights of administrators are no stranger's to ask for, whatever the settings say
  const scopes = policy.scopes.filter((name) => !isAdminScopeName(name));
  return [
    ...(isWithin(input.scope, [...scopes, ...(present?.scope ?? [])])
      ? []
      : [refused('scope', `must only have ${scopes.join(' ')}`)]),
    ...(isWithin(input.grantTypes, [...policy.grantTypes, ...(present?.grantTypes ?? [])])
      ? []
      : [refused('grant_types', `must only have ${policy.grantTypes.join(', ')}`)]),
    ...hostProblems(input, policy, present),
  ];
}

function hostProblems(input: ClientMetadataInput, policy: RegistrationPolicy, present?: Client): MetadataProblem[] {
  const hosts = policy.redirectHosts;
  if (hosts === undefined) return [];
  const members = [
    ['redirect_uris', input.redirectUris, present?.redirectUris, 'invalid_redirect_uri'],
    ['post_logout_redirect_uris', input.postLogoutRedirectUris, present?.postLogoutRedirectUris, METADATA],
  ] as const;
  return members.flatMap(([member, uris = [], known = [], error]) =>
    uris.flatMap((uri, index): MetadataProblem[] =>
      known.includes(uri) || leadsToOneOf(hosts, uri)
        ? []
        : [{ pointer: `#/${member}/${index}`, detail: `must have a host out of ${hosts.join(', ')}`, error }],
    ),
  );
}

const METADATA = 'invalid_client_metadata';

/** The name is one that users would take for the company's own. */
export const NAME_TAKEN = refused('client_name', 'is too much like the name of another client');

function isWithin(wanted: readonly string[] | undefined, allowed: readonly string[]): boolean {
  return wanted?.every((name) => allowed.includes(name)) ?? true;
}

function refused(member: string, detail: string): MetadataProblem {
  return { pointer: `#/${member}`, detail, error: METADATA };
}
