import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as openid from 'openid-client';
import type { ClientMetadataInput } from '#clients/index.js';
import { aClient, type GivenClient } from '../../support/given.js';
import type { TestService } from '../../support/start-service.js';

/** How a sign-in ended, as the relying party knows it. */
export interface SignInOutcome {
  readonly error?: string;
  readonly scope?: readonly string[];
  readonly claims?: openid.IDToken;
  readonly userInfo?: openid.UserInfoResponse;
  readonly refreshToken?: string;
}

/** A web site of another origin that signs its visitors in at the service. */
export interface RelyingPartySite {
  readonly origin: string;
  readonly client: GivenClient;
  /** The address that starts a sign-in, with further parameters of the authorization request. */
  start(parameters?: Readonly<Record<string, string>>): string;
  /** The address that signs out here and at the service. */
  readonly signOut: string;
  /** What came of the last sign-in. */
  last(): SignInOutcome;
  config(): openid.Configuration;
  close(): Promise<void>;
}

interface Pending {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/** Opens the site on a port of its own, with a client of its own; `localhost` is another site than 127.0.0.1. */
export async function openSite(
  service: TestService,
  wish: ClientMetadataInput = {},
  scope = 'openid profile email',
): Promise<RelyingPartySite> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const callback = `${origin}/callback`;
  const client = await aClient(service, {
    redirectUris: [callback],
    postLogoutRedirectUris: [`${origin}/goodbye`],
    clientUri: `${origin}/`,
    ...wish,
  });
  const proof = openid.ClientSecretBasic(client.clientSecret);
  const config = await openid.discovery(new URL(service.issuer), client.clientId, undefined, proof, {
    execute: [openid.allowInsecureRequests],
  });
  let pending: Pending | undefined;
  let outcome: SignInOutcome = {};
  let idToken: string | undefined;

  const begin = async (asked: URLSearchParams): Promise<string> => {
    pending = { verifier: openid.randomPKCECodeVerifier(), state: openid.randomState(), nonce: openid.randomNonce() };
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      ...Object.fromEntries(asked),
    });
    return url.href;
  };
  const finish = async (answered: URL | Request): Promise<void> => {
    if (pending === undefined) throw new Error('no sign-in was started');
    const { verifier, state, nonce } = pending;
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce };
    try {
      const tokens = await openid.authorizationCodeGrant(config, answered, checks);
      const claims = tokens.claims();
      idToken = tokens.id_token;
      const userInfo = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
      outcome = {
        scope: tokens.scope?.split(' ') ?? [],
        userInfo,
        ...(claims === undefined ? {} : { claims }),
        ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
      };
    } catch (error) {
      outcome = { error: error instanceof openid.AuthorizationResponseError ? error.error : String(error) };
    }
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin);
    switch (url.pathname) {
      case '/start':
        response.writeHead(302, { location: await begin(url.searchParams) }).end();
        return;
      case '/callback':
        await finish(request.method === 'POST' ? await posted(url, request) : url);
        page(response, `<h1 id="outcome">${outcome.error ?? 'signed in'}</h1>`);
        return;
      case '/sign-out': {
        const { href } = openid.buildEndSessionUrl(config, {
          ...(idToken === undefined ? {} : { id_token_hint: idToken }),
          post_logout_redirect_uri: `${origin}/goodbye`,
          state: 'bye',
        });
        response.writeHead(302, { location: href }).end();
        return;
      }
      default:
        page(response, `<h1 id="outcome">${url.pathname === '/goodbye' ? 'signed out' : 'welcome'}</h1>`);
    }
  };
  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });

  return {
    origin,
    client,
    start: (parameters = {}) => `${origin}/start?${new URLSearchParams(parameters).toString()}`,
    signOut: `${origin}/sign-out`,
    last: () => outcome,
    config: () => config,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** An answer that came as a form (OAuth Form Post §2). */
async function posted(url: URL, request: IncomingMessage): Promise<Request> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  return new Request(url, { method: 'POST', headers, body: await text(request) });
}

function page(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><html lang="en"><title>Relying party</title><body>${body}</body></html>`);
}
