import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { expect } from 'vitest';
import { basic, type Parameters } from '../../support/bare-client.js';
import { checkRegistration } from './every-response.js';
import type { Op } from './op.js';
import { staticSecret, STATIC_CLIENTS } from './seed.js';

/** Metadata of a client, by the names on the wire. */
export type Metadata = Readonly<Record<string, unknown>>;

/** A key pair of a relying party. */
export interface ClientKey {
  readonly jwk: JWK & { readonly kid: string };
  readonly privateKey: CryptoKey;
}

/** A client of the suite, static or registered for one module. */
export interface SuiteClient {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly method: string;
  readonly redirectUri: string;
  /** What its assertions are signed with. */
  readonly assertion?: { readonly alg: string; readonly key: ClientKey | undefined };
  /** Opens ID tokens that are encrypted to it. */
  readonly decrypted?: (token: string) => Promise<string>;
  /** What the registration was answered with; nothing for a static client. */
  readonly registered?: Metadata;
}

const kept = new Map<string, Promise<ClientKey>>();

/** The key that the suite registers its clients with: one for all, since making one is slow. */
export function suiteKey(algorithm = 'RS256'): Promise<ClientKey> {
  const key = kept.get(algorithm) ?? newKey(algorithm);
  kept.set(algorithm, key);
  return key;
}

/** A new key for a signature algorithm (RFC 7518 §3.1, RFC 8037 §3.1). */
export async function newKey(algorithm = 'RS256'): Promise<ClientKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { jwk: { ...(await exportJWK(publicKey)), kid: randomUUID(), use: 'sig', alg: algorithm }, privateKey };
}

/** One of the clients that the deployment is seeded with. */
export function staticClient(op: Op, name: keyof typeof STATIC_CLIENTS): SuiteClient {
  const { clientId, method } = STATIC_CLIENTS[name];
  return { clientId, clientSecret: staticSecret(clientId), method, redirectUri: op.suite.url('/callback') };
}

/** What the suite sends to register a client for a response type. */
export async function registrationFor(op: Op, responseType: string, wish: Metadata = {}): Promise<Metadata> {
  const parts = responseType.split(' ');
  const grantTypes = [
    ...(parts.includes('code') ? ['authorization_code'] : []),
    ...(parts.some((part) => part !== 'code') ? ['implicit'] : []),
  ];
  return {
    client_name: 'OIDF Conformance Test Client',
    grant_types: grantTypes,
    response_types: [responseType],
    redirect_uris: [op.suite.url('/callback')],
    jwks: { keys: [(await suiteKey()).jwk] },
    token_endpoint_auth_method: 'client_secret_basic',
    contacts: ['certification@oidf.example'],
    ...wish,
  };
}

const USUAL_ALGORITHM: Readonly<Record<string, string>> = { private_key_jwt: 'RS256', client_secret_jwt: 'HS256' };

/** What a client registers beside a subject type: on this machine a host says nothing of whose it is (OIDC Core §8.1). */
export function sectorFor(op: Op, subjectType: string): Metadata {
  if (subjectType !== 'pairwise') return {};
  const uris = ['/callback', '/other-callback'].map((path) => op.suite.url(path));
  return { sector_identifier_uri: op.suite.publishJson('/sector.json', uris) };
}

/** Registers a client as the suite does, and checks what it checks of every registration. */
export async function register(op: Op, metadata: Metadata): Promise<SuiteClient> {
  const answer = await op.json('POST', await op.endpoint('registration_endpoint'), { body: metadata });
  checkRegistration(answer);
  const { body } = answer;
  const method = String(body['token_endpoint_auth_method']);
  const alg = (body['token_endpoint_auth_signing_alg'] as string | undefined) ?? USUAL_ALGORITHM[method] ?? '';
  const key = method === 'private_key_jwt' ? await suiteKey(alg) : undefined;
  return {
    clientId: String(body['client_id']),
    clientSecret: body['client_secret'] as string | undefined,
    method,
    redirectUri: (body['redirect_uris'] as string[])[0] ?? '',
    registered: body,
    ...(method.endsWith('_jwt') ? { assertion: { alg, key } } : {}),
  };
}

/** Unregisters a client, as the suite does at the end of a module (RFC 7592 §2.3). */
export async function unregister(op: Op, { registered }: SuiteClient): Promise<void> {
  if (registered === undefined) return;
  const token = String(registered['registration_access_token']);
  const { status } = await op.json('DELETE', String(registered['registration_client_uri']), { token });
  expect(status).toBe(204);
}

/** What of a request proves who sends it: headers, and parameters of the body. */
export interface Proof {
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Parameters;
}

/** Proves a client at the token endpoint by the method it is registered for (OIDC Core §9). */
export async function proofOf(op: Op, client: SuiteClient, audience?: string): Promise<Proof> {
  const { clientId, clientSecret = '', method } = client;
  switch (method) {
    case 'client_secret_basic':
      return { headers: { authorization: basic(clientId, clientSecret) }, form: {} };
    case 'client_secret_post':
      return { headers: {}, form: { client_id: clientId, client_secret: clientSecret } };
    case 'none':
      return { headers: {}, form: { client_id: clientId } };
    default: {
      const aud = audience ?? (await op.endpoint('token_endpoint'));
      const form = {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await assertion(op, client, aud),
      };
      return { headers: {}, form };
    }
  }
}

function assertion(op: Op, { clientId, clientSecret, assertion }: SuiteClient, aud: string): Promise<string> {
  const { alg, key } = assertion ?? { alg: 'HS256', key: undefined };
  const now = op.service.clock.epochSeconds();
  return new SignJWT({ iss: clientId, sub: clientId, aud, iat: now, exp: now + 60, jti: randomUUID() })
    .setProtectedHeader({ alg, ...(key === undefined ? {} : { kid: key.jwk.kid }) })
    .sign(key?.privateKey ?? new TextEncoder().encode(clientSecret));
}
