// oidc-provider with the same users, clients, hashes, algorithms and database: started by the benchmark, in a process of its own.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { createPool } from 'mysql2/promise';
import { Provider } from 'oidc-provider';
import { API, APP, ARGON2, MACHINE, OPAQUE_API, PASSWORD, REDIRECT_URI, users } from '../lib/facts.mjs';
import { consentPage, signInPage } from './pages.mjs';
import { mysqlAdapter } from './mysql-adapter.mjs';

const { DATABASE_URL, PORT, USERS, ISSUER } = process.env;
const people = new Map(users(Number(USERS)).map((user) => [user.username, user]));

const pool = createPool({ uri: DATABASE_URL, connectionLimit: 20, charset: 'utf8mb4' });
const password = await hash(PASSWORD, ARGON2);

const provider = new Provider(ISSUER, {
  adapter: await mysqlAdapter(pool),
  clients: [
    {
      client_id: APP.id,
      client_secret: APP.secret,
      redirect_uris: [REDIRECT_URI],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email offline_access',
    },
    {
      client_id: MACHINE.id,
      client_secret: MACHINE.secret,
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
      scope: 'bench:read',
    },
  ],
  jwks: {
    keys: [signingKey('RS256', 'rsa', { modulusLength: 2048 }), signingKey('ES256', 'ec', { namedCurve: 'P-256' })],
  },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
  scopes: ['openid', 'offline_access', 'profile', 'email', 'bench:read'],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_ctx, client) => (client.clientId === MACHINE.id ? API : undefined),
      getResourceServerInfo: (_ctx, audience) => ({
        scope: 'bench:read',
        audience,
        accessTokenTTL: 600,
        accessTokenFormat: audience === OPAQUE_API ? 'opaque' : 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  rotateRefreshToken: true,
  ttl: {
    AccessToken: 600,
    ClientCredentials: 600,
    RefreshToken: 86_400,
    Session: 86_400,
    Grant: 86_400,
    Interaction: 1800,
    IdToken: 3600,
  },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, id) => {
    const { username, ...claims } = people.get(id) ?? {};
    return username === undefined
      ? undefined
      : { accountId: id, claims: () => ({ sub: id, preferred_username: username, ...claims }) };
  },
});

const answer = provider.callback();
createServer((request, response) => {
  if (request.url.startsWith('/interaction/')) interact(request, response).catch((error) => fail(response, error));
  else if (request.url === '/health/ready') response.end('ready');
  else answer(request, response);
}).listen(Number(PORT), '127.0.0.1');

/** The one page of an interaction: name and password, or what the client asks for. */
async function interact(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(prompt.name === 'login' ? signInPage(request.url) : consentPage(request.url, params.scope.split(' ')));
    return;
  }
  const form = new URLSearchParams(await bodyOf(request));
  const result = prompt.name === 'login' ? await signIn(form) : await consent({ prompt, params, session, grantId });
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: prompt.name !== 'login' });
}

async function signIn(form) {
  const user = people.get(form.get('username'));
  const proven = await verify(password, form.get('password'));
  if (user === undefined || !proven) throw new Error('wrong password');
  return { login: { accountId: user.username, remember: true } };
}

async function consent({ prompt, params, session, grantId }) {
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = known ?? new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope((prompt.details.missingOIDCScope ?? params.scope.split(' ')).join(' '));
  if (prompt.details.missingOIDCClaims) grant.addOIDCClaims(prompt.details.missingOIDCClaims);
  return { consent: { grantId: await grant.save() } };
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function fail(response, error) {
  response.statusCode = 500;
  response.end(error.message);
}

function signingKey(alg, type, options) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: alg };
}
