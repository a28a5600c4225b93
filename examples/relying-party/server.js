// A small application that signs its users in through Gatehouse, with express and passport-oauth2.
// Run it with `npm run demo`, or alone: ISSUER=… CLIENT_ID=… CLIENT_SECRET=… node examples/relying-party/server.js
import { randomBytes } from 'node:crypto';
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import { demoApi } from './demo-api.js';
import { errorPage, homePage, signedInPage } from './pages.js';
import { discover, fetchUserInfo, refreshTokens, signOutUrl } from './provider.js';
import { OpenIdStrategy } from './strategy.js';

const { ISSUER = 'http://localhost:3000', PORT = '3001', CLIENT_ID = 'demo-app' } = process.env;
const ORIGIN = process.env.ORIGIN ?? `http://localhost:${PORT}`;
const API = 'http://localhost:3001/api';
const SCOPE = 'openid profile email address phone offline_access notes:read notes:write';

const client = { id: CLIENT_ID, secret: process.env.CLIENT_SECRET ?? 'demo-app-secret-for-this-machine-only' };
const metadata = await discover(ISSUER);

const app = express();
app.disable('x-powered-by');
app.use('/api', demoApi({ metadata, identifier: API }));
app.use(
  session({
    // Cookies belong to a host, not to a port: a name of its own keeps it apart from the provider's on localhost.
    name: 'demo-app',
    secret: randomBytes(32).toString('base64url'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: ORIGIN.startsWith('https:') },
  }),
);
app.use(passport.session());

passport.use(new OpenIdStrategy({ metadata, client, scope: SCOPE, callbackUrl: `${ORIGIN}/callback` }));
// The whole user stays in the server's session; nothing of it is in the cookie.
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

/** Lets only signed-in users through. */
const signedIn = (request, response, next) => (request.user ? next() : response.redirect('/'));

/** Shows what happened next to what the user is signed in with. */
const show = (response, user, note) => response.send(signedInPage({ user, note, metadata, client }));

app.get('/', (request, response) => {
  if (request.user) return show(response, request.user);
  response.send(homePage({ issuer: metadata.issuer, refused: request.query.refused !== undefined }));
});

app.get('/sign-in', (request, response, next) => {
  const nonce = (request.session.nonce = randomBytes(16).toString('base64url'));
  const { prompt } = request.query;
  passport.authenticate('openid', { nonce, prompt })(request, response, next);
});

app.get('/callback', passport.authenticate('openid', { failureRedirect: '/?refused' }), (request, response) =>
  response.redirect('/'),
);

app.post('/refresh', signedIn, async (request, response) => {
  const { user } = request;
  const tokens = await refreshTokens(metadata, client, user.refresh_token);
  const userInfo = await fetchUserInfo(metadata, tokens.access_token);
  request.session.passport.user = { ...user, ...tokens, userInfo };
  show(response, request.session.passport.user, {
    title: 'The tokens are new',
    text: `The old refresh token is used up. The new access token lives for ${tokens.expires_in} seconds.`,
  });
});

app.post('/notes', signedIn, express.urlencoded({ extended: false }), async (request, response) => {
  const writes = request.body.action === 'write';
  const answer = await fetch(`${ORIGIN}/api/notes`, {
    method: writes ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${request.user.access_token}`, 'content-type': 'application/json' },
    ...(writes ? { body: JSON.stringify({ text: 'Come to tea' }) } : {}),
  });
  const title = `${writes ? 'POST' : 'GET'} ${API}/notes answered ${answer.status}`;
  show(response, request.user, { title, text: JSON.stringify(await answer.json()) });
});

app.get('/sign-out', signedIn, (request, response, next) => {
  const idToken = request.user.id_token;
  request.logout((error) => {
    if (error) return next(error);
    response.redirect(signOutUrl(metadata, { idToken, returnTo: `${ORIGIN}/` }));
  });
});

app.use((error, request, response, next) => {
  if (response.headersSent) return next(error);
  console.error(error);
  const status = error.status ?? 502;
  response.status(status).send(errorPage({ code: error.code, text: error.message }));
});

const server = app.listen(Number(PORT), new URL(ORIGIN).hostname, () => console.log(`The demo application: ${ORIGIN}`));
server.on('error', (error) => {
  console.error(`The demo application cannot listen on port ${PORT}: ${error.message}`);
  process.exit(1);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
