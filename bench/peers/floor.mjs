// The floor: what must be done and nothing else. The same signatures, hashes and durable rows, on Fastify and mysql2, with
// no check that a measured request does not need. Nobody should run it; it shows how much of a figure is the work itself.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify as verifySignature,
} from 'node:crypto';
import { promisify } from 'node:util';
import { hash, verify } from '@node-rs/argon2';
import Fastify from 'fastify';
import { createPool } from 'mysql2/promise';
import { API, APP, ARGON2, MACHINE, PASSWORD, users } from '../lib/facts.mjs';
import { consentPage, signInPage } from './pages.mjs';

const { DATABASE_URL, PORT, USERS, ISSUER } = process.env;
const signInPool = promisify(sign);
const people = new Map(users(Number(USERS)).map((user) => [user.username, user]));
const clients = new Map([APP, MACHINE].map(({ id, secret }) => [id, digest(secret)]));
const password = await hash(PASSWORD, ARGON2);
const keys = { RS256: keyPair('rsa', { modulusLength: 2048 }), ES256: keyPair('ec', { namedCurve: 'P-256' }) };

const pool = createPool({ uri: DATABASE_URL, connectionLimit: 20 });
const ID = 'VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin';
for (const table of [
  `floor_session (id ${ID} PRIMARY KEY, user VARCHAR(40), auth_time BIGINT, expires_at BIGINT, KEY (expires_at))`,
  `floor_consent (user VARCHAR(40), client VARCHAR(40), scope TEXT, PRIMARY KEY (user, client))`,
  `floor_interaction (id ${ID} PRIMARY KEY, request TEXT, session ${ID}, expires_at BIGINT, KEY (expires_at))`,
  `floor_grant (id ${ID} PRIMARY KEY, code ${ID}, redeemed_at BIGINT, user VARCHAR(40), client VARCHAR(40), scope TEXT, nonce TEXT,
    challenge ${ID}, refresh ${ID}, revoked_at BIGINT, expires_at BIGINT, UNIQUE (code), UNIQUE (refresh), KEY (expires_at))`,
  `floor_revoked (jti ${ID} PRIMARY KEY, expires_at BIGINT, KEY (expires_at))`,
]) {
  await pool.query(`CREATE TABLE ${table}`);
}

const server = Fastify();
server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
  done(null, new URLSearchParams(body));
});
const metadata = JSON.stringify({
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
  introspection_endpoint: `${ISSUER}/introspect`,
  revocation_endpoint: `${ISSUER}/revoke`,
  jwks_uri: `${ISSUER}/jwks`,
});
const jwks = JSON.stringify({
  keys: Object.entries(keys).map(([alg, { publicKey }]) => ({
    ...publicKey.export({ format: 'jwk' }),
    alg,
    use: 'sig',
    kid: alg,
  })),
});
const html = (reply, text) => reply.type('text/html; charset=utf-8').send(text);
const document = (text) => (_request, reply) => reply.type('application/json').send(text);

server.get('/health/ready', () => 'ready');
server.get('/.well-known/openid-configuration', document(metadata));
server.get('/jwks', document(jwks));

server.get('/authorize', async (request, reply) => {
  const session = await sessionOf(request);
  const query = request.query;
  if (session !== undefined && query.prompt !== 'consent') {
    const [[consent]] = await pool.execute('SELECT scope FROM floor_consent WHERE user = ? AND client = ?', [
      session.user,
      query.client_id,
    ]);
    if (consent !== undefined) return issue(reply, query, session);
  }
  const id = random();
  await pool.execute('INSERT INTO floor_interaction (id, request, expires_at) VALUES (?, ?, ?)', [
    digest(id),
    JSON.stringify(query),
    Date.now() + 1_800_000,
  ]);
  return reply.redirect(`/sign-in?interaction=${id}`, 303);
});

server.get('/sign-in', async (request, reply) => {
  await interactionOf(request.query.interaction);
  return html(reply, signInPage(request.url));
});

