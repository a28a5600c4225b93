import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, anApi, aUser, CALLBACK } from '../support/given.js';
import { givenFrom, manageItself, registerItself, selfRegistered, sendable } from '../support/self-registered.js';
import { signIn } from '../support/signing-in.js';
import { startService } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const CORP = 'https://app.corp.example/callback';
const WITHOUT_PKCE = { code_challenge: undefined, code_challenge_method: undefined };

onEveryDatabase(
  'the policy for clients that register themselves (RFC 7591 §5)',
  (running) => {
    const register = (metadata: Readonly<Record<string, unknown>> = {}) =>
      registerItself(running.service, { redirect_uris: [CORP], ...metadata });

    it('says which scopes they may ask for: those of APIs as well, never those of administrators', async () => {
      await anApi(running.service, { scopes: ['trips.read'] });
      const { status, body } = await register({ scope: 'openid trips.read' });
      expect([status, body['scope']]).toEqual([201, 'openid trips.read']);
      for (const scope of ['openid phone', 'openid clients:write', 'openid trips.write']) {
        expect(await register({ scope })).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
      }
    });

    it('and what they get that name none', async () => {
      expect((await register()).body['scope']).toBe('openid email');
    });

    it('leaves scopes of APIs to the user, unticked, and standard ones that it names, ticked; also what comes later (RFC 7592 §2.2)', async () => {
      const [trips] = (await anApi(running.service, { scopes: ['trips.list'] })).scopes;
      const { body } = await register({ scope: 'openid email' });
      const changed = await manageItself(body, 'PUT', { ...sendable(body), scope: `openid email ${trips}` });
      expect(changed.status).toBe(200);
      const bare = new BareClient(running.service, givenFrom(body));
      const [browser, alice] = [aBrowser(running.service), await aUser(running.service)];
      const wish = { ...WITHOUT_PKCE, scope: `openid email ${trips}` };
      const page = await signIn(browser, await browser.visit(bare.request(wish).url, { site: 'cross-site' }), alice);
      const boxes = page.html.tags.filter(({ attributes }) => attributes.get('name') === 'scope');
      expect(boxes.map(({ attributes }) => [attributes.get('value'), attributes.has('checked')])).toEqual([
        ['email', true],
        [trips, false],
      ]);
      const { response } = await bare.signIn(aBrowser(running.service), alice, wish);
      expect(response.body['scope']).toBe('openid email');
    });

    it('gives them an access token for such an API', async () => {
      const { scopes } = await anApi(running.service, { scopes: ['trips.write.own'] });
      expect(scopes).toEqual(['trips.write.own']);
      const { body } = await register({ scope: 'openid trips.write.own' });
      const [bare, alice] = [new BareClient(running.service, givenFrom(body)), await aUser(running.service)];
      const wish = { ...WITHOUT_PKCE, scope: 'openid trips.write.own' };
      const ticked = { consent: { scope: ['trips.write.own'] } };
      const { response } = await bare.signIn(aBrowser(running.service), alice, wish, ticked);
      expect(response.body['scope']).toBe('openid trips.write.own');
    });

    it('says which grant types they may have', async () => {
      expect((await register({ grant_types: ['authorization_code', 'refresh_token'] })).status).toBe(201);
      const implicit = { grant_types: ['authorization_code', 'implicit'], response_types: ['code id_token'] };
      expect(await register(implicit)).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
    });

    it.each([
      [CALLBACK, 'invalid_redirect_uri'],
      ['https://corp.example/callback', 'invalid_redirect_uri'],
      ['https://app.corp.example.evil.example/callback', 'invalid_redirect_uri'],
    ])('says where they may send users: not to %s', async (uri, error) => {
      expect(await register({ redirect_uris: [CORP, uri] })).toMatchObject({ status: 400, body: { error } });
      const afterwards = await register({ post_logout_redirect_uris: [uri] });
      expect(afterwards).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
    });

    it('holds when they change themselves, save for what an administrator gave them (RFC 7592 §2.2)', async () => {
      const answer = (await register()).body;
      const wider = { ...sendable(answer), redirect_uris: [CORP, CALLBACK] };
      expect((await manageItself(answer, 'PUT', wider)).body['error']).toBe('invalid_redirect_uri');
      const api = await AdminApi.of(running.service);
      await api.patch(`/clients/${String(answer['client_id'])}`, { redirect_uris: [CORP, CALLBACK] });
      expect((await manageItself(answer, 'PUT', { ...wider, client_name: 'Named' })).status).toBe(200);
    });

    it('binds no administrator', async () => {
      const api = await AdminApi.of(running.service);
      expect((await api.post('/clients', { redirect_uris: [CALLBACK], scope: 'openid phone' })).status).toBe(201);
    });

    it('ends those that nobody used in time', async () => {
      const answer = (await register()).body;
      const purge = () => running.service.app.get(JobsService, { strict: false }).runNow('purge-clients');
      running.service.clock.advance('6d');
      await purge();
      expect((await manageItself(answer, 'GET')).status).toBe(200);
      running.service.clock.advance('1d');
      await purge();
      expect((await manageItself(answer, 'GET')).status).toBe(401);
    });
  },
  {
    env: {
      CLIENT_REGISTRATION: 'open',
      CLIENT_REGISTRATION_SCOPES: 'openid, email, trips.read, trips.list, trips.write.own, clients:write',
      CLIENT_REGISTRATION_OPTIONAL_SCOPES: 'email',
      CLIENT_REGISTRATION_GRANT_TYPES: 'authorization_code,refresh_token',
      CLIENT_REGISTRATION_REDIRECT_HOSTS: '*.corp.example',
      CLIENT_REGISTRATION_UNUSED_DAYS: '7',
    },
  },
);

