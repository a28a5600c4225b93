import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { expect } from 'vitest';
import type { Answer } from '../../support/bare-client.js';
import type { Visit } from '../../support/user-agent.js';

/** The claims of a token, by name. */
export type Claims = JWTPayload & Readonly<Record<string, unknown>>;

const ERROR_MEMBERS = ['error', 'error_description', 'error_uri', 'state', 'session_state', 'iss'];
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];
const ERROR_TEXT = /^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/;
const FIVE_MINUTES = 300;
const ONE_YEAR = 365 * 86_400;
const FIFTY_YEARS = 50 * ONE_YEAR;

/** What the suite checks of discovery before anything else (OIDC Discovery §3). */
export function checkDiscovery({ status, headers, body }: Answer, issuer: string): void {
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(body['issuer']).toBe(issuer);
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri']) {
    expect(new URL(String(body[name])).protocol, name).toBe('https:');
  }
}

/** What it checks of published keys: each has a kid of its own, none has a private part (OIDC Core §10.1). */
export function checkKeys({ status, body }: Answer): JSONWebKeySet {
  expect(status).toBe(200);
  const keys = body['keys'] as Record<string, unknown>[];
  const kids = keys.map(({ kid }) => kid);
  expect(new Set(kids).size).toBe(kids.length);
  for (const key of keys) {
    expect(key).toMatchObject({ kid: expect.any(String) as string, kty: expect.any(String) as string });
    for (const member of PRIVATE_MEMBERS) expect(key).not.toHaveProperty(member);
  }
  return body as unknown as JSONWebKeySet;
}

/** What it checks of everything that a browser met: nothing is kept, no form is handed on (RFC 9700 §4.12). */
export function checkHops({ hops }: Visit): void {
  for (const { status, headers, url } of hops) {
    expect([200, 302, 303, 400], url.pathname).toContain(status);
    expect(headers.get('cache-control'), url.pathname).toContain('no-store');
    expect(headers.get('x-content-type-options'), url.pathname).toBe('nosniff');
  }
}

/** What it checks of an error that came to the redirect URI (RFC 6749 §4.1.2.1, RFC 9207 §2). */
export function checkError(values: Readonly<Record<string, string>>, state: unknown, issuer: string): string {
  for (const name of Object.keys(values)) expect(ERROR_MEMBERS).toContain(name);
  expect(values['state']).toBe(state);
  expect(values['iss']).toBe(issuer);
  expect(values['error']).toMatch(/^[a-z_]+$/);
  expect(values['error_description'] ?? '').toMatch(ERROR_TEXT);
  return values['error'] ?? '';
}

/** At least 128 bits by length, and more than 96 by Shannon's measure. */
export function checkEntropy(value: string): void {
  expect(value.length * 8).toBeGreaterThanOrEqual(128);
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / value.length);
  const bits = value.length * shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
  expect(bits).toBeGreaterThan(96);
}

/** What it checks of an answer of the token endpoint that went well (RFC 6749 §5.1). */
export function checkTokens({ status, headers, body, text }: Answer): void {
  expect(status, text).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(headers.get('cache-control')?.split(/,\s*/)).toContain('no-store');
  expect(String(body['token_type']).toLowerCase()).toBe('bearer');
  expect(body['expires_in']).toEqual(expect.any(Number));
  checkEntropy(String(body['access_token']));
  if ('refresh_token' in body) checkEntropy(String(body['refresh_token']));
}

/** What an ID token is held against. */
export interface IdTokenExpectations {
  readonly keys: JSONWebKeySet;
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: unknown;
  readonly now: Date;
  readonly algorithm: string;
  /** The secret of the client, which is the key where the algorithm is an HMAC (OIDC Core §10.1). */
  readonly clientSecret?: string | undefined;
  /** Opens what was encrypted to the client. */
  readonly decrypted?: ((token: string) => Promise<string>) | undefined;
  /** The code and the access token that came beside it; its hashes must be of these. */
  readonly code?: string | undefined;
  readonly accessToken?: string | undefined;
  /** The state that came with it; a hash of it may be there, and then must be right. */
  readonly state?: string | undefined;
  /** Whether the other hashes must be there: with tokens of the authorization endpoint (OIDC Core §3.3.2.11). */
  readonly hashed?: boolean;
}

/** What it checks of an ID token (OIDC Core §2, §3.1.3.7, §3.3.2.11). */
export async function checkIdToken(raw: string, expected: IdTokenExpectations): Promise<Claims> {
  const payload = await verifiedClaims((await expected.decrypted?.(raw)) ?? raw, expected);
  expect(payload['nonce']).toBe(expected.nonce);
  expect(payload.sub).toMatch(/^[\x20-\x7E]{1,255}$/);
  expect(payload['acr']).not.toBe('');
  checkTimes(payload, Math.floor(expected.now.getTime() / 1000));
  checkHash(payload['c_hash'], expected.code, expected);
  checkHash(payload['at_hash'], expected.accessToken, expected);
  checkHash(payload['s_hash'], expected.state, { ...expected, hashed: false });
  checkClaimTypes(payload);
  return payload;
}

