import type { Client } from '#clients/index.js';
import { parseJsonObject } from '#keys/index.js';
import type { ResponseType } from '#standards/oauth.js';
import {
  mayHaveClaim,
  NO_CLAIMS,
  REQUESTABLE_CLAIMS,
  type ClaimsRequest,
  type MappedScopes,
  type RequestedClaim,
} from '../../claims/claims-request.js';
import { InvalidRequest } from '../../errors/oauth-error.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { yieldsCode, yieldsToken } from './response-type.js';

/** OIDC Core §5.5: what the client asks for claim by claim; claims and members that are not known are ignored. */
export function requestedClaims(
  parameters: OAuthParameters,
  client: Client,
  responseType: ResponseType,
  mapped: MappedScopes = new Map(),
): ClaimsRequest {
  const sent = parameters.get('claims');
  if (sent === undefined) return NO_CLAIMS;
  const members = parseJsonObject(new TextEncoder().encode(sent)) ?? malformed('claims is not a JSON object');
  const open = (claim: RequestedClaim) => mayHaveClaim(client, claim.name, mapped);
  const known = [...REQUESTABLE_CLAIMS, ...mapped.keys()];
  const idToken = claimsOf(members, 'id_token', known).filter(open);
  const userinfo = claimsOf(members, 'userinfo', known).filter(open);
  // OIDC Core §5.5: userinfo needs an access token, which this response type never yields
  return { idToken, userinfo: yieldsCode(responseType) || yieldsToken(responseType) ? userinfo : [] };
}

function claimsOf(
  members: Readonly<Record<string, unknown>>,
  place: string,
  known: readonly string[],
): RequestedClaim[] {
  const claims = memberOf(members, place);
  if (claims === undefined) return [];
  if (!isObject(claims)) return malformed(`claims.${place} is not an object`);
  return known.flatMap((name) => {
    const asked = memberOf(claims, name);
    return asked === undefined ? [] : requested(name, asked);
  });
}

/** OIDC Core §5.5.1: `null` asks for it as it is; an object says how much it matters and which values will do. */
function requested(name: string, asked: unknown): RequestedClaim {
  if (asked === null) return { name, essential: false };
  if (!isObject(asked)) return malformed(`the claim ${name} is neither null nor an object`);
  const essential = Object.hasOwn(asked, 'essential') ? asked['essential'] : false;
  if (typeof essential !== 'boolean') return malformed(`essential of ${name} is not a boolean`);
  const values = wantedValues(name, asked);
  return { name, essential, ...(values === undefined ? {} : { values }) };
}

function wantedValues(name: string, asked: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  const [value, values] = [memberOf(asked, 'value'), memberOf(asked, 'values')];
  if (value === undefined && values === undefined) return undefined;
  if (value !== undefined && values !== undefined) return malformed(`${name} has both value and values`);
  const wanted: unknown = value === undefined ? values : [value];
  if (!Array.isArray(wanted) || wanted.length === 0) return malformed(`values of ${name} is not a list of values`);
  if (name === 'sub' && wanted.some((one) => typeof one !== 'string')) return malformed('a wanted sub is not a string');
  return wanted.filter(couldBeClaim) as unknown[];
}

/** Whether a claim can have this value at all; a list or a fraction can match nothing, so it is left out (OIDC Core §5.1). */
function couldBeClaim(value: unknown): boolean {
  if (isObject(value)) return Object.values(value).every((member) => typeof member === 'string');
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
}

/** A member that is really there, whatever it is called; JSON knows no `undefined`. */
function memberOf(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(detail: string): never {
  throw new InvalidRequest(detail, { description: 'The claims parameter is malformed.' });
}
