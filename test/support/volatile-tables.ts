/** The tables that collect rows by themselves, and so have an end in each row and a purge. */
export const VOLATILE_TABLES: readonly string[] = [
  'authorization_code',
  'authorization_grant',
  'client_session',
  'idempotent_request',
  'initial_access_token',
  'interaction',
  'known_browser',
  'opaque_access_token',
  'outbox',
  'refresh_token_family',
  'revoked_access_token',
  'session',
  'set_up_link',
  'sign_in_throttle',
  'used_jti',
  'used_passkey_challenge',
];