async function verifiedClaims(raw: string, expected: IdTokenExpectations): Promise<Claims> {
  const { issuer, clientId: audience, now: currentDate, algorithm, clientSecret = '' } = expected;
  const rules = { issuer, audience, currentDate, algorithms: [algorithm] };
  if (algorithm.startsWith('HS')) {
    return (await jwtVerify(raw, new TextEncoder().encode(clientSecret), rules)).payload;
  }
  expect(decodeProtectedHeader(raw).kid).toEqual(expect.any(String));
  return (await jwtVerify(raw, createLocalJWKSet(expected.keys), rules)).payload;
}

function checkTimes({ exp = 0, iat = 0, auth_time: authTime }: Claims, now: number): void {
  for (const time of [exp, iat]) expect(Number.isInteger(time)).toBe(true);
  expect(exp).toBeLessThan(now + FIFTY_YEARS);
  expect(Math.abs(iat - now)).toBeLessThanOrEqual(FIVE_MINUTES);
  if (authTime === undefined) return;
  expect(authTime).toBeLessThanOrEqual(now + FIVE_MINUTES);
  expect(authTime).toBeGreaterThan(now - ONE_YEAR);
}

function checkHash(
  claim: unknown,
  value: string | undefined,
  { hashed, algorithm }: Pick<IdTokenExpectations, 'hashed' | 'algorithm'>,
): void {
  if (value === undefined) expect(claim).toBeUndefined();
  else if (hashed === true || claim !== undefined) expect(claim).toBe(leftHalf(value, algorithm));
}

/** The left half of a hash, by the algorithm of the ID token (OIDC Core §3.1.3.6). */
export function leftHalf(value: string, algorithm: string): string {
  const bits = algorithm === 'EdDSA' ? '512' : algorithm.slice(-3);
  const digest = createHash(`sha${bits}`).update(value).digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

/** What it checks of the answer of the userinfo endpoint (OIDC Core §5.3.2). */
export function checkUserinfo({ status, headers, body, text }: Answer, sub: string | undefined): void {
  expect(status, text).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  if (sub !== undefined) expect(body['sub']).toBe(sub);
  checkClaimTypes(body);
}

/** OIDC Core §5.1: the JSON types of standard claims, as far as they are there. */
export function checkClaimTypes(claims: Readonly<Record<string, unknown>>): void {
  const types: Readonly<Record<string, unknown>> = {
    address: expect.any(Object),
    amr: expect.any(Array),
    email_verified: expect.any(Boolean),
    phone_number_verified: expect.any(Boolean),
    ...Object.fromEntries(['updated_at', 'auth_time', 'iat', 'exp', 'nbf'].map((name) => [name, expect.any(Number)])),
  };
  for (const [name, value] of Object.entries(claims)) {
    expect(value, name).toEqual(types[name] ?? expect.any(String));
    expect(value, name).not.toBe('');
  }
}

/** What it checks of a registration that went well (RFC 7591 §3.2.1, OIDC Registration §3.2). */
export function checkRegistration({ status, headers, body, text }: Answer): void {
  expect(status, text).toBe(201);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(headers.get('cache-control')).toContain('no-store');
  expect(body).not.toHaveProperty('error');
  expect(body['client_id']).toEqual(expect.any(String));
  expect('client_secret' in body).toBe('client_secret_expires_at' in body);
  expect(new URL(String(body['registration_client_uri'])).protocol).toBe('https:');
  checkEntropy(String(body['registration_access_token']));
}

/** What it checks of a refusal that is JSON (RFC 6749 §5.2). */
export function checkJsonError(
  { status, headers, body }: Answer,
  expected: { readonly status?: number; readonly error: RegExp },
): void {
  expect(status).toBe(expected.status ?? 400);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(body['error']).toMatch(expected.error);
  expect(body['error_description'] ?? '').toMatch(ERROR_TEXT);
}

/** What it looks for on a page that a fault ends at: the code, a description that says what is wrong, and no redirect. */
export function checkErrorPage(visit: Visit, { error, names }: { error: RegExp; names: string | RegExp }): void {
  expect([visit.leftFor?.href, visit.status]).toEqual([undefined, 400]);
  expect(visit.html.has('#continue')).toBe(false);
  expect(visit.html.text('#error-code')).toMatch(error);
  expect(visit.html.text('#error-description')).toMatch(names);
  checkHops(visit);
}
