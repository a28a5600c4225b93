import { isDeepStrictEqual } from 'node:util';
import type { ChangeKind } from './change-request.js';

type Record = Readonly<{ [member: string]: unknown }>;

/**
 * The members of a client that decide who gets what by it: where users and answers go, how it proves itself, what it may
 * ask for, who is asked, who may use it and who looks after it. Names, pictures, links and lifetimes do not.
 */
export const SENSITIVE_CLIENT_MEMBERS: readonly string[] = [
  ...['redirect_uris', 'post_logout_redirect_uris', 'request_uris', 'application_type', 'sector_identifier_uri'],
  ...['grant_types', 'response_types', 'profile', 'require_pkce', 'refresh_token_rotation', 'subject_type'],
  ...['token_endpoint_auth_method', 'token_endpoint_auth_signing_alg', 'client_assertion_audience', 'jwks', 'jwks_uri'],
  ...['require_signed_request_object', 'request_object_signing_alg', 'second_factor', 'second_factor_kinds'],
  ...['scope', 'optional_scope', 'unticked_scope', 'default_scope', 'default_resource', 'company_approved_scope'],
  ...['consent', 'consent_durations', 'consent_max_days', 'consent_max_age', 'first_party', 'vetted'],
  ...['allowed_groups', 'owner'],
];

/** Tells whether a change needs a second person: a new client always does, and whatever could give somebody more. */
export function isSensitive(kind: ChangeKind, before: Record = {}, after: Record = {}): boolean {
  if (kind === 'client.register') return true;
  if (kind === 'settings.change') return before['four_eyes'] === true && after['four_eyes'] !== true;
  // To disable a client ends what it has; to let it in again does not.
  if (before['status'] !== 'active' && after['status'] === 'active') return true;
  return SENSITIVE_CLIENT_MEMBERS.some((name) => !isDeepStrictEqual(before[name], after[name]));
}
