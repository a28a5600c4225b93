import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { expect } from 'vitest';
import { answerOf, BareClient, type Answer, type Parameters, type SentRequest } from '../support/bare-client.js';
import { everyClaim, type GivenClient, type GivenUser } from '../support/given.js';
import { throughEveryPage } from '../support/signing-in.js';
import type { TestService } from '../support/start-service.js';
import { UserAgent, type Visit } from '../support/user-agent.js';

const CALLBACK = 'https://suite.test/test/a/gatehouse/callback';
const SCOPE = 'openid profile email address phone offline_access';
const ERROR_MEMBERS = ['error', 'error_description', 'error_uri', 'state', 'session_state', 'iss'];
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];
const TEXT = /^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/;
const FIFTY_YEARS = 50 * 365 * 86_400;

/** The static clients of the certification, with fixed ids and secrets. */
export const CLIENTS = {
  client: aStaticClient('certification-1', 'client_secret_basic'),
  client2: aStaticClient('certification-2', 'client_secret_basic'),
  clientSecretPost: aStaticClient('certification-post', 'client_secret_post'),
} as const;

/** The user of the certification: every standard claim is there. */
export const USER: GivenUser = {
  id: '018f0000-0000-7000-8000-00000000cafe',
  username: 'certification-user',
  password: 'certification walks by the river',
  claims: everyClaim('certification-user'),
};

function aStaticClient(clientId: string, method: GivenClient['method']): GivenClient {
  return { clientId, clientSecret: `${clientId}-has-a-secret-of-enough-characters`, redirectUri: CALLBACK, method };
}