server.post('/sign-in', async (request, reply) => {
  const { interaction } = request.query;
  const row = await interactionOf(interaction);
  const user = people.get(request.body.get('username'));
  if (!(await verify(password, request.body.get('password'))) || user === undefined) throw new Error('wrong password');
  const session = random();
  await pool.execute('INSERT INTO floor_session (id, user, auth_time, expires_at) VALUES (?, ?, ?, ?)', [
    digest(session),
    user.username,
    Date.now(),
    Date.now() + 86_400_000,
  ]);
  const { prompt } = JSON.parse(row.request);
  reply.header('set-cookie', `session=${session}; HttpOnly; Path=/`);
  return reply.redirect(`${prompt === 'consent' ? '/consent' : '/resume'}?interaction=${interaction}`, 303);
});

server.get('/consent', async (request, reply) => {
  const { request: asked } = await interactionOf(request.query.interaction);
  return html(reply, consentPage(request.url, JSON.parse(asked).scope.split(' ')));
});

server.post('/consent', async (request, reply) => {
  const row = await interactionOf(request.query.interaction);
  const session = await sessionOf(request);
  const query = JSON.parse(row.request);
  await pool.execute('REPLACE INTO floor_consent (user, client, scope) VALUES (?, ?, ?)', [
    session.user,
    query.client_id,
    query.scope,
  ]);
  return reply.redirect(`/resume?interaction=${request.query.interaction}`, 303);
});

server.get('/resume', async (request, reply) => {
  const row = await interactionOf(request.query.interaction);
  const session = await sessionOf(request);
  const query = JSON.parse(row.request);
  if (query.prompt !== 'consent') {
    await pool.execute('REPLACE INTO floor_consent (user, client, scope) VALUES (?, ?, ?)', [
      session.user,
      query.client_id,
      query.scope,
    ]);
  }
  await pool.execute('DELETE FROM floor_interaction WHERE id = ?', [digest(request.query.interaction)]);
  return issue(reply, query, session);
});

server.post('/token', async (request, reply) => {
  const client = authenticated(request);
  const form = request.body;
  switch (form.get('grant_type')) {
    case 'client_credentials':
      return tokens(reply, { access_token: jwt('ES256', access(client, client, API, form.get('scope'))) });
    case 'authorization_code':
      return redeem(reply, client, form);
    default:
      return rotate(reply, client, form);
  }
});

server.post('/introspect', async (request) => {
  authenticated(request);
  const claims = verified(request.body.get('token'));
  if (claims === undefined || !(await stands(claims))) return { active: false };
  return { active: true, ...claims, username: claims.sub };
});

server.get('/userinfo', async (request) => {
  const claims = verified(request.headers.authorization.slice(7));
  if (!(await stands(claims))) throw new Error('revoked');
  const { username, ...rest } = people.get(claims.sub);
  return { sub: username, ...rest };
});

server.post('/revoke', async (request, reply) => {
  authenticated(request);
  const { jti, exp } = verified(request.body.get('token'));
  await pool.execute('INSERT IGNORE INTO floor_revoked (jti, expires_at) VALUES (?, ?)', [jti, exp * 1000]);
  return reply.send('');
});

await server.listen({ port: Number(PORT), host: '127.0.0.1' });

async function issue(reply, query, session) {
  const code = random();
  await pool.execute(
    'INSERT INTO floor_grant (id, code, user, client, scope, nonce, challenge, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      random(),
      digest(code),
      session.user,
      query.client_id,
      query.scope,
      query.nonce,
      query.code_challenge,
      Date.now() + 86_400_000,
    ],
  );
  const answer = new URLSearchParams({ code, state: query.state, iss: ISSUER });
  return reply.redirect(`${query.redirect_uri}?${answer}`, 303);
}

async function redeem(reply, client, form) {
  const code = digest(form.get('code'));
  const refresh = random();
  const [{ affectedRows }] = await pool.execute(
    'UPDATE floor_grant SET redeemed_at = ?, refresh = ? WHERE code = ? AND redeemed_at IS NULL AND client = ? AND challenge = ?',
    [Date.now(), digest(refresh), code, client, digest(form.get('code_verifier'))],
  );
  if (affectedRows !== 1) return reply.code(400).send({ error: 'invalid_grant' });
  const [[grant]] = await pool.execute('SELECT id, user, scope, nonce FROM floor_grant WHERE code = ?', [code]);
  return granted(reply, client, grant, refresh);
}

