/** Where the standards say what an error means, for refusals whose rule said nothing of its own. */
const CLAUSES: Readonly<Record<string, string>> = {
  invalid_client: 'RFC 6749 §5.2',
  invalid_grant: 'RFC 6749 §5.2',
  unauthorized_client: 'RFC 6749 §5.2',
  unsupported_grant_type: 'RFC 6749 §5.2',
  invalid_scope: 'RFC 6749 §3.3',
  invalid_target: 'RFC 8707 §2',
  invalid_token: 'RFC 6750 §3.1',
  login_required: 'OIDC Core §3.1.2.6',
  interaction_required: 'OIDC Core §3.1.2.6',
  consent_required: 'OIDC Core §3.1.2.6',
  account_selection_required: 'OIDC Core §3.1.2.6',
  unmet_authentication_requirements: 'RFC 9470 §5',
  invalid_request_object: 'RFC 9101 §7',
  invalid_request_uri: 'RFC 9101 §7',
};

/** The clause that an error comes from. */
export function clauseOf(error: string): string {
  return CLAUSES[error] ?? 'RFC 6749 §4.1.2.1';
}
