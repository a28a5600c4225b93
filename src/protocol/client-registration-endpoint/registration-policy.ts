import type { Client, ClientMetadataChanges, ClientMetadataInput, MetadataProblem } from '#clients/index.js';
import { ClientAuthenticationMethod, GrantType } from '#standards/oauth.js';
import { STANDARD_SCOPES } from '#standards/oidc.js';
import { OWN_MEMBERS } from './registration-message.js';

/** What strangers may have their clients do: sign users in, and no act in the client's own name. */
const OPEN_GRANT_TYPES: readonly GrantType[] = [
  GrantType.AuthorizationCode,
  GrantType.RefreshToken,
  GrantType.Implicit,
];

/** What a client that registers itself starts from: what OpenID Connect clients in the field send. */
export function withDefaults(input: ClientMetadataInput): ClientMetadataInput {
  // RFC 9700 §2.1.1: PKCE is a must for public clients; the nonce protects OpenID Connect clients that can prove themselves
  const requirePkce = input.tokenEndpointAuthMethod === ClientAuthenticationMethod.None;
  return { ...input, requirePkce, clientAssertionAudience: 'compat' };
}

/** The changes that a full replacement makes (RFC 7592 §2.2); what an administrator decided stays. */
export function replacement(input: ClientMetadataInput): ClientMetadataChanges {
  const members = OWN_MEMBERS.map((member) => [member, input[member] ?? null] as const);
  const changes = Object.fromEntries(
    // Without a scope the client keeps what it has: an administrator may have made it less than the default.
    members.filter(([member, value]) => member !== 'scope' || value !== null),
  ) as ClientMetadataChanges;
  const isPublic = input.tokenEndpointAuthMethod === ClientAuthenticationMethod.None;
  return isPublic ? { ...changes, requirePkce: true } : changes;
}

/** What a client may not take for itself; what an administrator has given it is its own. */
export function policyProblems(input: ClientMetadataInput, present?: Client): MetadataProblem[] {
  const allowed: readonly string[] = [...STANDARD_SCOPES, ...(present?.scope ?? [])];
  const grantTypes = [...OPEN_GRANT_TYPES, ...(present?.grantTypes ?? [])];
  return [
    ...(input.scope?.every((name) => allowed.includes(name)) === false
      ? [refused('scope', `must only have ${STANDARD_SCOPES.join(' ')}`)]
      : []),
    ...(input.grantTypes?.every((name) => grantTypes.includes(name)) === false
      ? [refused('grant_types', `must only have ${OPEN_GRANT_TYPES.join(', ')}`)]
      : []),
  ];
}

/** The name is one that users would take for the company's own. */
export const NAME_TAKEN = refused('client_name', 'is too much like the name of another client');

function refused(member: string, detail: string): MetadataProblem {
  return { pointer: `#/${member}`, detail, error: 'invalid_client_metadata' };
}
