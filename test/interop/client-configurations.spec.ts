import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import express, { type RequestHandler } from 'express';
import session from 'express-session';
import { exportPKCS8 } from 'jose';
import passport from 'passport';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { AdminApi, type Json } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import {
  aBrowser,
  aClient,
  aKeyHolder,
  aMachine,
  anApi,
  aUser,
  uniqueName,
  type GivenClient,
} from '../support/given.js';
import { throughEveryPage } from '../support/signing-in.js';
import { freePort } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// As odd as a record can be: whatever is copied must still be what was meant.
const CALLBACKS: Readonly<Record<string, string>> = {
  'openid-client': "https://rp.example/cb/'$(id)'",
  oauth4webapi: "https://rp.example/cb?x='$(id)'",
};
const callbacksOf = (library: string): string[] => [CALLBACKS[library] ?? ''];
const oddId = (): string => uniqueName(`desk"'$\{x}\\`);

interface SignInModule {
  readonly startSignIn: () => Promise<{ readonly url: URL; readonly checks: unknown }>;
  readonly finishSignIn: (url: URL, checks: unknown) => Promise<{ readonly user: Json; readonly tokens: Json }>;
}

onEveryDatabase('copied configurations', (running) => {
  let folder: string;
  let api: AdminApi;

  // Inside the project, so that the libraries are found as they are by an application.
  beforeAll(async () => {
    folder = mkdtempSync(join(ROOT, '.copied-'));
    api = await AdminApi.of(running.service, ['clients:read']);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    delete process.env['GATEHOUSE_CLIENT_SECRET'];
    delete process.env['GATEHOUSE_PRIVATE_KEY_FILE'];
  });

  /** What a developer has after copying: a module of their own, with the secret in its environment. */
  async function copied<T>(library: string, { clientId, clientSecret = '' }: GivenClient): Promise<T> {
    const answer = await api.get(`/clients/${encodeURIComponent(clientId)}/configuration`, { library });
    const [configuration] = answer.body['configurations'] as Json[];
    const text = String(configuration?.['text']);
    if (clientSecret !== '') expect(answer.text).not.toContain(clientSecret);
    const file = join(folder, `${uniqueName('copied')}.mjs`);
    writeFileSync(file, text);
    process.env['GATEHOUSE_CLIENT_SECRET'] = clientSecret;
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as T;
  }

  async function expectSignIn(library: string, client: GivenClient): Promise<void> {
    const alice = await aUser(running.service);
    running.service.clock.catchUp();
    const { startSignIn, finishSignIn } = await copied<SignInModule>(library, client);
    const { url, checks } = await startSignIn();
    const browser = aBrowser(running.service);
    const visit = await throughEveryPage(browser, await browser.visit(url), alice);
    const { user, tokens } = await finishSignIn(visit.leftFor ?? new URL('about:blank'), checks);
    expect(user).toMatchObject({ sub: alice.id, email: alice.claims.email });
    expect(tokens).toHaveProperty('access_token');
  }

  it.each(['openid-client', 'oauth4webapi'])('sign users in as they are: %s (OIDC Core §3.1)', async (library) => {
    for (const tokenEndpointAuthMethod of ['client_secret_basic', 'client_secret_post'] as const) {
      const client = { clientId: oddId(), redirectUris: callbacksOf(library), tokenEndpointAuthMethod };
      await expectSignIn(library, await aClient(running.service, client));
    }
  });

  it.each([
    ['openid-client', 'native'],
    ['oauth4webapi', 'web'],
  ] as const)('sign users in without a secret: %s, %s', async (library, applicationType) => {
    const client = { clientId: oddId(), redirectUris: callbacksOf(library), applicationType };
    await expectSignIn(library, await aClient(running.service, { ...client, tokenEndpointAuthMethod: 'none' }));
  });

  it.each(['openid-client', 'oauth4webapi'])('sign users in with a key: %s (RFC 7523 §2.2)', async (library) => {
    const client = await aKeyHolder(running.service, { idTokenSignedResponseAlg: 'ES256' });
    const file = join(folder, `${uniqueName('key')}.pem`);
    writeFileSync(file, await exportPKCS8(client.privateKey));
    process.env['GATEHOUSE_PRIVATE_KEY_FILE'] = file;
    await expectSignIn(library, client);
  });

  it('get a token for a machine: openid-client (RFC 6749 §4.4)', async () => {
    const orders = await anApi(running.service);
    const machine = await aMachine(running.service, orders.scopes, { clientId: oddId() });
    const { ownToken } = await copied<{ ownToken: () => Promise<Json> }>('openid-client', machine);
    expect(await ownToken()).toMatchObject({ scope: orders.scopes.join(' ') });
  });

  it('sign users in to an express application: passport-oauth2', async () => {
    const port = await freePort();
    const application = `http://localhost:${port}`;
    const client = await aClient(running.service, {
      ...{ clientId: oddId(), redirectUris: [`${application}/callback`] },
      tokenEndpointAuthMethod: 'client_secret_post',
    });
    const { strategy } = await copied<{ strategy: passport.Strategy }>('passport-oauth2', client);
    const server = await listening(strategy, port);
    try {
      const alice = await aUser(running.service);
      const [atApplication, atService] = [new UserAgent(application), aBrowser(running.service)];
      const start = await atApplication.visit('/login');
      const visit = await throughEveryPage(atService, await atService.visit(start.leftFor ?? ''), alice);
      const home = await atApplication.visit(visit.leftFor ?? '');
      expect(JSON.parse(home.html.source)).toMatchObject({ sub: alice.id, email: alice.claims.email });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

/** An application that uses a strategy as passport's guide says. */
async function listening(strategy: passport.Strategy, port: number): Promise<Server> {
  const authenticator = new passport.Passport();
  authenticator.use('gatehouse', strategy);
  const signIn = authenticator.authenticate('gatehouse', { session: false }) as RequestHandler;
  const app = express();
  app.use(session({ secret: 'only for this test', resave: false, saveUninitialized: false }));
  app.get('/login', signIn);
  app.get('/callback', signIn, (request, response) => {
    response.json(request.user);
  });
  const server = app.listen(port, 'localhost');
  await once(server, 'listening');
  return server;
}
