/** Where each rule is written: the clause of a standard, or the setting of ours. */
const BASES: Readonly<Record<string, string>> = {
  'request.prompt_consent': 'OIDC Core §3.1.2.1',
  'request.prompt_create': 'OIDC Prompt-Create §4.1',
  'request.prompt_login': 'OIDC Core §3.1.2.1',
  'request.prompt_select_account': 'OIDC Core §3.1.2.1',
  'request.essential_claim': 'OIDC Core §5.5.1',
  'request.resource': 'RFC 8707 §2',
  'session.none': 'OIDC Core §3.1.2.3',
  'session.too_old': 'OIDC Core §3.1.2.1',
  'session.other_user': 'OIDC Core §3.1.2.2',
  'session.acr_not_met': 'OIDC Core §5.5.1.1',
  'session.acr_step_up': 'RFC 9470 §5',
  'user.not_active': 'status of the user',
  'policy.second_factor': 'second_factor of settings, group or client, required_actions of the user',
  'access.group_missing': 'allowed_groups of the client',
  'access.nothing_grantable': 'RFC 9700 §2.3',
  'access.scope_not_grantable': 'RFC 9700 §2.3',
  'approval.missing': 'RFC 6749 §10.2',
  'approval.standing': 'consent of the user',
  'approval.expired': 'expires_at of the consent',
  'approval.too_old': 'consent_max_age of the client',
  'approval.meaning_changed': 'meaning_version of the scope',
  'consent.company_approval': 'company_approved_scope of the client',
  'consent.durations': 'as for every client',
  'client.durations': 'consent_durations and consent_max_days of the client',
  'client.first_party_skip': 'first_party and consent of the client',
  'client.always_ask': 'consent of the client',
  'client.can_be_impersonated': 'RFC 8252 §8.6',
  'client.scope': 'scope of the client',
  'client.no_refresh_token': 'OIDC Core §11',
  'client.required_scope': 'optional_scope of the client',
  'client.optional_scope': 'optional_scope of the client',
  'client.unticked_scope': 'unticked_scope of the client',
  'client.unvetted': 'vetted of the client',
  'scope.openid': 'OIDC Core §3.1.2.1',
  'claim.scope': 'OIDC Core §5.4',
  'claim.mapping': 'claim-mappings of the scope or client',
  'claim.requested': 'OIDC Core §5.5',
  'token.protocol': 'OIDC Core §2, §5.3.2, RFC 9068 §2.2, RFC 7662 §2.2',
};

/** The names of all rules that a simulation speaks of. */
export const SIMULATION_RULES: readonly string[] = Object.keys(BASES);

/** The clause or setting that a rule comes from. */
export function ruleBasis(rule: string): string | undefined {
  return BASES[rule];
}
