import { ClientAuthenticationMethod, GrantType, isFrontChannel, ResponseType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import { jwksProblems } from './client-jwks.js';
import {
  BROWSER_REFRESH_TOKEN_LIFETIME,
  wireName,
  type ClientMetadata,
  type MetadataProblem,
} from './client-metadata.js';
import { absoluteUriProblem, redirectUriProblem, webUriProblem, type UriContext } from './uri-rules.js';

type Found = readonly [member: keyof ClientMetadata, detail: string, below?: string];
type Rule = (metadata: ClientMetadata, context: UriContext) => Found[];

const CLIENT_ID = /^[\x21-\x7E]{1,255}$/;
const MOST_BYTES = 60_000;
const LONGEST_NAME = 200;
const LONGEST_SCOPE = 4096;
const MOST_URIS = 100;
const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/;
const HOUR = 60 * 60;
const YEAR = 365 * 24 * HOUR;

/** The longest life, in seconds, that an administrator may choose for what a client is given. */
export const LIFETIME_BOUNDS = {
  authorizationCodeLifetime: 60,
  accessTokenLifetime: HOUR,
  idTokenLifetime: HOUR,
  refreshTokenIdleLifetime: YEAR,
  refreshTokenLifetime: YEAR,
} as const;

const RULES: readonly Rule[] = [
  names,
  redirectUris,
  webUris,
  grantTypes,
  authenticationMethod,
  publicClient,
  keys,
  scopes,
  consent,
  lifetimes,
  profile,
  numbers,
];

/** Says what is wrong with a client_id that somebody chose (RFC 6749 App. A.1). */
export function clientIdProblems(clientId: string): MetadataProblem[] {
  if (CLIENT_ID.test(clientId)) return [];
  const detail = 'must be 1 to 255 printable ASCII characters without spaces';
  return [{ pointer: '#/client_id', detail, error: 'invalid_client_metadata' }];
}

/** Says everything that is wrong with the metadata of a client, one problem for each fault (RFC 7591 §3.2.2). */
export function metadataProblems(metadata: ClientMetadata, context: UriContext): MetadataProblem[] {
  if (Buffer.byteLength(JSON.stringify(metadata)) > MOST_BYTES) {
    return [{ pointer: '#', detail: 'is too large as a whole', error: 'invalid_client_metadata' }];
  }
  return RULES.flatMap((rule) => rule(metadata, context)).map(([member, detail, below = '']) => ({
    pointer: `#/${wireName(member)}${below}`,
    detail,
    error: member === 'redirectUris' ? 'invalid_redirect_uri' : 'invalid_client_metadata',
  }));
}

function names({ clientName, contacts, allowedGroups }: ClientMetadata): Found[] {
  const found: Found[] = [];
  if (clientName !== undefined && !isLine(clientName, LONGEST_NAME)) {
    found.push(['clientName', `must be one line of 1 to ${LONGEST_NAME} characters`]);
  }
  contacts.forEach((contact, index) => {
    if (!isLine(contact, 254)) found.push(['contacts', 'must be one line of 1 to 254 characters', `/${index}`]);
  });
  allowedGroups?.forEach((group, index) => {
    if (!isLine(group, 128)) found.push(['allowedGroups', 'must be the name of a group', `/${index}`]);
  });
  return found;
}

function redirectUris(metadata: ClientMetadata, context: UriContext): Found[] {
  if (metadata.responseTypes.length > 0 && metadata.redirectUris.length === 0) {
    return [['redirectUris', 'must have at least one redirect URI for the response types']];
  }
  return (['redirectUris', 'postLogoutRedirectUris'] as const).flatMap((member): Found[] => {
    if (metadata[member].length > MOST_URIS) return [[member, `must not have more than ${MOST_URIS} URIs`]];
    return metadata[member].flatMap((uri, index): Found[] => {
      const problem = redirectUriProblem(uri, metadata, context);
      return problem === undefined ? [] : [[member, problem, `/${index}`]];
    });
  });
}

function webUris(metadata: ClientMetadata, context: UriContext): Found[] {
  return (['clientUri', 'logoUri', 'policyUri', 'tosUri', 'initiateLoginUri'] as const).flatMap((member): Found[] => {
    const uri = metadata[member];
    const problem = uri === undefined ? undefined : webUriProblem(uri, context);
    return problem === undefined ? [] : [[member, problem]];
  });
}

// RFC 7591 §2.1: response types and grant types belong together.
function grantTypes({ grantTypes: granted, responseTypes }: ClientMetadata): Found[] {
  const code = granted.includes(GrantType.AuthorizationCode);
  if (granted.length === 0) return [['grantTypes', 'must have at least one grant type']];
  const missing = [...new Set(responseTypes.flatMap(neededGrantTypes))].filter((name) => !granted.includes(name));
  if (missing.length > 0) return [['grantTypes', `must have ${missing.join(' and ')} for the response types`]];
  if (code && !responseTypes.some((type) => type.split(' ').includes(ResponseType.Code))) {
    return [['responseTypes', 'must have one with code for the grant type authorization_code']];
  }
  if (granted.includes(GrantType.Implicit) && !responseTypes.some((type) => isFrontChannel(type))) {
    return [['responseTypes', 'must have one with id_token or token for the grant type implicit']];
  }
  if (!code && granted.includes(GrantType.RefreshToken)) {
    return [['grantTypes', 'must have authorization_code for refresh_token to be of use']];
  }
  return [];
}

// OIDC Registration §2: which grant types a response type needs.
function neededGrantTypes(responseType: ResponseType): GrantType[] {
  const code = responseType.split(' ').includes(ResponseType.Code);
  return [
    ...(code ? [GrantType.AuthorizationCode] : []),
    ...(isFrontChannel(responseType) ? [GrantType.Implicit] : []),
  ];
}

function authenticationMethod(metadata: ClientMetadata): Found[] {
  const { tokenEndpointAuthMethod: method, tokenEndpointAuthSigningAlg: algorithm } = metadata;
  const signs = method === ClientAuthenticationMethod.PrivateKeyJwt;
  if (signs && metadata.jwks === undefined && metadata.jwksUri === undefined) {
    return [['jwks', 'must hold the public keys of a private_key_jwt client, unless jwks_uri says where they are']];
  }
  if (algorithm === undefined) return [];
  if (!signs && method !== ClientAuthenticationMethod.ClientSecretJwt) {
    return [['tokenEndpointAuthSigningAlg', 'is only for the methods private_key_jwt and client_secret_jwt']];
  }
  // RFC 8725 §2.1: what a public key checks and what a secret checks never mix.
  return algorithm.startsWith('HS') === signs
    ? [['tokenEndpointAuthSigningAlg', `must be one that ${method} can sign with`]]
    : [];
}

function publicClient(metadata: ClientMetadata): Found[] {
  if (metadata.tokenEndpointAuthMethod !== ClientAuthenticationMethod.None) return [];
  const found: Found[] = [];
  // RFC 6749 §4.4: only a client that can prove itself may act in its own name.
  if (metadata.grantTypes.includes(GrantType.ClientCredentials)) {
    found.push(['grantTypes', 'must not have client_credentials without client authentication']);
  }
  // RFC 9700 §2.1.1: PKCE is what protects the code of a public client.
  if (!metadata.requirePkce) found.push(['requirePkce', 'must be true for a public client']);
  // RFC 9700 §4.14.2: rotation is how the theft of a public client's refresh token is noticed.
  if (metadata.refreshTokenRotation === 'static') {
    found.push(['refreshTokenRotation', 'must be rotate for a public client']);
  }
  return found;
}

// OIDC Registration §2: keys by value or by reference, not both; fetched over https whatever the issuer (RFC 7591 §5).
function keys({ jwks, jwksUri }: ClientMetadata): Found[] {
  if (jwks !== undefined && jwksUri !== undefined) return [['jwksUri', 'must not be given together with jwks']];
  const problem = jwksUri === undefined ? undefined : webUriProblem(jwksUri, { development: false });
  if (problem !== undefined) return [['jwksUri', problem]];
  return jwks === undefined ? [] : jwksProblems(jwks).map(({ pointer, detail }): Found => ['jwks', detail, pointer]);
}

function scopes(metadata: ClientMetadata): Found[] {
  const found: Found[] = [];
  const { scope, optionalScope, defaultScope, defaultResource } = metadata;
  if (!scope.every((name) => SCOPE_TOKEN.test(name)) || scope.join(' ').length > LONGEST_SCOPE) {
    found.push(['scope', `must be scope names separated by spaces, at most ${LONGEST_SCOPE} characters`]);
  }
  if (!isSubset(optionalScope, scope)) found.push(['optionalScope', 'must only have scopes that scope has']);
  if (optionalScope.includes(StandardScope.OpenId)) found.push(['optionalScope', 'must not have openid']);
  if (!isSubset(defaultScope, scope)) found.push(['defaultScope', 'must only have scopes that scope has']);
  const problem = defaultResource === undefined ? undefined : absoluteUriProblem(defaultResource);
  if (problem !== undefined) found.push(['defaultResource', problem]);
  return found;
}

function consent({ consent: policy, firstParty }: ClientMetadata): Found[] {
  return policy === 'skip' && !firstParty ? [['consent', 'may be skip only for a first_party client']] : [];
}

function lifetimes(metadata: ClientMetadata): Found[] {
  const members = Object.keys(LIFETIME_BOUNDS) as (keyof typeof LIFETIME_BOUNDS)[];
  return members.flatMap((member): Found[] => {
    const seconds = metadata[member];
    const longest = LIFETIME_BOUNDS[member];
    const fits = seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= longest);
    return fits ? [] : [[member, `must be a whole number of seconds from 1 to ${longest}`]];
  });
}

