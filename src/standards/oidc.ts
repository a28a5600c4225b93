/** Scopes that OpenID Connect defines (OIDC Core §5.4, §11). */
export const StandardScope = {
  OpenId: 'openid',
  Profile: 'profile',
  Email: 'email',
  Address: 'address',
  Phone: 'phone',
  OfflineAccess: 'offline_access',
} as const;

/** One of the scopes of `StandardScope`. */
export type StandardScope = (typeof StandardScope)[keyof typeof StandardScope];

/** The standard scopes in the order in which metadata and pages list them. */
export const STANDARD_SCOPES: readonly StandardScope[] = Object.values(StandardScope);

/** The claims that each standard scope asks for (OIDC Core §5.4). */
export const SCOPE_CLAIMS: Readonly<Record<StandardScope, readonly string[]>> = {
  openid: ['sub'],
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
  offline_access: [],
};

/** Values of the `prompt` parameter that are obeyed (OIDC Core §3.1.2.1). */
export const PromptValue = {
  None: 'none',
  Login: 'login',
  Consent: 'consent',
  SelectAccount: 'select_account',
} as const;

/** One of the values of `PromptValue`. */
export type PromptValue = (typeof PromptValue)[keyof typeof PromptValue];

/** Response modes that this service knows by name (OAuth Multiple Response Types §2.1, OAuth Form Post §2). */
export const ResponseMode = { Query: 'query', Fragment: 'fragment', FormPost: 'form_post' } as const;

/** One of the modes of `ResponseMode`. */
export type ResponseMode = (typeof ResponseMode)[keyof typeof ResponseMode];

/** The event that a logout token is about (OIDC Back-Channel Logout §2.4). */
export const BACK_CHANNEL_LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
