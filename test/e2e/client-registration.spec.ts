import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { answerOf, BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aBrowser, aClient, aUser, CALLBACK, type GivenClient } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import { startService } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';
import { sendable } from '../support/self-registered.js';

type Metadata = Readonly<Record<string, unknown>>;

const MINIMUM: Metadata = { redirect_uris: [CALLBACK] };
const WITHOUT_PKCE = { code_challenge: undefined, code_challenge_method: undefined };
const ONCE = '[A-Za-z0-9_-]{43}';

/** Sends JSON, or whatever text is given, with a bearer token or none. */
async function send(url: string, method: string, body?: unknown, token?: string): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer = await answerOf(response);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  return answer;
}

function register({ service }: Running, metadata: unknown = MINIMUM, token?: string): Promise<Answer> {
  return send(service.url('/oauth2/register'), 'POST', metadata, token);
}

async function registered(running: Running, metadata: Metadata = MINIMUM): Promise<Metadata> {
  const { status, body, text } = await register(running, metadata);
  expect(status, text).toBe(201);
  return body;
}

/** Speaks to the client configuration endpoint as the client that the answer is about. */
function manage(answer: Metadata, method: string, body?: unknown, token = answer['registration_access_token']) {
  return send(String(answer['registration_client_uri']), method, body, String(token));
}

function given(answer: Metadata): GivenClient {
  return {
    clientId: String(answer['client_id']),
    clientSecret: String(answer['client_secret']),
    redirectUri: CALLBACK,
    method: answer['token_endpoint_auth_method'] as GivenClient['method'],
  };
}

