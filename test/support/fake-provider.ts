import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { LocalServer } from './local-server.js';

/** One request that a provider got. */
export interface AskedOfProvider {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

type Answer = (asked: AskedOfProvider) => unknown;

/** A provider of sign-ins on this machine, which answers as a test says. */
export class FakeProvider extends LocalServer {
  readonly asked: AskedOfProvider[] = [];
  private readonly answers = new Map<string, Answer>();
  private key: CryptoKey | undefined;

  static async start(): Promise<FakeProvider> {
    const provider = new FakeProvider();
    await provider.listen();
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    provider.key = privateKey;
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
    provider.on('/keys', () => ({ keys: [jwk] }));
    return provider;
  }

  /** What is answered under a path from now on. */
  on(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  /** The last request to a path. */
  last(path: string): AskedOfProvider {
    const found = this.asked.findLast((one) => one.path === path);
    if (found === undefined) throw new Error(`nobody asked for ${path}`);
    return found;
  }

  /** Publishes where things are, as OpenID Connect Discovery §3 says. */
  discover(base: string, issuer: string, more: Readonly<Record<string, string>> = {}): void {
    this.on(`${base}/.well-known/openid-configuration`, () => ({
      issuer,
      authorization_endpoint: this.url('/authorize'),
      token_endpoint: this.url('/token'),
      jwks_uri: this.url('/keys'),
      id_token_signing_alg_values_supported: ['RS256'],
      ...more,
    }));
  }

  /** Signs an ID token with the key that is published, or with another one. */
  idToken(claims: Record<string, unknown>, { alg = 'RS256', key = this.key } = {}): Promise<string> {
    if (key === undefined) throw new Error('there is no key yet');
    return new SignJWT(claims).setProtectedHeader({ alg, kid: 'one', typ: 'JWT' }).sign(key);
  }

  protected answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'https://localhost');
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { authorization } = request.headers;
      const asked = { path: url.pathname, query: url.searchParams, form: new URLSearchParams(body), authorization };
      this.asked.push(asked);
      const answer = this.answers.get(url.pathname);
      void Promise.resolve(answer?.(asked)).then((said) => {
        response.writeHead(said === undefined ? 404 : 200, { 'content-type': 'application/json; charset=utf-8' });
        response.end(JSON.stringify(said ?? { error: 'not_found' }));
      });
    });
  }
}

/** What Facebook wants to see beside an access token. */
export function appSecretProof(secret: string, accessToken: string): string {
  return createHmac('sha256', secret).update(accessToken).digest('hex');
}
