import { expect } from 'vitest';

/** Names that the suite knows: RFC 8414, 7009, 7662, 9126, 9207, 9396, 9449, 8705, 9701, OpenID Discovery and its logout texts. */
const REGISTERED = new Set([
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'registration_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
  'end_session_endpoint',
  'check_session_iframe',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
  'backchannel_authentication_endpoint',
  'mtls_endpoint_aliases',
  'scopes_supported',
  'response_types_supported',
  'response_modes_supported',
  'grant_types_supported',
  'acr_values_supported',
  'subject_types_supported',
  'display_values_supported',
  'id_token_signing_alg_values_supported',
  'id_token_encryption_alg_values_supported',
  'id_token_encryption_enc_values_supported',
  'userinfo_signing_alg_values_supported',
  'userinfo_encryption_alg_values_supported',
  'userinfo_encryption_enc_values_supported',
  'request_object_signing_alg_values_supported',
  'request_object_encryption_alg_values_supported',
  'request_object_encryption_enc_values_supported',
  'authorization_signing_alg_values_supported',
  'authorization_encryption_alg_values_supported',
  'authorization_encryption_enc_values_supported',
  'token_endpoint_auth_methods_supported',
  'token_endpoint_auth_signing_alg_values_supported',
  'revocation_endpoint_auth_methods_supported',
  'revocation_endpoint_auth_signing_alg_values_supported',
  'introspection_endpoint_auth_methods_supported',
  'introspection_endpoint_auth_signing_alg_values_supported',
  'claim_types_supported',
  'claims_supported',
  'claims_locales_supported',
  'ui_locales_supported',
  'claims_parameter_supported',
  'request_parameter_supported',
  'request_uri_parameter_supported',
  'require_request_uri_registration',
  'require_pushed_authorization_requests',
  'code_challenge_methods_supported',
  'authorization_response_iss_parameter_supported',
  'authorization_details_types_supported',
  'dpop_signing_alg_values_supported',
  'tls_client_certificate_bound_access_tokens',
  'backchannel_logout_supported',
  'backchannel_logout_session_supported',
  'frontchannel_logout_supported',
  'frontchannel_logout_session_supported',
  'prompt_values_supported',
  'protected_resources',
  'service_documentation',
  'op_policy_uri',
  'op_tos_uri',
  'signed_metadata',
  'client_id_metadata_document_supported',
]);

const TEXTS = new Set([
  'issuer',
  'jwks_uri',
  'check_session_iframe',
  'service_documentation',
  'op_policy_uri',
  'op_tos_uri',
]);
const FLAG =
  /^(authorization_response_iss_parameter|(backchannel|frontchannel)_logout(_session)?|claims_parameter|request_parameter|request_uri_parameter|client_id_metadata_document)_supported$|^require_|^tls_client_certificate_bound_access_tokens$/;
const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/;

/** Holds a discovery document against everything that the suite looks for in one (OIDC Discovery §3, RFC 8414 §2). */
export function checkProviderMetadata(document: Readonly<Record<string, unknown>>, issuer: string): void {
  const { protocol, search, hash, username } = new URL(issuer);
  expect([document['issuer'], protocol, search, hash, username]).toEqual([issuer, 'https:', '', '', '']);
  for (const [name, value] of Object.entries(document)) {
    expect([...REGISTERED]).toContain(name);
    if (name !== 'mtls_endpoint_aliases') checkType(name, value);
  }
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint']) {
    expect(document).toHaveProperty(name);
  }
  checkValues(document);
}

function checkType(name: string, value: unknown): void {
  if (FLAG.test(name)) expect(value, name).toEqual(expect.any(Boolean));
  else if (name.endsWith('_endpoint') || TEXTS.has(name)) expect(new URL(String(value)).protocol, name).toBe('https:');
  else {
    expect(value, name).toEqual(expect.any(Array));
    const items = value as unknown[];
    expect(items.length, name).toBeGreaterThan(0); // RFC 8414 §2: no empty arrays
    expect(new Set(items).size, name).toBe(items.length);
    for (const item of items) expect(item, name).toEqual(expect.any(String));
  }
}

function checkValues(document: Readonly<Record<string, unknown>>): void {
  const list = (name: string): string[] => (document[name] ?? []) as string[];
  expect(list('response_types_supported')).toContain('code');
  expect(list('grant_types_supported')).toContain('authorization_code');
  expect(['public', 'pairwise']).toEqual(expect.arrayContaining(list('subject_types_supported')));
  expect(list('subject_types_supported')).toContain('public');
  expect(list('id_token_signing_alg_values_supported')).toContain('RS256');
  expect(list('scopes_supported')).toContain('openid');
  expect(list('claims_supported')).toEqual(expect.arrayContaining(['sub', 'name', 'email']));
  expect(list('code_challenge_methods_supported')).toEqual(['S256']);
  for (const name of ['ui_locales_supported', 'claims_locales_supported']) {
    for (const tag of list(name)) expect(tag).toMatch(LANGUAGE_TAG);
  }
  for (const name of ['request_object', 'userinfo']) {
    const algorithms = document[`${name}_signing_alg_values_supported`];
    if (algorithms !== undefined) expect(algorithms).toContain('RS256');
  }
  // OIDC Discovery §3: its default is true
  expect(document['request_uri_parameter_supported']).toEqual(expect.any(Boolean));
  for (const name of Object.keys(document).filter((member) => member.includes('_signing_alg'))) {
    expect(list(name), name).not.toContain('none');
  }
}
