/**
 * The pages of the account in the order of its navigation: each needs its path here, and its words under
 * `navigation` in every language.
 */
export const ACCOUNT_SECTIONS = {
  overview: '/account',
  apps: '/account/apps',
  profile: '/account/profile',
  email: '/account/email',
  sessions: '/account/sessions',
  applications: '/account/applications',
  password: '/account/password',
  secondFactors: '/account/second-factors',
  passkeys: '/account/passkeys',
  identities: '/account/identities',
  history: '/account/history',
  ownData: '/account/export',
} as const satisfies Readonly<Record<string, `/account${string}`>>;

/** One page that the account's navigation names. */
export type AccountSection = keyof typeof ACCOUNT_SECTIONS;