function numbers({ defaultMaxAge }: ClientMetadata): Found[] {
  const fits = defaultMaxAge === undefined || (Number.isSafeInteger(defaultMaxAge) && defaultMaxAge >= 0);
  return fits ? [] : [['defaultMaxAge', 'must be a whole number of seconds, 0 or more']];
}

function profile(metadata: ClientMetadata): Found[] {
  switch (metadata.profile) {
    case 'default':
      return [];
    case 'fapi2':
      return [['profile', 'fapi2 is not offered yet: it needs pushed requests and sender-constrained tokens']];
    case 'm2m':
      return machineClient(metadata);
    case 'browser':
      return [...publicProfile(metadata, 'web'), ...browserLifetime(metadata)];
    case 'native':
      return publicProfile(metadata, 'native');
  }
}

function machineClient({ grantTypes: granted, redirectUris: uris }: ClientMetadata): Found[] {
  const found: Found[] = [];
  if (granted.some((name) => name !== GrantType.ClientCredentials)) {
    found.push(['grantTypes', 'must be client_credentials alone for the profile m2m']);
  }
  if (uris.length > 0) found.push(['redirectUris', 'must be empty for the profile m2m']);
  return found;
}

function publicProfile(metadata: ClientMetadata, applicationType: ClientMetadata['applicationType']): Found[] {
  const found: Found[] = [];
  if (metadata.tokenEndpointAuthMethod !== ClientAuthenticationMethod.None) {
    found.push(['tokenEndpointAuthMethod', `must be none for the profile ${metadata.profile}`]);
  }
  if (metadata.applicationType !== applicationType) {
    found.push(['applicationType', `must be ${applicationType} for the profile ${metadata.profile}`]);
  }
  return found;
}

function browserLifetime({ refreshTokenLifetime }: ClientMetadata): Found[] {
  const fits = refreshTokenLifetime !== undefined && refreshTokenLifetime <= BROWSER_REFRESH_TOKEN_LIFETIME;
  return fits
    ? []
    : [['refreshTokenLifetime', `must be at most ${BROWSER_REFRESH_TOKEN_LIFETIME} for the profile browser`]];
}

function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((name) => whole.includes(name));
}

function isLine(text: string, longest: number): boolean {
  return text.trim() !== '' && text.length <= longest && !/\p{Cc}/u.test(text);
}
