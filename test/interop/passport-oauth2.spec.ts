import { once } from 'node:events';
import type { Server } from 'node:http';
import express, { type Express } from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy } from 'passport-oauth2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aUser, type GivenClient } from '../support/given.js';
import { freePort, type TestService } from '../support/start-service.js';
import { throughEveryPage } from '../support/signing-in.js';
import { UserAgent } from '../support/user-agent.js';

type Done = (error: unknown, user?: unknown) => void;

/** An application as thousands are: express, a session, passport-oauth2, and userinfo for the profile. */
function anApplication(service: TestService, { clientId, clientSecret = '', redirectUri }: GivenClient): Express {
  const authenticator = new passport.Passport();
  const strategy = new Strategy(
    {
      authorizationURL: service.url('/oauth2/authorize'),
      tokenURL: service.url('/oauth2/token'),
      clientID: clientId,
      clientSecret,
      callbackURL: redirectUri,
      scope: ['openid', 'profile', 'email'],
      state: true,
      pkce: true,
    },
    (accessToken: string, _refreshToken: string, _profile: unknown, done: Done) => {
      void fetch(service.url('/oauth2/userinfo'), { headers: { authorization: `Bearer ${accessToken}` } })
        .then((answer) => answer.json())
        .then(
          (profile) => {
            done(null, profile);
          },
          (error: unknown) => {
            done(error);
          },
        );
    },
  );
  authenticator.use('gatehouse', strategy);
  authenticator.serializeUser((user, done) => {
    done(null, user);
  });
  authenticator.deserializeUser((user: Express.User, done) => {
    done(null, user);
  });
  const app = express();
  app.use(session({ secret: 'only for this test', resave: false, saveUninitialized: false }));
  app.use(authenticator.session());
  const signIn = authenticator.authenticate('gatehouse', { failureRedirect: '/refused' }) as express.RequestHandler;
  app.get('/login', signIn);
  app.get('/callback', signIn, (_request, response) => {
    response.redirect('/');
  });
  app.get('/refused', (_request, response) => {
    response.status(403).send('refused');
  });
  app.get('/', (request, response) => {
    response.json(request.user ?? null);
  });
  return app;
}

onEveryDatabase('passport-oauth2 in an express application', (running) => {
  let server: Server;
  let application: string;

  beforeAll(async () => {
    const port = await freePort();
    application = `http://localhost:${port}`;
    const client = await aClient(running.service, {
      redirectUris: [`${application}/callback`],
      tokenEndpointAuthMethod: 'client_secret_post',
    });
    server = anApplication(running.service, client).listen(port, 'localhost');
    await once(server, 'listening');
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('signs a user in and knows who it is (RFC 6749 §4.1, OIDC Core §5.3)', async () => {
    const alice = await aUser(running.service);
    const [atApplication, atService] = [new UserAgent(application), new UserAgent(running.service.issuer)];
    const start = await atApplication.visit('/login');
    const visit = await throughEveryPage(atService, await atService.visit(start.leftFor ?? ''), alice);
    const home = await atApplication.visit(visit.leftFor ?? '');
    expect(home.status).toBe(200);
    expect(JSON.parse(home.html.source)).toMatchObject({
      sub: alice.id,
      name: alice.claims.name,
      email: alice.claims.email,
    });
  });

  it('is told when the user says no (RFC 6749 §4.1.2.1)', async () => {
    const [atApplication, atService] = [new UserAgent(application), new UserAgent(running.service.issuer)];
    const start = await atApplication.visit('/login');
    const page = await atService.visit(start.leftFor ?? '');
    const { leftFor } = await atService.submit(page, '#cancel');
    const refused = await atApplication.visit(leftFor ?? '');
    expect([refused.status, refused.html.source]).toEqual([403, 'refused']);
  });
});
