import { noneStandsAlone } from '#settings/index.js';
import { StandardScope } from '#standards/oidc.js';
import { jwksProblems } from './client-jwks.js';
import { wireName, type ClientMetadata, type MetadataProblem } from './client-metadata.js';
import { authenticationMethod, publicClient } from './metadata-rules/authentication.js';
import { consent } from './metadata-rules/consent.js';
import { encryption } from './metadata-rules/encryption.js';
import { grantTypes } from './metadata-rules/grant-types.js';
import { logoutUris } from './metadata-rules/logout.js';
import { profile } from './metadata-rules/profile.js';
import { requestObjects } from './metadata-rules/request-objects.js';
import type { Found, Rule } from './metadata-rules/rule.js';
import { subject } from './metadata-rules/subject.js';
import {
  absoluteUriProblem,
  fetchedUriProblem,
  redirectUriProblem,
  webUriProblem,
  type UriContext,
} from './uri-rules.js';

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
  secondFactor,
  lifetimes,
  profile,
  numbers,
  encryption,
  requestObjects,
  subject,
  logoutUris,
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

function names({ clientName, contacts, allowedGroups, softwareId, softwareVersion }: ClientMetadata): Found[] {
  const found: Found[] = [];
  for (const [member, value] of Object.entries({ softwareId, softwareVersion })) {
    if (value !== undefined && !isLine(value, LONGEST_NAME)) {
      found.push([member as 'softwareId', `must be one line of 1 to ${LONGEST_NAME} characters`]);
    }
  }
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

// OIDC Registration §2: keys by value or by reference, not both; fetched over https whatever the issuer (RFC 7591 §5).
function keys({ jwks, jwksUri }: ClientMetadata): Found[] {
  if (jwks !== undefined && jwksUri !== undefined) return [['jwksUri', 'must not be given together with jwks']];
  const problem = jwksUri === undefined ? undefined : fetchedUriProblem(jwksUri);
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

function secondFactor({ secondFactorKinds }: ClientMetadata): Found[] {
  if (!noneStandsAlone(secondFactorKinds)) return [];
  return [['secondFactorKinds', 'must name at least one kind besides recovery codes']];
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

function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((name) => whole.includes(name));
}

// Line breaks of every kind, and marks that turn text around: a name must not rearrange what a page says beside it.
const UNRULY = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
// Something to see; the blank of Braille is drawn as nothing, too.
const VISIBLE = /[^\p{Z}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u;

function isLine(text: string, longest: number): boolean {
  return VISIBLE.test(text) && text.length <= longest && !UNRULY.test(text);
}
