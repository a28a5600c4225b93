import { expect } from 'vitest';
import type { Parameters } from '../../support/bare-client.js';
import { ModuleRun } from './module-run.js';
import type { Op } from './op.js';
import { proofOf, register, registrationFor, suiteKey, unregister, type Metadata } from './suite-client.js';

/** Proves one value of a member of the discovery document, or the member itself where it is no list. */
export type Prover = (op: Op, value: string) => Promise<void>;

/** Registers a client for one proof, and unregisters it. */
export async function withClient(
  op: Op,
  prove: (run: ModuleRun) => Promise<unknown>,
  { responseType = 'code', ...wish }: Metadata & { responseType?: string } = {},
): Promise<void> {
  const client = await register(op, await registrationFor(op, responseType, wish));
  await prove(new ModuleRun(op, { responseType, formPost: false, registration: 'dynamic_client' }, client));
  await unregister(op, client);
}

/** Registers a client and signs a user in. */
export function passes(op: Op, wish: Metadata & { responseType?: string } = {}, asked: Parameters = {}): Promise<void> {
  return withClient(op, (run) => run.pass(run.op.browser(), asked), wish);
}

/** What a client registers that wants refresh tokens. */
export const REFRESHING = { grant_types: ['authorization_code', 'refresh_token'] };
/** What of a request asks for PKCE. */
export const PKCE = { code_challenge_method: 'S256' };

/** What a client with an authentication method registers. */
export function authenticating(method: string): Metadata {
  return { token_endpoint_auth_method: method, ...REFRESHING };
}

/** What a client registers whose assertions are signed with an algorithm. */
export async function signing(algorithm: string): Promise<Metadata> {
  if (algorithm.startsWith('HS')) {
    return { ...authenticating('client_secret_jwt'), token_endpoint_auth_signing_alg: algorithm };
  }
  const jwks = { keys: [(await suiteKey(algorithm)).jwk] };
  return { ...authenticating('private_key_jwt'), token_endpoint_auth_signing_alg: algorithm, jwks };
}

/** Asks an endpoint for clients about a token of the client's own, and returns what it says. */
async function askAbout(run: ModuleRun, endpoint: string, token: string) {
  const url = await run.op.endpoint(endpoint);
  const proof = await proofOf(run.op, run.client, url);
  return run.op.post(url, { token, ...proof.form }, proof.headers);
}

/** The introspection endpoint says that a token of the client is good (RFC 7662 §2.2). */
export async function introspects(run: ModuleRun): Promise<void> {
  const { accessToken } = await run.pass(run.op.browser(), PKCE);
  const { status, body } = await askAbout(run, 'introspection_endpoint', accessToken ?? '');
  expect([status, body['active'], body['client_id']]).toEqual([200, true, run.client.clientId]);
}

/** The revocation endpoint ends a token of the client at once (RFC 7009 §2). */
export async function revokes(run: ModuleRun): Promise<void> {
  const { accessToken } = await run.pass(run.op.browser(), PKCE);
  expect((await askAbout(run, 'revocation_endpoint', accessToken ?? '')).status).toBe(200);
  expect((await run.askUserinfo(accessToken)).status).toBe(401);
}
