import { leftHalfHash } from '#keys/index.js';
import { sameText } from '#platform/crypto/index.js';
import type { UpstreamClaims } from '../presets/preset.js';

/** What an ID token must say to be the answer to what was asked. */
export interface IdTokenExpectations {
  /** Who signs there; `{tenantid}` in it stands for the `tid` of the token. */
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly accessToken: string;
  readonly code: string;
  /** The algorithm that it is signed with. */
  readonly algorithm: string;
  readonly now: number;
  /** When the browser was sent away, where the user had to prove anew who they are. */
  readonly notBefore?: number | undefined;
}

type Rule = (claims: UpstreamClaims, expected: IdTokenExpectations) => boolean;

const SKEW_SECONDS = 10;
const FUTURE_SECONDS = 60;
const TENANT_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Says why a signed ID token is not the answer to what was asked; nothing when it is (OIDC Core §3.1.3.7). */
export function idTokenProblem(claims: UpstreamClaims, expected: IdTokenExpectations): string | undefined {
  return RULES.find(([, holds]) => !holds(claims, expected))?.[0];
}

const RULES: readonly (readonly [string, Rule])[] = [
  ['it is of another issuer', ({ iss, tid }, { issuer }) => iss === issuerFor(issuer, tid)],
  ['it is for somebody else', isForUs],
  ['it names nobody', ({ sub }) => isSubject(sub)],
  ['it has expired', ({ exp }, { now }) => isNumber(exp) && exp > now - SKEW_SECONDS],
  ['it is not from now', ({ iat }, { now }) => isNumber(iat) && iat <= now + FUTURE_SECONDS],
  ['it is not valid yet', ({ nbf }, { now }) => nbf === undefined || (isNumber(nbf) && nbf <= now + FUTURE_SECONDS)],
  // OIDC Core §15.5.2
  ['its nonce is another', ({ nonce }, expected) => typeof nonce === 'string' && sameText(nonce, expected.nonce)],
  // OIDC Core §3.1.3.8, §3.3.2.11: where it binds what came with it, it binds this
  [
    'it belongs to another access token',
    (claims, expected) => binds(claims['at_hash'], expected.accessToken, expected),
  ],
  ['it belongs to another code', (claims, expected) => binds(claims['c_hash'], expected.code, expected)],
  ['its time of sign-in is no time', ({ auth_time: time }) => time === undefined || isNumber(time)],
  // OIDC Core §3.1.2.1: whoever was to prove it anew did so
  ['the sign-in there is older than this one', isFreshEnough],
];

/** OIDC Core §3.1.3.7, 3 to 5. */
function isForUs({ aud, azp }: UpstreamClaims, { clientId }: IdTokenExpectations): boolean {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.includes(clientId)) return false;
  return azp === undefined ? audiences.length === 1 : azp === clientId;
}

/** The issuer that signs for a tenant, where one document speaks for all of them. */
function issuerFor(issuer: string, tenant: unknown): string | undefined {
  if (!issuer.includes('{tenantid}')) return issuer;
  return typeof tenant === 'string' && TENANT_ID.test(tenant) ? issuer.replace('{tenantid}', tenant) : undefined;
}

function binds(hash: unknown, value: string, { algorithm }: IdTokenExpectations): boolean {
  return hash === undefined || hash === leftHalfHash(value, algorithm === 'Ed25519' ? 'EdDSA' : algorithm);
}

function isFreshEnough({ auth_time: time }: UpstreamClaims, { notBefore }: IdTokenExpectations): boolean {
  return notBefore === undefined || time === undefined || (isNumber(time) && time >= notBefore - FUTURE_SECONDS);
}

/** OIDC Core §2: at most 255 ASCII characters. */
export function isSubject(sub: unknown): sub is string {
  return typeof sub === 'string' && /^[\x20-\x7e]{1,255}$/.test(sub);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
