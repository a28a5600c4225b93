import type { Client } from '#clients/index.js';
import { plainAddress, type Decision } from '#explanations/index.js';
import type { IssuerSettings } from '#platform/config/index.js';
import { timeDistances } from '../errors/time-distances.js';

const FUTURE_SKEW_SECONDS = 10;
const LONGEST_JTI = 255;

/** What is accepted beyond `exp`, in seconds. */
export const EXPIRY_SKEW_SECONDS = 10;

type Claims = Readonly<Record<string, unknown>>;

/**
 * What is wrong with what a request object says of itself, or nothing; the signature was verified before. RFC 9101 §4 and
 * OIDC Core §6.1 both say that `iss` and `aud` SHOULD be there and ask for no `exp`, so each is judged only where it stands:
 * `typ`, the client's own key and the refusal of `sub` keep JWTs of other purposes out (RFC 9101 §10.8).
 */
export function requestObjectProblem(
  claims: Claims,
  { clientId }: Pick<Client, 'clientId'>,
  { issuer }: Pick<IssuerSettings, 'issuer'>,
  now: number,
): string | undefined {
  const { iss, sub, aud } = claims;
  if (iss !== undefined && iss !== clientId) return 'iss is not the client';
  // RFC 9101 §10.8: otherwise it could be shown as a client assertion
  if (sub === clientId) return 'sub is the client';
  if (aud !== undefined && ![aud].flat().includes(issuer)) return 'aud does not contain the issuer';
  if ('request' in claims || 'request_uri' in claims) return 'request or request_uri is inside'; // RFC 9101 §4
  return timeProblem(claims, now) ?? jtiProblem(claims['jti']);
}

function timeProblem({ exp, iat, nbf }: Claims, now: number): string | undefined {
  if (exp !== undefined && typeof exp !== 'number') return 'exp is not a time';
  if (exp !== undefined && exp + EXPIRY_SKEW_SECONDS <= now) return 'exp is past';
  for (const time of [iat, nbf]) {
    if (time === undefined) continue;
    if (typeof time !== 'number' || time > now + FUTURE_SKEW_SECONDS) return 'iat or nbf is in the future';
  }
  return undefined;
}

function jtiProblem(jti: unknown): string | undefined {
  if (jti === undefined) return undefined;
  return typeof jti === 'string' && jti !== '' && jti.length <= LONGEST_JTI ? undefined : 'jti is empty or too long';
}

/** What a refused request object says of itself, and how far its times are from ours, in seconds. */
export function requestObjectDecision(
  claims: Claims,
  { clientId }: Pick<Client, 'clientId'>,
  { issuer }: Pick<IssuerSettings, 'issuer'>,
  now: number,
): Decision {
  const { iss, sub, aud } = claims;
  const audience = aud === undefined ? [] : [aud].flat().filter((name) => typeof name === 'string');
  const facts = {
    names_client: (iss === undefined || iss === clientId) && sub !== clientId,
    audience: audience.slice(0, 10).map(plainAddress),
    audience_fits: aud === undefined || audience.includes(issuer),
    expected_audience: issuer,
    nested: 'request' in claims || 'request_uri' in claims,
    jti_fits: jtiProblem(claims['jti']) === undefined,
    ...timeDistances(claims, now),
  };
  return { rule: 'request_object.claims', clause: 'RFC 9101 §4', clientId, facts };
}