/** The file that a deployment to be certified is seeded with, in a folder of its own. */
export function writeSeedFile(): { path: string; remove: () => void } {
  const { id, username, password, claims } = USER;
  const clients = Object.values(CLIENTS).map(({ clientId, clientSecret, method, redirectUri }) => ({
    client_id: clientId,
    client_secret: clientSecret,
    client_name: 'Certification suite',
    token_endpoint_auth_method: method,
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [redirectUri],
    require_pkce: false,
    scope: SCOPE,
  }));
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-seed-'));
  const path = join(folder, 'seed.json');
  writeFileSync(path, JSON.stringify({ users: [{ id, username, password, ...claims }], clients }));
  return {
    path,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a module that goes well has in hand. */
export interface Passed {
  readonly sent: SentRequest;
  readonly visit: Visit;
  readonly code: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: JWTPayload & Record<string, unknown>;
  readonly rawIdToken: string;
  readonly response: Answer;
}

/** A relying party that checks at every step what the certification suite checks before a module's own subject. */
export class Suite {
  readonly bare: BareClient;

  constructor(
    readonly service: TestService,
    client: GivenClient = CLIENTS.client,
  ) {
    this.bare = new BareClient(service, client);
  }

  /** A browser that nobody has used. */
  browser(): UserAgent {
    return new UserAgent(this.service.issuer);
  }

  /** An authorization request as the suite sends it: no PKCE, a state, a nonce. */
  request(wish: Parameters = {}): SentRequest {
    return this.bare.request({ code_challenge: undefined, code_challenge_method: undefined, ...wish });
  }

  /** The whole flow: authorize, callback, token, with everything checked on the way. */
  async pass(browser: UserAgent, wish: Parameters = {}): Promise<Passed> {
    const sent = this.request(wish);
    const visit = await throughEveryPage(browser, await browser.visit(sent.url, { site: 'cross-site' }), USER);
    return this.redeem(sent, visit);
  }

  /** Checks the callback and redeems its code. */
  async redeem(sent: SentRequest, visit: Visit): Promise<Passed> {
    const code = this.checkedCode(sent, visit);
    const response = await this.bare.redeem({ ...sent, code });
    const tokens = this.checkedTokens(response);
    const idToken = await this.checkedIdToken(tokens.rawIdToken, sent.parameters['nonce']);
    return { sent, visit, code, response, ...tokens, idToken };
  }

  /** Checks that the browser came back with an error, and only with it; returns which. */
  refused({ parameters }: SentRequest, { leftFor, answer }: Visit): string {
    expect(`${leftFor?.origin ?? ''}${leftFor?.pathname ?? ''}`).toBe(CALLBACK);
    expect(leftFor?.hash).toBe('');
    expect(answer['state']).toBe(parameters['state']);
    expect([undefined, this.service.issuer]).toContain(answer['iss']);
    for (const name of Object.keys(answer)) expect(ERROR_MEMBERS).toContain(name);
    expect(answer['error_description'] ?? '').toMatch(TEXT);
    return answer['error'] ?? '';
  }

  /** Asks for the claims, and checks their types and that they are about the same user. */
  async userinfo({ idToken }: Passed, init: RequestInit): Promise<Readonly<Record<string, unknown>>> {
    const { status, headers, body } = await answerOf(await fetch(this.service.url('/oauth2/userinfo'), init));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body['sub']).toBe(idToken.sub);
    checkClaimTypes(body);
    return body;
  }

  async discovery(): Promise<Readonly<Record<string, unknown>>> {
    const answer = await answerOf(await fetch(this.service.url('/.well-known/openid-configuration')));
    expect(answer.status).toBe(200);
    for (const name of ['authorization_endpoint', 'token_endpoint', 'issuer', 'jwks_uri']) {
      expect(answer.body).toHaveProperty(name, expect.any(String));
    }
    return answer.body;
  }

  async keys(): Promise<JSONWebKeySet> {
    const { jwks_uri } = await this.discovery();
    const { body } = await answerOf(await fetch(String(jwks_uri)));
    const keys = body['keys'] as Record<string, unknown>[];
    const kids = keys.map(({ kid }) => kid);
    expect(new Set(kids).size).toBe(kids.length);
    expect(kids).not.toContain(undefined);
    for (const key of keys) for (const member of PRIVATE_MEMBERS) expect(key).not.toHaveProperty(member);
    return body as unknown as JSONWebKeySet;
  }

  private checkedCode({ parameters }: SentRequest, { leftFor, answer }: Visit): string {
    expect(`${leftFor?.origin ?? ''}${leftFor?.pathname ?? ''}`).toBe(CALLBACK);
    expect(leftFor?.hash).toBe('');
    expect(answer).not.toHaveProperty('error');
    expect(answer['state']).toBe(parameters['state']);
    expect(answer['iss']).toBe(this.service.issuer);
    const code = answer['code'] ?? '';
    checkEntropy(code);
    return code;
  }

  /** Checks an answer of the token endpoint. */
  checkedTokens({ status, headers, body }: Answer): Pick<Passed, 'accessToken' | 'refreshToken' | 'rawIdToken'> {
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')?.split(/,\s*/)).toContain('no-store');
    expect(String(body['token_type']).toLowerCase()).toBe('bearer');
    expect(body['expires_in']).toEqual(expect.any(Number));
    const [accessToken, refreshToken] = [String(body['access_token']), String(body['refresh_token'])];
    checkEntropy(accessToken);
    checkEntropy(refreshToken);
    return { accessToken, refreshToken, rawIdToken: String(body['id_token']) };
  }

  /** Checks an ID token with the keys that discovery leads to. */
  async checkedIdToken(raw: string, nonce: unknown): Promise<Passed['idToken']> {
    const now = this.service.clock.epochSeconds();
    const { payload } = await jwtVerify(raw, createLocalJWKSet(await this.keys()), {
      issuer: this.service.issuer,
      audience: this.bare.client.clientId,
      currentDate: this.service.clock.now(),
    });
    expect(decodeProtectedHeader(raw)).toMatchObject({ alg: 'RS256', kid: expect.any(String) as string });
    expect(payload['nonce']).toBe(nonce);
    expect(payload.exp).toBeLessThan(now + FIFTY_YEARS);
    expect(Math.abs((payload.iat ?? 0) - now)).toBeLessThanOrEqual(300);
    expect(payload.sub).toMatch(/^[\x20-\x7E]{1,255}$/);
    expect(payload['auth_time']).toBeLessThanOrEqual(now + 300);
    expect(payload['acr']).not.toBe('');
    for (const claim of ['name', 'email', 'address', 'phone_number']) expect(payload).not.toHaveProperty(claim);
    return payload;
  }
}

/** At least 128 bits by length, and more than 96 by Shannon's measure. */
function checkEntropy(value: string): void {
  expect(value.length * 8).toBeGreaterThanOrEqual(128);
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / value.length);
  const bits = value.length * shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
  expect(bits).toBeGreaterThan(96);
}

/** OIDC Core §5.1: the JSON types of standard claims, as far as they are there. */
function checkClaimTypes(claims: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(claims)) {
    if (name === 'address') expect(value).toEqual(expect.any(Object));
    else if (name === 'updated_at') expect(value).toEqual(expect.any(Number));
    else if (name.endsWith('_verified')) expect(value).toEqual(expect.any(Boolean));
    else expect(value).toEqual(expect.any(String));
    expect(value).not.toBe('');
  }
}