async function rotate(reply, client, form) {
  const [old, refresh] = [digest(form.get('refresh_token')), random()];
  const [[grant]] = await pool.execute(
    'SELECT id, user, scope, nonce FROM floor_grant WHERE refresh = ? AND client = ? AND revoked_at IS NULL',
    [old, client],
  );
  const [{ affectedRows }] = await pool.execute('UPDATE floor_grant SET refresh = ? WHERE refresh = ?', [
    digest(refresh),
    old,
  ]);
  if (affectedRows !== 1) return reply.code(400).send({ error: 'invalid_grant' });
  return granted(reply, client, grant, refresh);
}

async function granted(reply, client, { id, user, scope, nonce }, refresh) {
  const now = Math.floor(Date.now() / 1000);
  const access_token = jwt('ES256', { ...access(client, user, `${ISSUER}/userinfo`, scope), grant: id });
  const claims = {
    iss: ISSUER,
    sub: user,
    aud: client,
    iat: now,
    exp: now + 3600,
    auth_time: now,
    nonce: nonce ?? undefined,
  };
  const id_token = await jwtInPool('RS256', claims);
  return tokens(reply, {
    access_token,
    id_token,
    ...(scope.includes('offline_access') ? { refresh_token: refresh } : {}),
  });
}

function tokens(reply, answer) {
  return reply.header('cache-control', 'no-store').send({ token_type: 'Bearer', expires_in: 600, ...answer });
}

function access(client, sub, aud, scope) {
  const now = Math.floor(Date.now() / 1000);
  return { iss: ISSUER, sub, aud, client_id: client, scope, iat: now, exp: now + 600, jti: random() };
}

/** Neither revoked itself nor through its grant, and its user is there: one statement. */
async function stands({ jti, grant }) {
  const [[row]] = await pool.execute(
    'SELECT (SELECT COUNT(*) FROM floor_revoked WHERE jti = ?) AS revoked, (SELECT COUNT(*) FROM floor_grant WHERE id = ? AND revoked_at IS NULL) AS granted',
    [jti, grant ?? ''],
  );
  return row.revoked === 0 && (grant === undefined || row.granted === 1);
}

async function sessionOf({ headers: { cookie = '' } }) {
  const [, value] = /(?:^|; )session=([^;]+)/.exec(cookie) ?? [];
  if (value === undefined) return undefined;
  const [[row]] = await pool.execute('SELECT user, auth_time FROM floor_session WHERE id = ? AND expires_at > ?', [
    digest(value),
    Date.now(),
  ]);
  return row;
}

async function interactionOf(id) {
  const [[row]] = await pool.execute('SELECT request FROM floor_interaction WHERE id = ? AND expires_at > ?', [
    digest(id),
    Date.now(),
  ]);
  return row;
}

function authenticated({ headers: { authorization } }) {
  const [id, secret] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
  if (clients.get(id) !== digest(secret)) throw new Error('invalid client');
  return id;
}

function jwt(alg, claims) {
  const input = signingInput(alg, claims);
  return `${input}.${sign('sha256', input, signingKey(alg)).toString('base64url')}`;
}

async function jwtInPool(alg, claims) {
  const input = signingInput(alg, claims);
  return `${input}.${(await signInPool('sha256', Buffer.from(input), signingKey(alg))).toString('base64url')}`;
}

function signingInput(alg, claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg, kid: alg, typ: 'JWT' })}.${part(claims)}`;
}

function signingKey(alg) {
  return { key: keys[alg].privateKey, dsaEncoding: 'ieee-p1363' };
}

function verified(token) {
  const [header, payload, signature] = token.split('.');
  if (signature === undefined) return undefined;
  const key = { key: keys.ES256.publicKey, dsaEncoding: 'ieee-p1363' };
  const good = verifySignature('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  return good ? JSON.parse(Buffer.from(payload, 'base64url')) : undefined;
}

function keyPair(type, options) {
  const { privateKey, publicKey } = generateKeyPairSync(type, options);
  return {
    privateKey: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
  };
}

function digest(value) {
  return createHash('sha256').update(value).digest('base64url');
}

function random() {
  return randomBytes(32).toString('base64url');
}
