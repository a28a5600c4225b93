/** How we prove to the provider who we are (OIDC Core §9). */
export const CLIENT_AUTHENTICATIONS = ['basic', 'post', 'private_key_jwt'] as const;

/** One of the values of `CLIENT_AUTHENTICATIONS`. */
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

/** The drawings that a provider's button can have. */
export const PROVIDER_ICONS = ['google', 'microsoft', 'facebook', 'x', 'github', 'company', 'key'] as const;

/** When what the provider says of a user is written to the user: once, or at each sign-in. */
export const CLAIM_UPDATES = ['first', 'always'] as const;

/** What an administrator chose about a provider; lists and maps are empty where nothing was. */
export interface ProviderChoices {
  readonly title?: string;
  readonly icon?: (typeof PROVIDER_ICONS)[number];
  /** The tenant of Microsoft Entra: its id, one of its domains, or a word for many. */
  readonly tenant?: string;
  readonly issuer?: string;
  readonly authorizationEndpoint?: string;
  readonly tokenEndpoint?: string;
  readonly userinfoEndpoint?: string;
  readonly jwksUri?: string;
  readonly scope?: string;
  readonly clientAuthentication?: ClientAuthentication;
  /** When the secret runs out at the provider (RFC 3339), as far as the administrator knows: to be warned in time. */
  readonly clientSecretExpiresAt?: string;
  /** Where our claims are in what the provider says, as dotted paths, beside or instead of the usual. */
  readonly claimMapping: Readonly<Record<string, string>>;
  /** Only accounts with an address, or of an organisation, of one of these domains may come in; empty for all. */
  readonly allowedDomains: readonly string[];
  /** Only accounts of these organisations at the provider may come in; empty for all. */
  readonly allowedTenants: readonly string[];
  /** The domains for whose addresses the provider speaks, so that an address is enough to know the user. */
  readonly authoritativeDomains: readonly string[];
  /** Every address that it states was verified by it, although it does not say so. */
  readonly trustEmail: boolean;
  /** Whoever comes in and is nobody yet gets an account. */
  readonly justInTime: boolean;
  readonly updateClaims: (typeof CLAIM_UPDATES)[number];
  /** Where the names of groups are in what the provider says. */
  readonly groupsClaim?: string;
  /** Which group of ours stands for which of the provider's. */
  readonly groupsMapping: Readonly<Record<string, string>>;
  /** What the provider says of a second factor counts here. */
  readonly trustAmr: boolean;
}

/** What holds where nothing was chosen. */
export const NO_CHOICES: ProviderChoices = {
  claimMapping: {},
  allowedDomains: [],
  allowedTenants: [],
  authoritativeDomains: [],
  trustEmail: false,
  justInTime: false,
  updateClaims: 'first',
  groupsMapping: {},
  trustAmr: false,
};
