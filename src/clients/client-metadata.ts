import { CLIENT_MAC_ALGORITHMS, CLIENT_SIGNING_ALGORITHMS } from '#standards/jose.js';
import { ClientAuthenticationMethod, GrantType, ResponseType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';

/** What a client may be: usable, or refused everywhere while its record is kept. */
export const CLIENT_STATUSES = ['active', 'disabled'] as const;
/** Sets of defaults and rules for the usual kinds of client. */
export const CLIENT_PROFILES = ['default', 'browser', 'native', 'm2m', 'fapi2'] as const;
/** The grant types a client can be registered for. */
export const CLIENT_GRANT_TYPES: readonly GrantType[] = Object.values(GrantType);
/** The response types a client can be registered for. */
export const CLIENT_RESPONSE_TYPES: readonly ResponseType[] = Object.values(ResponseType);
/** The ways a client can prove itself at the token endpoint (OIDC Core §9). */
export const CLIENT_AUTH_METHODS: readonly ClientAuthenticationMethod[] = Object.values(ClientAuthenticationMethod);
/** The algorithms a client can choose for its ID tokens (OIDC Core §2). */
export const ID_TOKEN_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
/** The algorithms a client can sign its assertions with (RFC 7523 §3). */
export const ASSERTION_ALGORITHMS = [...CLIENT_SIGNING_ALGORITHMS, ...CLIENT_MAC_ALGORITHMS] as const;
/** What decides which redirect URIs a client may have (OIDC Registration §2). */
export const APPLICATION_TYPES = ['web', 'native'] as const;
/** How `sub` is made for a client (OIDC Core §8). */
export const SUBJECT_TYPES = ['public'] as const;
/** When the consent page is shown. */
export const CONSENT_POLICIES = ['ask', 'skip', 'always'] as const;
/** Which `aud` a client assertion may carry (RFC 7523 §3 and its audience update). */
export const ASSERTION_AUDIENCES = ['issuer', 'compat'] as const;
/** Whether a refresh token is replaced at each use (RFC 9700 §4.14.2). */
export const REFRESH_TOKEN_ROTATIONS = ['rotate', 'static'] as const;

/** A set of defaults and rules for a usual kind of client. */
export type ClientProfile = (typeof CLIENT_PROFILES)[number];

/** The public keys of a client, by value (RFC 7517 §5). */
export interface ClientJwks {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** Everything about a client that whoever registers it decides (RFC 7591 §2, OIDC Registration §2, and our own members). */
export interface ClientMetadata {
  readonly clientName?: string;
  readonly status: (typeof CLIENT_STATUSES)[number];
  readonly profile: ClientProfile;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly grantTypes: readonly GrantType[];
  readonly responseTypes: readonly ResponseType[];
  readonly tokenEndpointAuthMethod: ClientAuthenticationMethod;
  readonly tokenEndpointAuthSigningAlg?: (typeof ASSERTION_ALGORITHMS)[number];
  readonly jwks?: ClientJwks;
  readonly jwksUri?: string;
  readonly applicationType: (typeof APPLICATION_TYPES)[number];
  readonly subjectType: (typeof SUBJECT_TYPES)[number];
  readonly idTokenSignedResponseAlg: (typeof ID_TOKEN_ALGORITHMS)[number];
  readonly requirePkce: boolean;
  readonly firstParty: boolean;
  readonly consent: (typeof CONSENT_POLICIES)[number];
  readonly scope: readonly string[];
  readonly optionalScope: readonly string[];
  readonly defaultScope: readonly string[];
  readonly defaultResource?: string;
  readonly allowedGroups?: readonly string[];
  readonly clientAssertionAudience: (typeof ASSERTION_AUDIENCES)[number];
  readonly refreshTokenRotation: (typeof REFRESH_TOKEN_ROTATIONS)[number];
  readonly authorizationCodeLifetime?: number;
  readonly accessTokenLifetime?: number;
  readonly idTokenLifetime?: number;
  readonly refreshTokenIdleLifetime?: number;
  readonly refreshTokenLifetime?: number;
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
  readonly contacts: readonly string[];
  readonly initiateLoginUri?: string;
  readonly defaultMaxAge?: number;
  readonly requireAuthTime?: boolean;
}

/** What is given when a client is registered or changed; whatever is missing gets its default. */
export type ClientMetadataInput = { readonly [K in keyof ClientMetadata]?: ClientMetadata[K] | undefined };

/** Changes to a client: a member that is there replaces, null brings the default back, what is missing stays. */
export type ClientMetadataChanges = { readonly [K in keyof ClientMetadata]?: ClientMetadata[K] | null };

/** One fault of the metadata, with the place of it and the code of RFC 7591 §3.2.2. */
export interface MetadataProblem {
  readonly pointer: string;
  readonly detail: string;
  readonly error: 'invalid_redirect_uri' | 'invalid_client_metadata';
}

/** The longest absolute life of the refresh tokens of a browser client. */
export const BROWSER_REFRESH_TOKEN_LIFETIME = 24 * 60 * 60;

/** What cannot be missing once the defaults are filled in. */
type Settled = {
  [K in keyof ClientMetadata as undefined extends ClientMetadata[K] ? never : K]: ClientMetadata[K];
};
/** The settled members whose default depends on no other member. */
type WithDefault = Omit<Settled, 'responseTypes' | 'applicationType' | 'scope'>;

const CODE_GRANTS: readonly GrantType[] = [GrantType.AuthorizationCode, GrantType.RefreshToken];

const PRESETS: Readonly<Record<ClientProfile, Partial<ClientMetadata>>> = {
  default: {},
  fapi2: {},
  browser: {
    tokenEndpointAuthMethod: ClientAuthenticationMethod.None,
    grantTypes: CODE_GRANTS,
    refreshTokenLifetime: BROWSER_REFRESH_TOKEN_LIFETIME,
  },
  native: {
    tokenEndpointAuthMethod: ClientAuthenticationMethod.None,
    applicationType: 'native',
    grantTypes: CODE_GRANTS,
  },
  m2m: { grantTypes: [GrantType.ClientCredentials] },
};

const DEFAULTS: WithDefault = {
  status: 'active',
  profile: 'default',
  redirectUris: [],
  postLogoutRedirectUris: [],
  grantTypes: [GrantType.AuthorizationCode],
  tokenEndpointAuthMethod: ClientAuthenticationMethod.ClientSecretBasic,
  subjectType: 'public',
  idTokenSignedResponseAlg: 'RS256',
  requirePkce: true,
  firstParty: false,
  consent: 'ask',
  optionalScope: [],
  defaultScope: [],
  clientAssertionAudience: 'issuer',
  refreshTokenRotation: 'rotate',
  contacts: [],
};

/** Fills in what was not given: first the presets of the profile, then the defaults of OIDC Registration §2. */
export function completeMetadata(input: ClientMetadataInput): ClientMetadata {
  const preset = PRESETS[input.profile ?? 'default'];
  const given: WithDefault & Partial<ClientMetadata> = { ...DEFAULTS, ...preset, ...defined(input) };
  const grantTypes = distinct(given.grantTypes);
  return {
    ...given,
    grantTypes,
    redirectUris: distinct(given.redirectUris),
    postLogoutRedirectUris: distinct(given.postLogoutRedirectUris),
    responseTypes: distinct(given.responseTypes ?? defaultResponseTypes(grantTypes)),
    applicationType: given.applicationType ?? defaultApplicationType(given),
    scope: distinct(given.scope ?? defaultScope(grantTypes)),
    optionalScope: distinct(given.optionalScope),
    defaultScope: distinct(given.defaultScope),
  };
}

/** What is given once changes are applied to what a client is now. */
export function changedMetadata(current: ClientMetadata, changes: ClientMetadataChanges): ClientMetadataInput {
  const cleared = Object.entries(changes).map(([member, value]) => [member, value ?? undefined]);
  return { ...current, ...(Object.fromEntries(cleared) as ClientMetadataInput) };
}

/** The wire name of a member, as RFC 7591 §2 writes it. */
export function wireName(member: keyof ClientMetadata): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Tells whether a URI is plain http to this very machine, which no one on the network can read. */
export function isLoopbackHttp(uri: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?]|$)/.test(uri);
}

function defaultResponseTypes(grantTypes: readonly GrantType[]): ResponseType[] {
  return grantTypes.includes(GrantType.AuthorizationCode) ? [ResponseType.Code] : [];
}

// RFC 8252 §8.4: a public client that only listens on this machine is a native one, whether it says so or not.
function defaultApplicationType(given: Pick<ClientMetadata, 'tokenEndpointAuthMethod' | 'redirectUris'>) {
  const local = given.redirectUris.length > 0 && given.redirectUris.every(isLoopbackHttp);
  return given.tokenEndpointAuthMethod === ClientAuthenticationMethod.None && local ? 'native' : 'web';
}

function defaultScope(grantTypes: readonly GrantType[]): StandardScope[] {
  if (!grantTypes.includes(GrantType.AuthorizationCode)) return [];
  const { OfflineAccess, ...identity } = StandardScope;
  return grantTypes.includes(GrantType.RefreshToken)
    ? [...Object.values(identity), OfflineAccess]
    : Object.values(identity);
}

function defined(input: ClientMetadataInput): Partial<ClientMetadata> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