onEveryDatabase(
  'open client registration',
  (running) => {
    it('answers with all that is registered, defaults included (RFC 7591 §3.2.1, OIDC Registration §2)', async () => {
      const { status, headers, body } = await register(running);
      expect(status).toBe(201);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(body).toEqual({
        client_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        client_id_issued_at: running.service.clock.epochSeconds(),
        client_secret: expect.stringMatching(`^${ONCE}$`) as string,
        client_secret_expires_at: 0,
        registration_client_uri: running.service.url(`/oauth2/register/${String(body['client_id'])}`),
        registration_access_token: expect.stringMatching(`^${ONCE}$`) as string,
        redirect_uris: [CALLBACK],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
        application_type: 'web',
        subject_type: 'public',
        id_token_signed_response_alg: 'RS256',
        scope: 'openid profile email address phone',
      });
    });

    it('echoes what was asked, in the order and form of the registries (RFC 6749 §3.1.1)', async () => {
      const wish = {
        client_name: 'Trip Planner',
        grant_types: ['authorization_code', 'implicit', 'refresh_token'],
        response_types: ['code', 'id_token code', 'token id_token'],
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'ES256',
        contacts: ['ops@trips.example'],
        client_uri: 'https://trips.example/',
        logo_uri: 'https://trips.example/logo.png',
        policy_uri: 'https://trips.example/policy',
        tos_uri: 'https://trips.example/terms',
        post_logout_redirect_uris: ['https://rp.example/bye'],
        default_max_age: 3600,
        require_auth_time: true,
        scope: 'openid  email',
      };
      expect(await registered(running, { ...MINIMUM, ...wish })).toMatchObject({
        ...wish,
        response_types: ['code', 'code id_token', 'id_token token'],
        scope: 'openid email',
      });
    });

    it('ignores what it does not know and our own members, and takes null for absent (RFC 7591 §2)', async () => {
      const ours = {
        client_id: 'mine',
        client_secret: 'mine',
        first_party: true,
        consent: 'skip',
        require_pkce: false,
      };
      const unknown = { favourite_colour: 'blue', 'client_name#fr': 'Voyages', constructor: 'x', tos_uri: null };
      const answer = await registered(running, { ...MINIMUM, ...ours, ...unknown });
      for (const name of [...Object.keys(unknown), 'first_party', 'consent', 'require_pkce']) {
        expect(Object.keys(answer)).not.toContain(name);
      }
      expect([answer['client_id'], answer['client_secret']]).not.toContain('mine');
      const record = await running.service.app.get(ClientsService, { strict: false }).find(String(answer['client_id']));
      expect(record).toMatchObject({
        selfRegistered: true,
        firstParty: false,
        consent: 'ask',
        requirePkce: false,
        clientAssertionAudience: 'compat',
      });
    });

    it('wants PKCE of public clients and gives them no secret (RFC 9700 §2.1.1)', async () => {
      const answer = await registered(running, { ...MINIMUM, token_endpoint_auth_method: 'none' });
      expect(answer).not.toHaveProperty('client_secret');
      expect(answer).not.toHaveProperty('client_secret_expires_at');
      const visit = await aBrowser(running.service).visit(
        new BareClient(running.service, given(answer)).request(WITHOUT_PKCE).url,
        { site: 'cross-site' },
      );
      expect(visit.answer['error']).toBe('invalid_request');
    });

    it('takes a client that only listens on this machine for a native one (RFC 8252 §7.3)', async () => {
      const redirect_uris = ['http://localhost:7777/callback'];
      const local = await registered(running, { redirect_uris, token_endpoint_auth_method: 'none' });
      expect(local['application_type']).toBe('native');
    });

    describe.each([
      ['a fragment', 'https://rp.example/callback#there'],
      ['a script', 'javascript:alert(1)'],
      ['a wildcard', 'https://*.rp.example/callback'],
      ['a private scheme of a web client', 'com.example.app:/callback'],
      ['dot segments', 'https://rp.example/a/../callback'],
      ['a user name', 'https://me@rp.example/callback'],
    ])('refuses a redirect URI with %s', (_what, uri) => {
      it('as invalid_redirect_uri (RFC 7591 §3.2.2)', async () => {
        const { status, body } = await register(running, { redirect_uris: [CALLBACK, uri] });
        expect(status).toBe(400);
        expect(body).toEqual({
          error: 'invalid_redirect_uri',
          error_description: expect.stringMatching(/^redirect_uris\/1 /) as string,
        });
      });
    });

    it.each([{}, { redirect_uris: [] }, { redirect_uris: 'https://rp.example' }, { redirect_uris: [7] }])(
      'refuses %j: a redirect needs somewhere to go (RFC 6749 §3.1.2)',
      async (metadata) => {
        expect((await register(running, metadata)).body['error']).toBe('invalid_redirect_uri');
      },
    );

    it.each([
      { client_name: 7 },
      { client_name: '' },
      { contacts: 'ops@rp.example' },
      { grant_types: 'authorization_code' },
      { grant_types: ['password'] },
      { grant_types: ['client_credentials'] },
      { grant_types: ['authorization_code', 'client_credentials'] },
      { grant_types: ['implicit'] },
      { grant_types: [] },
      { response_types: ['code token id_token extra'] },
      { response_types: ['id_token'] },
      { response_types: ['code id_token'], grant_types: ['authorization_code'] },
      { token_endpoint_auth_method: 'tls_client_auth' },
      { token_endpoint_auth_method: 'private_key_jwt' },
      { token_endpoint_auth_signing_alg: 'RS256' },
      { application_type: 'desktop' },
      { subject_type: 'sector' },
      { id_token_signed_response_alg: 'none' },
      { jwks: { keys: {} } },
      { jwks: [] },
      { jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } },
      { scope: ['openid'] },
      { scope: 'openid clients:write' },
      { logo_uri: 'http://rp.example/logo.png' },
      { policy_uri: 'javascript:alert(1)' },
      { post_logout_redirect_uris: ['http://rp.example/bye'] },
      { default_max_age: -1 },
      { default_max_age: '3600' },
      { require_auth_time: 'yes' },
      { jwks_uri: 'http://rp.example/jwks' },
      { sector_identifier_uri: 'http://rp.example/sector' },
      { request_uris: ['http://rp.example/request'] },
      { software_statement: 7 },
    ])('refuses %j as invalid_client_metadata (RFC 7591 §3.2.2)', async (metadata) => {
      const { status, headers, body } = await register(running, { ...MINIMUM, ...metadata });
      expect(status).toBe(400);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(body).toEqual({
        error: 'invalid_client_metadata',
        error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/) as string,
      });
    });

    it.each(['[]', '"text"', '7', 'null', ''])('refuses the body %s', async (body) => {
      expect(await register(running, body)).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
    });

    it('refuses a form, and JSON that is none', async () => {
      const form = { method: 'POST', body: new URLSearchParams({ client_name: 'x' }) };
      const answer = await answerOf(await fetch(running.service.url('/oauth2/register'), form));
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
      expect((await register(running, '{')).status).toBe(400);
    });

    it('lets nobody take the name of a client of the company (RFC 7591 §5)', async () => {
      await aClient(running.service, { clientName: 'Payroll', firstParty: true });
      const { status, body } = await register(running, { ...MINIMUM, client_name: 'Pаyro11' });
      expect(status).toBe(400);
      expect(body).toEqual({
        error: 'invalid_client_metadata',
        error_description: 'client_name is too much like the name of another client.',
      });
      const own = await registered(running, { ...MINIMUM, client_name: 'Pay Day' });
      const renamed = await manage(own, 'PUT', { ...sendable(own), client_name: 'PAYROLL' });
      expect(renamed.body['error']).toBe('invalid_client_metadata');
    });

    it('signs users in, who are told that nobody has checked the client', async () => {
      const answer = await registered(running, {
        ...MINIMUM,
        client_name: 'Trip Planner',
        policy_uri: 'https://trips.example/policy',
        tos_uri: 'https://trips.example/terms',
      });
      const [bare, alice, browser] = [
        new BareClient(running.service, given(answer)),
        await aUser(running.service),
        aBrowser(running.service),
      ];
      const sent = bare.request(WITHOUT_PKCE);
      const page = await browser.visit(sent.url, { site: 'cross-site' });
      expect(page.html.words).toContain('has checked this application');
      const consent = await signIn(browser, page, alice);
      expect(consent.html.words).toContain('has checked this application');
      const links = consent.html.tags.map(({ attributes }) => attributes.get('href'));
      expect(links).toEqual(expect.arrayContaining(['https://trips.example/policy', 'https://trips.example/terms']));
      const { answer: back } = await browser.submit(consent, '#consent-allow');
      const tokens = await bare.redeem({ ...sent, code: back['code'] ?? '' });
      expect(tokens.status).toBe(200);
      expect((await bare.userinfo(String(tokens.body['access_token']))).body['sub']).toBe(alice.id);
    });

    it('deletes after 90 days what nobody used, and nothing else', async () => {
      const [unused, used] = [await registered(running), await registered(running)];
      const user = await aUser(running.service);
      await new BareClient(running.service, given(used)).signIn(aBrowser(running.service), user);
      const purge = () => running.service.app.get(JobsService, { strict: false }).runNow('purge-clients');
      const kinds = async () => [(await manage(unused, 'GET')).status, (await manage(used, 'GET')).status];
      running.service.clock.advance('89d');
      await purge();
      expect(await kinds()).toEqual([200, 200]);
      running.service.clock.advance('1d');
      await purge();
      expect(await kinds()).toEqual([401, 200]);
    });

    it('is in the metadata (OIDC Discovery §3)', async () => {
      const { body } = await answerOf(await fetch(running.service.url('/.well-known/openid-configuration')));
      expect(body['registration_endpoint']).toBe(running.service.url('/oauth2/register'));
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);

onEveryDatabase(
  'management by the client itself',
  (running) => {
    it('reads the record, without the secret that nobody keeps (RFC 7592 §2.1)', async () => {
      const answer = await registered(running);
      const { client_secret: _secret, client_secret_expires_at: _end, ...rest } = answer;
      const read = await manage(answer, 'GET');
      expect(read.status).toBe(200);
      expect(read.body).toEqual(rest);
    });

    it('replaces the record as a whole and the token with it (RFC 7592 §2.2)', async () => {
      const answer = await registered(running, {
        ...MINIMUM,
        client_name: 'Before',
        tos_uri: 'https://trips.example/terms',
        contacts: ['ops@trips.example'],
      });
      const { tos_uri: _gone, contacts: _too, ...rest } = sendable(answer);
      const changed = await manage(answer, 'PUT', { ...rest, client_name: 'After', policy_uri: null });
      expect(changed.status, changed.text).toBe(200);
      expect(changed.body).toMatchObject({ client_id: answer['client_id'], client_name: 'After' });
      for (const name of ['tos_uri', 'contacts', 'client_secret']) expect(changed.body).not.toHaveProperty(name);
      expect(changed.body['registration_access_token']).not.toBe(answer['registration_access_token']);
      expect((await manage(answer, 'GET')).status).toBe(401);
      expect((await manage(changed.body, 'GET')).body['client_name']).toBe('After');
    });

    it('lets a token change the record once, however many try (RFC 7592 §2.2)', async () => {
      const answer = await registered(running);
      const names = ['One', 'Two', 'Three', 'Four'];
      const tries = await Promise.all(
        names.map((client_name) => manage(answer, 'PUT', { ...sendable(answer), client_name })),
      );
      expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const { status } of tries) expect([200, 401, 503]).toContain(status);
    });

    it.each([
      { registration_access_token: 'x' },
      { registration_client_uri: 'https://rp.example' },
      { client_secret_expires_at: 0 },
      { client_id_issued_at: 0 },
      { client_id: 'another' },
      { client_id: undefined },
      { client_secret: 'wrong' },
      { client_secret: 7 },
    ])('refuses %j as invalid_request and changes nothing (RFC 7592 §2.2)', async (wrong) => {
      const answer = await registered(running);
      const refused = await manage(answer, 'PUT', { ...sendable(answer), client_name: 'Changed', ...wrong });
      expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
      expect((await manage(answer, 'GET')).body).not.toHaveProperty('client_name');
    });

    it('refuses metadata that could not be registered, and keeps the token (RFC 7592 §2.2)', async () => {
      const answer = await registered(running);
      const refused = await manage(answer, 'PUT', { ...sendable(answer), redirect_uris: ['https://rp.example/#x'] });
      expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
      expect((await manage(answer, 'GET')).status).toBe(200);
    });

    it('gives a secret to a client that comes to use one, and ends it when it stops', async () => {
      const { service } = running;
      const open = await registered(running, { ...MINIMUM, token_endpoint_auth_method: 'none' });
      const method = { token_endpoint_auth_method: 'client_secret_post' };
      const secret = (await manage(open, 'PUT', { ...sendable(open), ...method })).body;
      expect(secret).toMatchObject({ client_secret: expect.any(String) as string, client_secret_expires_at: 0 });
      const bare = new BareClient(service, given(secret));
      expect((await bare.refresh('nonsense')).body['error']).toBe('unauthorized_client');
      const { client_secret: _secret, ...rest } = sendable(secret);
      const again = (await manage(secret, 'PUT', { ...rest, token_endpoint_auth_method: 'none' })).body;
      const { body } = await manage(again, 'PUT', { ...sendable(again), ...method });
      expect(body['client_secret']).not.toBe(secret['client_secret']);
      expect((await bare.refresh('nonsense')).body['error']).toBe('invalid_client');
    });

    it('keeps what an administrator has decided', async () => {
      const answer = await registered(running);
      const path = `/clients/${String(answer['client_id'])}`;
      const api = await AdminApi.of(running.service);
      const decided = { scope: 'openid', allowed_groups: [], require_pkce: true, consent: 'always' };
      expect((await api.patch(path, decided)).status).toBe(200);
      const { scope: _asked, ...rest } = sendable(answer);
      expect((await manage(answer, 'PUT', { ...rest, client_name: 'After' })).body['scope']).toBe('openid');
      expect((await api.get(path)).body).toMatchObject({ ...decided, client_name: 'After' });
    });

    it('deletes the client with all that was granted to it (RFC 7592 §2.3)', async () => {
      const answer = await registered(running, {
        ...MINIMUM,
        grant_types: ['authorization_code', 'refresh_token'],
      });
      const [bare, alice] = [new BareClient(running.service, given(answer)), await aUser(running.service)];
      const tokens = await bare.signIn(aBrowser(running.service), alice, { scope: 'openid offline_access' });
      const deleted = await manage(answer, 'DELETE');
      expect([deleted.status, deleted.text]).toEqual([204, '']);
      expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
      expect((await bare.refresh(tokens.refreshToken)).status).toBe(401);
      for (const method of ['GET', 'DELETE']) {
        expect(await manage(answer, method)).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
      }
    });

    it('is nobody else’s, and not for a disabled client (RFC 7592 §3)', async () => {
      const [one, other] = [await registered(running), await registered(running)];
      const byAdministrator = await aClient(running.service);
      const uri = running.service.url(`/oauth2/register/${byAdministrator.clientId}`);
      const tries = [
        await manage(one, 'GET', undefined, other['registration_access_token']),
        await manage(one, 'DELETE', undefined, other['registration_access_token']),
        await manage(one, 'PUT', sendable(one), 'nonsense'),
        await manage({ ...one, registration_client_uri: uri }, 'GET'),
      ];
      for (const { status, headers, body } of tries) {
        expect([status, body['error']]).toEqual([401, 'invalid_token']);
        expect(headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
      }
      const clients = running.service.app.get(ClientsService, { strict: false });
      await clients.update(String(one['client_id']), { status: 'disabled' });
      expect((await manage(one, 'GET')).status).toBe(401);
    });

    it('keeps no value of a token or secret, and logs none (RFC 7591 §5)', async () => {
      const answer = await registered(running);
      const api = await AdminApi.of(running.service);
      const made = await api.made('/initial-access-tokens');
      const { dataSource } = running.service.app.get(Database, { strict: false });
      const tables = ['client', 'client_secret', 'client_registration', 'initial_access_token'];
      const rows = await Promise.all(tables.map((table) => dataSource.query<object[]>(`SELECT * FROM ${table}`)));
      for (const found of rows) expect(found.length).toBeGreaterThan(0);
      const values = [answer['registration_access_token'], answer['client_secret'], made['initial_access_token']];
      for (const value of values) {
        expect(value).toEqual(expect.any(String));
        expect(JSON.stringify(rows)).not.toContain(String(value));
        expect(running.service.logs.text).not.toContain(String(value));
      }
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);

onEveryDatabase(
  'registration by initial access token',
  (running) => {
    it('needs one (RFC 7591 §3)', async () => {
      const without = await register(running);
      expect(without.status).toBe(401);
      expect(without.headers.get('www-authenticate')).toBe('Bearer realm="gatehouse"');
      const wrong = await register(running, MINIMUM, 'nonsense');
      expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
      expect(wrong.headers.get('www-authenticate')).toMatch(/error="invalid_token"/);
    });

    it('is allowed as often as the administrator said, and a failure counts for nothing', async () => {
      const api = await AdminApi.of(running.service);
      const made = await api.made('/initial-access-tokens', { description: 'Trips Ltd', max_uses: 2 });
      expect(made).toMatchObject({ description: 'Trips Ltd', max_uses: 2, uses: 0, expires_at: null });
      const token = String(made['initial_access_token']);
      expect((await register(running, { redirect_uris: ['nonsense'] }, token)).status).toBe(400);
      const tries = await Promise.all([1, 2, 3, 4, 5].map(() => register(running, MINIMUM, token)));
      expect(tries.map(({ status }) => status).sort()).toEqual([201, 201, 401, 401, 401]);
      const path = `/initial-access-tokens/${String(made['id'])}`;
      const { body } = await api.get(path);
      expect(body['uses']).toBe(2);
      expect(body).not.toHaveProperty('initial_access_token');
      expect(await api.all('/initial-access-tokens')).toContainEqual(body);
    });

    it('ends with its time, and when it is revoked', async () => {
      const api = await AdminApi.of(running.service);
      const end = new Date(running.service.clock.now().getTime() + 60_000).toISOString();
      const brief = await api.made('/initial-access-tokens', { expires_at: end });
      const lasting = await api.made('/initial-access-tokens');
      const use = async (token: object) =>
        (await register(running, MINIMUM, (token as Record<string, string>)['initial_access_token'])).status;
      expect([await use(brief), await use(lasting)]).toEqual([201, 201]);
      running.service.clock.advance('61s');
      expect([await use(brief), await use(lasting)]).toEqual([401, 201]);
      expect((await api.delete(`/initial-access-tokens/${String(lasting['id'])}`)).status).toBe(204);
      expect(await use(lasting)).toBe(401);
      expect((await api.delete(`/initial-access-tokens/${String(lasting['id'])}`)).status).toBe(404);
      await running.service.app.get(JobsService, { strict: false }).runNow('purge-clients');
      expect((await api.get(`/initial-access-tokens/${String(brief['id'])}`)).status).toBe(404);
    });

    it('does not serve to manage a client, nor the other way round', async () => {
      const api = await AdminApi.of(running.service);
      const token = String((await api.made('/initial-access-tokens'))['initial_access_token']);
      const { body } = await register(running, MINIMUM, token);
      expect((await manage(body, 'GET', undefined, token)).status).toBe(401);
      expect((await register(running, MINIMUM, String(body['registration_access_token']))).status).toBe(401);
    });

    it('is issued only to administrators who may, and only as makes sense', async () => {
      const reader = await AdminApi.of(running.service, ['initial-access-tokens:read']);
      expect((await reader.post('/initial-access-tokens')).status).toBe(403);
      const api = await AdminApi.of(running.service);
      const wrong = { description: ' ', max_uses: 0, expires_at: '2001-01-01T00:00:00Z', other: 1 };
      const refused = await api.post('/initial-access-tokens', wrong);
      expect(refused.status).toBe(422);
      expect(pointersOf(refused)).toEqual(['#/description', '#/expires_at', '#/max_uses', '#/other']);
    });
  },
  { env: { CLIENT_REGISTRATION: 'token' } },
);

onEveryDatabase('registration that is switched off', (running) => {
  it('is not there and not in the metadata (RFC 8414 §2)', async () => {
    expect((await register(running)).status).toBe(404);
    for (const method of ['GET', 'DELETE']) {
      expect((await send(running.service.url('/oauth2/register/x'), method, undefined, 'x')).status).toBe(404);
    }
    const { body } = await answerOf(await fetch(running.service.url('/.well-known/openid-configuration')));
    expect(body).not.toHaveProperty('registration_endpoint');
  });
});

describe('a production issuer', () => {
  it('sends nobody to an unchecked client who does not know of it (RFC 9700 §4.11.2)', async () => {
    const service = await startService({
      env: {
        ISSUER: 'https://login.example',
        TRUST_PROXY: '127.0.0.1',
        SECRET_KEYS: randomBytes(32).toString('base64url'),
        CLIENT_REGISTRATION: 'open',
      },
    });
    try {
      const base = `http://127.0.0.1:${service.settings.server.port}`;
      const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'login.example' };
      const response = await fetch(`${base}/oauth2/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...forwarded },
        body: JSON.stringify(MINIMUM),
      });
      const self = new BareClient(service, given((await response.json()) as Metadata));
      const checked = new BareClient(service, await aClient(service));
      const browser = new UserAgent(service.issuer, { connectTo: base, headers: forwarded });
      const visit = (bare: BareClient, wish: Readonly<Record<string, string>>) =>
        browser.visit(bare.request(wish).url, { site: 'cross-site' });

      const stopped = await visit(self, { scope: 'nonsense' });
      expect(stopped.leftFor).toBeUndefined();
      expect(stopped.status).toBe(400);
      expect(stopped.html.words).toContain('rp.example');
      const links = stopped.html.tags.map(({ attributes }) => attributes.get('href') ?? '');
      expect(links.some((href) => href.startsWith(`${CALLBACK}?error=invalid_scope`))).toBe(true);

      expect((await visit(self, { scope: 'nonsense', prompt: 'none' })).answer['error']).toBe('invalid_scope');
      expect((await visit(self, { prompt: 'none' })).answer['error']).toBe('login_required');
      expect((await visit(checked, { scope: 'nonsense' })).answer['error']).toBe('invalid_scope');

      const page = await visit(self, {});
      expect((await browser.submit(page, '#cancel')).answer['error']).toBe('access_denied');
    } finally {
      await service.close();
    }
  });
});
