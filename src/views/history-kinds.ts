/** What can have happened to a user, as their history tells it: names of events, and one for whatever comes later. */
export const HISTORY_KINDS = [
  'user.registered',
  'user.deactivated',
  'user.invited',
  'user.signed_in',
  'sign_in.failed',
  'user.locked',
  'sign_in.not_me',
  'session.ended',
  'user.password_changed',
  'user.reset_requested',
  'user.email_changed',
  'user.email_verified',
  'factor.added',
  'factor.removed',
  'factor.used_recovery_code',
  'passkey.counter_regressed',
  'identity.linked',
  'identity.unlinked',
  'consent.given',
  'consent.narrowed',
  'consent.withdrawn',
  'authorization_code.replayed',
  'refresh_token.replayed',
  'other',
] as const;

/** One of them. */
export type HistoryKind = (typeof HISTORY_KINDS)[number];
