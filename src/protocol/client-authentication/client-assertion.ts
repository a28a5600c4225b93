import type { Client } from '#clients/index.js';
import { plainAddress, type Decision } from '#explanations/index.js';
import type { IssuerSettings } from '#platform/config/index.js';
import { timeDistances } from '../errors/time-distances.js';

const FUTURE_SKEW_SECONDS = 10;
const EXPIRY_SKEW_SECONDS = 10;
const LONGEST_LIFE_SECONDS = 300;
const LONGEST_JTI = 255;

type Claims = Readonly<Record<string, unknown>>;

/** RFC 7523 §3: what is wrong with the claims of a client assertion, or nothing; the signature was verified before. */
export function assertionProblem(
  claims: Claims,
  client: Client,
  issuer: IssuerSettings,
  now: number,
): string | undefined {
  if (claims['iss'] !== client.clientId || claims['sub'] !== client.clientId) return 'iss or sub is not the client';
  if (!audienceFits(claims['aud'], client, issuer)) return 'aud does not name this issuer as it must';
  return timeProblem(claims, now) ?? jtiProblem(claims['jti']);
}

/** RFC 10070 §4: the issuer as the sole audience; endpoints only for clients that follow older texts (OIDC Core §9). */
function audienceFits(aud: unknown, { clientAssertionAudience }: Client, issuer: IssuerSettings): boolean {
  const [audience, ...others] = Array.isArray(aud) ? (aud as unknown[]) : [aud];
  if (others.length > 0) return false;
  if (audience === issuer.issuer) return true;
  if (clientAssertionAudience !== 'compat') return false;
  const endpoints = ['token', 'introspect', 'revoke'].map((name) => issuer.url(`/oauth2/${name}`));
  return endpoints.some((endpoint) => endpoint === audience);
}

function timeProblem({ exp, iat, nbf }: Claims, now: number): string | undefined {
  if (typeof exp !== 'number') return 'exp is missing';
  if (exp + EXPIRY_SKEW_SECONDS <= now) return 'exp is past';
  if (exp > now + LONGEST_LIFE_SECONDS + FUTURE_SKEW_SECONDS) return 'exp is more than 5 minutes ahead';
  for (const time of [iat, nbf]) {
    if (time === undefined) continue;
    if (typeof time !== 'number' || time > now + FUTURE_SKEW_SECONDS) return 'iat or nbf is in the future';
  }
  if (typeof iat === 'number' && iat + LONGEST_LIFE_SECONDS + EXPIRY_SKEW_SECONDS < now) return 'iat is too long ago';
  return undefined;
}

function jtiProblem(jti: unknown): string | undefined {
  return typeof jti === 'string' && jti !== '' && jti.length <= LONGEST_JTI ? undefined : 'jti is missing or too long';
}

/** What a refused assertion says: for whom it is, whether it names the client, and how far its times are from ours. */
export function assertionDecision(claims: Claims, client: Client, issuer: IssuerSettings, now: number): Decision {
  const { clientId } = client;
  const facts = {
    names_client: claims['iss'] === clientId && claims['sub'] === clientId,
    audience: [claims['aud']].flat().filter(isText).slice(0, 10).map(plainAddress),
    audience_fits: audienceFits(claims['aud'], client, issuer),
    expected_audience: issuer.issuer,
    jti_fits: jtiProblem(claims['jti']) === undefined,
    ...timeDistances(claims, now),
  };
  return { rule: 'client_assertion.claims', clause: 'RFC 7523 §3', clientId, facts };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
