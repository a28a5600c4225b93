import type { ContentEncryptionAlgorithm } from '#standards/jose.js';
import { ClientAuthenticationMethod, GrantType, ResponseType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import {
  isLoopbackHttp,
  type ClientMetadata,
  type ClientMetadataChanges,
  type ClientMetadataInput,
  type ClientProfile,
} from './client-metadata.js';

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
  requestUris: [],
  defaultAcrValues: [],
};

/** Fills in what was not given: first the presets of the profile, then the defaults of OIDC Registration §2. */
export function completeMetadata(input: ClientMetadataInput): ClientMetadata {
  const preset = PRESETS[input.profile ?? 'default'];
  const given: WithDefault & Partial<ClientMetadata> = { ...DEFAULTS, ...preset, ...defined(input) };
  const grantTypes = distinct(given.grantTypes);
  return {
    ...given,
    ...encryptionDefaults(given),
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

// OIDC Registration §2: who names how the key is wrapped, and no more, gets this content encryption.
const DEFAULT_ENC: ContentEncryptionAlgorithm = 'A128CBC-HS256';

function encryptionDefaults(given: Partial<ClientMetadata>): Partial<ClientMetadata> {
  const enc = (alg: string | undefined, chosen: ContentEncryptionAlgorithm | undefined) =>
    chosen ?? (alg === undefined ? undefined : DEFAULT_ENC);
  return defined({
    idTokenEncryptedResponseEnc: enc(given.idTokenEncryptedResponseAlg, given.idTokenEncryptedResponseEnc),
    userinfoEncryptedResponseEnc: enc(given.userinfoEncryptedResponseAlg, given.userinfoEncryptedResponseEnc),
    requestObjectEncryptionEnc: enc(given.requestObjectEncryptionAlg, given.requestObjectEncryptionEnc),
  });
}

function defaultResponseTypes(grantTypes: readonly GrantType[]): ResponseType[] {
  return grantTypes.includes(GrantType.AuthorizationCode) ? [ResponseType.Code] : [];
}

// RFC 8252 §8.4: a public client that only listens on this machine is a native one, whether it says so or not.
function defaultApplicationType(given: Pick<ClientMetadata, 'tokenEndpointAuthMethod' | 'redirectUris'>) {
  const local = given.redirectUris.length > 0 && given.redirectUris.every(isLoopbackHttp);
  return given.tokenEndpointAuthMethod === ClientAuthenticationMethod.None && local ? 'native' : 'web';
}

/** What a client may ask for that was registered without a scope: whoever signs users in may ask who they are (OIDC Core §5.4). */
export function defaultScope(grantTypes: readonly GrantType[]): StandardScope[] {
  if (!grantTypes.includes(GrantType.AuthorizationCode) && !grantTypes.includes(GrantType.Implicit)) return [];
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