onEveryDatabase(
  'the rate of registrations',
  (running) => {
    it('is what the operator says (RFC 7591 §5)', async () => {
      const statuses: number[] = [];
      for (let times = 0; times < 4; times += 1) statuses.push((await registerItself(running.service)).status);
      expect(statuses).toEqual([201, 201, 201, 429]);
      expect((await registerItself(running.service)).headers.get('retry-after')).toMatch(/^\d+$/);
    });

    it('is that of changes as well, each of which may have us fetch something (RFC 7592 §2.2, RFC 9700 §4.15)', async () => {
      const there = { registration_client_uri: running.service.url('/oauth2/register/somebody') };
      const change = () => manageItself({ ...there, registration_access_token: 'guessed' }, 'PUT', {});
      const statuses: number[] = [];
      for (let times = 0; times < 4; times += 1) statuses.push((await change()).status);
      expect(statuses).toEqual([401, 401, 401, 429]);
    });
  },
  { env: { CLIENT_REGISTRATION: 'open', CLIENT_REGISTRATION_RATE: '3' } },
);

onEveryDatabase(
  'a client that registered itself and an administrator has checked',
  (running) => {
    const path = (answer: Readonly<Record<string, unknown>>) => `/clients/${String(answer['client_id'])}`;

    it('is shown as such, to administrators and on pages', async () => {
      const { service } = running;
      const answer = await selfRegistered(service, { client_name: 'Trip Planner' });
      const api = await AdminApi.of(service);
      const before = (await api.get(path(answer))).body;
      expect(before).toMatchObject({ self_registered: true });
      expect(before).not.toHaveProperty('vetted');
      const [bare, alice] = [new BareClient(service, givenFrom(answer)), await aUser(service)];
      const words = async (): Promise<string[]> => {
        const browser = aBrowser(service);
        const page = await browser.visit(bare.request(WITHOUT_PKCE).url, { site: 'cross-site' });
        return [page.html.words, (await signIn(browser, page, alice)).html.words];
      };
      for (const page of await words()) expect(page).toContain('has checked this application');
      expect((await api.patch(path(answer), { vetted: true })).body).toMatchObject({ vetted: true });
      for (const page of await words()) expect(page).not.toContain('has checked this application');
      expect((await api.patch(path(answer), { vetted: false })).status).toBe(200);
      for (const page of await words()) expect(page).toContain('has checked this application');
    });

    it('is not any more once it changes itself, and stays so when it says the same again (RFC 7592 §2.2)', async () => {
      const answer = await selfRegistered(running.service, { client_name: 'Trip Planner' });
      const api = await AdminApi.of(running.service);
      await api.patch(path(answer), { vetted: true });
      const same = await manageItself(answer, 'PUT', sendable(answer));
      expect(same.status, same.text).toBe(200);
      expect((await api.get(path(answer))).body['vetted']).toBe(true);
      const { client_secret: _kept, ...rest } = sendable(answer);
      const token = same.body['registration_access_token'];
      const renamed = await manageItself({ ...answer, registration_access_token: token }, 'PUT', {
        ...rest,
        client_name: 'Payroll of the company',
      });
      expect(renamed.status, renamed.text).toBe(200);
      expect((await api.get(path(answer))).body).not.toHaveProperty('vetted');
    });

    it('asks the user again once it changes itself, whatever was decided for what it was (RFC 6749 §10.2)', async () => {
      const answer = await selfRegistered(running.service, { client_name: 'Trip Planner' });
      const api = await AdminApi.of(running.service);
      const decided = await api.patch(path(answer), { vetted: true, first_party: true, consent: 'skip' });
      expect(decided.status, decided.text).toBe(200);
      const [bare, alice] = [new BareClient(running.service, givenFrom(answer)), await aUser(running.service)];
      const browser = aBrowser(running.service);
      await bare.signIn(browser, alice, WITHOUT_PKCE);
      const silently = async () =>
        (await browser.visit(bare.request({ ...WITHOUT_PKCE, prompt: 'none' }).url, { site: 'cross-site' })).answer;
      expect(await silently()).toHaveProperty('code');
      const [redirect] = answer['redirect_uris'] as string[];
      const moved = { ...sendable(answer), redirect_uris: [redirect, 'https://evil.example/callback'] };
      expect((await manageItself(answer, 'PUT', moved)).status).toBe(200);
      expect(await silently()).toMatchObject({ error: 'consent_required' });
    });

    it('cannot say so itself', async () => {
      const answer = await selfRegistered(running.service, { vetted: true });
      expect(answer).not.toHaveProperty('vetted');
      await manageItself(answer, 'PUT', { ...sendable(answer), vetted: true });
      const api = await AdminApi.of(running.service);
      expect((await api.get(path(answer))).body).not.toHaveProperty('vetted');
      expect((await api.patch(path(answer), { self_registered: false })).status).toBe(422);
    });

    it('is one that registered itself: others need no checking', async () => {
      const { clientId } = await aClient(running.service);
      const api = await AdminApi.of(running.service);
      expect((await api.get(`/clients/${clientId}`)).body).toMatchObject({ self_registered: false });
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);

onEveryDatabase(
  'a client that changes how it proves itself (RFC 7592 §2.2)',
  (running) => {
    const put = async (answer: Readonly<Record<string, unknown>>, changes: object) => {
      const { client_secret: _secret, ...rest } = sendable(answer);
      const { status, body, text } = await manageItself(answer, 'PUT', { ...rest, ...changes });
      expect(status, text).toBe(200);
      return body;
    };
    const works = async (answer: Readonly<Record<string, unknown>>, client_secret: unknown): Promise<unknown> => {
      const client = givenFrom({ ...answer, client_secret });
      return (await new BareClient(running.service, client).refresh('nonsense')).body['error'];
    };
    const REFRESHING = { grant_types: ['authorization_code', 'refresh_token'] };

    it('keeps its secret where that still serves', async () => {
      const answer = await selfRegistered(running.service, REFRESHING);
      const after = await put(answer, { token_endpoint_auth_method: 'client_secret_post' });
      expect(after).not.toHaveProperty('client_secret');
      expect(await works(after, answer['client_secret'])).toBe('invalid_grant');
    });

    it('gets one that can sign when it comes to sign with it, and the old one ends (OIDC Core §9)', async () => {
      const answer = await selfRegistered(running.service, REFRESHING);
      const signing = await put(answer, { token_endpoint_auth_method: 'client_secret_jwt' });
      expect(String(signing['client_secret']).length).toBeGreaterThan(String(answer['client_secret']).length);
      expect(await works(signing, signing['client_secret'])).toBe('invalid_grant');
      const back = await put(signing, { token_endpoint_auth_method: 'client_secret_basic' });
      expect(await works(back, signing['client_secret'])).toBe('invalid_grant');
      expect(await works(back, answer['client_secret'])).toBe('invalid_client');
    });

    it('echoes where a login may start, which must be https (OIDC Core §4)', async () => {
      const initiate_login_uri = 'https://rp.example/start';
      const answer = await selfRegistered(running.service, { initiate_login_uri });
      expect(answer['initiate_login_uri']).toBe(initiate_login_uri);
      expect((await manageItself(answer, 'GET')).body['initiate_login_uri']).toBe(initiate_login_uri);
      const http = { ...sendable(answer), initiate_login_uri: 'http://rp.example/start' };
      const refused = await manageItself(answer, 'PUT', http);
      expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);

describe('a production issuer', () => {
  it('lends its name to a client that was checked, and to no other (RFC 9700 §4.11.2)', async () => {
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
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'login.example' };
      const { body } = await registerItself({ url: (path) => base + path }, {}, headers);
      const browser = new UserAgent(service.issuer, { connectTo: base, headers });
      const wrong = new BareClient(service, givenFrom(body)).request({ scope: 'nonsense' }).url;
      expect((await browser.visit(wrong, { site: 'cross-site' })).leftFor).toBeUndefined();
      const clients = service.app.get(ClientsService, { strict: false });
      await clients.update(String(body['client_id']), { vetted: true });
      expect((await browser.visit(wrong, { site: 'cross-site' })).answer['error']).toBe('invalid_scope');
    } finally {
      await service.close();
    }
  });
});
