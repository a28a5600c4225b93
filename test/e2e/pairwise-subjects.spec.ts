import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientMetadataInput } from '#clients/index.js';
import { SubjectKey } from '#keys/index.js';
import { AdminApi, JSON_TYPE, pointersOf } from '../support/admin-api.js';
import { answerOf, BareClient, type Answer, type SignedIn } from '../support/bare-client.js';
import { databaseKind } from '../support/databases.js';
import { onEveryDatabase } from '../support/every-database.js';
import {
  aBrowser,
  aClient,
  anApi,
  aUser,
  CALLBACK,
  uniqueName,
  type GivenClient,
  type GivenUser,
} from '../support/given.js';
import { LogoutReceiver } from '../support/logout-receiver.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { OutsideServer } from '../support/outside-server.js';
import { manageItself, selfRegistered, sendable } from '../support/self-registered.js';
import { RelyingParty } from '../support/relying-party.js';
import { signOut, throughEveryPage } from '../support/signing-in.js';
import { databasesUnderTest, startService, type TestService } from '../support/start-service.js';

const PAIRWISE = { subjectType: 'pairwise' } as const;
const SUBJECT = /^[A-Za-z0-9_-]{43}$/;
const ELSEWHERE = 'https://elsewhere.example/callback';

let outside: OutsideServer;
const receiver = new LogoutReceiver();
const env: NodeJS.ProcessEnv = { CLIENT_REGISTRATION: 'open' };

beforeAll(async () => {
  outside = await OutsideServer.start();
  await receiver.listen();
  Object.assign(env, outside.env, { OUTBOUND_ALLOW: `${outside.host},${receiver.host}` });
});
afterAll(async () => {
  await receiver.close();
  await outside.close();
});

function subjectIn(jwt: string): string {
  return String(decodeJwt(jwt).sub);
}

/** Signs the user in through a new pairwise client. */
async function pairwiseSignIn(
  service: TestService,
  user: GivenUser,
  wish: ClientMetadataInput = {},
  parameters: Readonly<Record<string, string>> = {},
): Promise<SignedIn & { readonly bare: BareClient }> {
  const bare = new BareClient(service, await aClient(service, { ...PAIRWISE, ...wish }));
  return { ...(await bare.signIn(aBrowser(service), user, parameters)), bare };
}

onEveryDatabase(
  'pairwise subject identifiers (OIDC Core §8.1)',
  (running) => {
    it('are offered beside public ones (OIDC Discovery §3)', async () => {
      const { body } = await answerOf(await fetch(running.service.url('/.well-known/openid-configuration')));
      expect(body['subject_types_supported']).toEqual(['public', 'pairwise']);
    });

    it('are all that the client learns: the same in every token and answer, and not the user id', async () => {
      const { service } = running;
      const alice = await aUser(service);
      const client = await aClient(service, PAIRWISE);
      const rp = await RelyingParty.of(service, client);
      const session = await rp.signIn(aBrowser(service), alice, { scope: 'openid profile offline_access' });
      const { sub } = session.claims;
      expect(sub).toMatch(SUBJECT);
      expect((await rp.userinfo(session)).sub).toBe(sub);
      expect(subjectIn(session.tokens.access_token)).toBe(sub);
      const refreshToken = String(session.tokens.refresh_token);
      expect((await rp.introspect(session.tokens.access_token)).sub).toBe(sub);
      expect((await rp.introspect(refreshToken)).sub).toBe(sub);
      const refreshed = await rp.refresh(refreshToken);
      expect(subjectIn(refreshed.access_token)).toBe(sub);
      expect(refreshed.claims()?.sub ?? sub).toBe(sub);
      const said = [session.tokens.id_token, session.tokens.access_token].map((jwt) =>
        JSON.stringify(decodeJwt(String(jwt))),
      );
      for (const claims of said) expect(claims).not.toContain(alice.id);
    });

    it('are in an ID token of the front channel as well (OIDC Core §3.3.3.6)', async () => {
      const alice = await aUser(running.service);
      const hybrid: ClientMetadataInput = {
        grantTypes: ['authorization_code', 'implicit'],
        responseTypes: ['code id_token'],
      };
      const response_type = 'code id_token';
      const bare = new BareClient(running.service, await aClient(running.service, { ...PAIRWISE, ...hybrid }));
      const sent = bare.request({ response_type });
      const browser = aBrowser(running.service);
      const visit = await throughEveryPage(browser, await browser.visit(sent.url, { site: 'cross-site' }), alice);
      const { id_token = '', code = '' } = Object.fromEntries(new URLSearchParams(visit.leftFor?.hash.slice(1)));
      expect(subjectIn(id_token)).toMatch(SUBJECT);
      const redeemed = await bare.redeem({ ...sent, code });
      expect(subjectIn(String(redeemed.body['id_token']))).toBe(subjectIn(id_token));
    });

    it('are in opaque tokens, too, as the API sees them (RFC 9068 §6)', async () => {
      const { service } = running;
      const { identifier, scopes } = await anApi(service, { accessTokenFormat: 'opaque' });
      const scope = `openid ${scopes[0] ?? ''}`;
      const wish = { scope: scope.split(' ') };
      const signedIn = await pairwiseSignIn(service, await aUser(service), wish, { scope, resource: identifier });
      const introspected = await signedIn.bare.introspect(signedIn.accessToken);
      expect(introspected.body).toMatchObject({ active: true, sub: subjectIn(signedIn.idToken) });
    });

    it('differ from one sector to another, and stay within one', async () => {
      const { service } = running;
      const [alice, bob] = [await aUser(service), await aUser(service)];
      const subject = async (user: GivenUser, wish: ClientMetadataInput = {}) =>
        subjectIn((await pairwiseSignIn(service, user, wish)).idToken);
      const here = await subject(alice);
      expect(await subject(alice)).toBe(here);
      expect(await subject(alice, { redirectUris: ['https://rp.example:8443/another'] })).toBe(here);
      expect(await subject(alice, { redirectUris: [ELSEWHERE] })).not.toBe(here);
      expect(await subject(bob)).not.toBe(here);
    });

    it('say in a logout token who signed out (OIDC Back-Channel Logout §2.4)', async () => {
      const { service } = running;
      const path = `/${uniqueName('out')}`;
      const client = await aClient(service, { ...PAIRWISE, backchannelLogoutUri: receiver.url(path) });
      const browser = aBrowser(service);
      const { idToken } = await new BareClient(service, client).signIn(browser, await aUser(service));
      await signOut(browser, service);
      const [logout] = await receiver.arrived(1, path);
      expect(logout?.claims.sub).toBe(subjectIn(idToken));
    });

    it('come with a session that no other sector knows by the same name (OIDC Core §8.1, OIDC Back-Channel Logout §2.1)', async () => {
      const { service } = running;
      const [alice, browser] = [await aUser(service), aBrowser(service)];
      const sidOf = async (client: GivenClient) =>
        decodeJwt((await new BareClient(service, client).signIn(browser, alice)).idToken)['sid'];
      const path = `/${uniqueName('sid')}`;
      const told = { backchannelLogoutUri: receiver.url(path) };
      const framed = {
        redirectUris: [ELSEWHERE],
        frontchannelLogoutUri: 'https://elsewhere.example/out',
        frontchannelLogoutSessionRequired: true,
      };
      const own = await sidOf(await aClient(service, { ...PAIRWISE, ...told }));
      const sibling = await sidOf(await aClient(service, PAIRWISE));
      const foreign = await sidOf(await aClient(service, { ...PAIRWISE, ...framed }));
      const everybodys = await sidOf(await aClient(service));
      expect(sibling).toBe(own);
      expect(new Set([own, foreign, everybodys]).size).toBe(3);
      const done = await signOut(browser, service);
      const [frame] = done.html.tags.filter(({ name }) => name === 'iframe');
      expect(new URL(frame?.attributes.get('src') ?? '').searchParams.get('sid')).toBe(foreign);
      const [logout] = await receiver.arrived(1, path);
      expect(logout?.claims['sid']).toBe(own);
    });

    it('leave public clients alone', async () => {
      const { service } = running;
      const alice = await aUser(service);
      const bare = new BareClient(service, await aClient(service));
      expect(subjectIn((await bare.signIn(aBrowser(service), alice)).idToken)).toBe(alice.id);
    });

    it('name the user in an id_token_hint (OIDC Core §3.1.2.1)', async () => {
      const { service } = running;
      const [alice, bob] = [await aUser(service), await aUser(service)];
      const bare = new BareClient(service, await aClient(service, PAIRWISE));
      const browser = aBrowser(service);
      const { idToken } = await bare.signIn(browser, alice);
      const others = await bare.signIn(aBrowser(service), bob);
      const hinted = await bare.ask(browser, alice, { prompt: 'none', id_token_hint: idToken });
      expect(hinted.answer).toHaveProperty('code');
      const wrong = await bare.ask(browser, alice, { prompt: 'none', id_token_hint: others.idToken });
      expect(wrong.answer['error']).toBe('login_required');
      const asked = await browser.visit(bare.request({ id_token_hint: others.idToken }).url, { site: 'cross-site' });
      expect(asked.html.has('#password')).toBe(true);
    });

    it('do not keep administrators from the administration API: it finds the user by the grant', async () => {
      const { service } = running;
      const admin = await aUser(service, { groups: ['administrators'] });
      const wish: ClientMetadataInput = { scope: ['openid', 'clients:read'], firstParty: true };
      const scope = 'openid clients:read';
      const { accessToken } = await pairwiseSignIn(service, admin, wish, { scope });
      const headers = { authorization: `Bearer ${accessToken}` };
      expect((await fetch(service.url('/api/v1/clients'), { headers })).status).toBe(200);
      const employee = await pairwiseSignIn(service, await aUser(service), wish, { scope });
      const refused = { authorization: `Bearer ${employee.accessToken}` };
      expect((await fetch(service.url('/api/v1/clients'), { headers: refused })).status).not.toBe(200);
    });

    describe('with a sector_identifier_uri (OIDC Registration §5)', () => {
      const register = async (metadata: object): Promise<Answer> =>
        answerOf(
          await fetch(running.service.url('/oauth2/register'), {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(metadata),
          }),
        );
      const wish = (sector_identifier_uri: string, redirect_uris = [CALLBACK, ELSEWHERE]) => ({
        subject_type: 'pairwise',
        redirect_uris,
        sector_identifier_uri,
      });
      const aPath = () => `/${uniqueName('sector')}`;

      it('are shared by the clients that its document names', async () => {
        const { service } = running;
        const alice = await aUser(service);
        const uri = outside.putJson(aPath(), [CALLBACK, ELSEWHERE]);
        const subjects: string[] = [];
        for (const redirectUri of [CALLBACK, ELSEWHERE]) {
          const { status, body, text } = await register(wish(uri, [redirectUri]));
          expect(status, text).toBe(201);
          expect(body).toMatchObject({ subject_type: 'pairwise', sector_identifier_uri: uri });
          const bare = new BareClient(service, {
            clientId: String(body['client_id']),
            clientSecret: String(body['client_secret']),
            redirectUri,
            method: 'client_secret_basic',
          });
          subjects.push(subjectIn((await bare.signIn(aBrowser(service), alice)).idToken));
        }
        expect(new Set(subjects).size).toBe(1);
      });

      it.each([
        ['lacks a redirect URI', { body: JSON.stringify([CALLBACK]) }],
        ['is an object', { body: JSON.stringify({ redirect_uris: [CALLBACK, ELSEWHERE] }) }],
        ['has more than texts', { body: JSON.stringify([CALLBACK, ELSEWHERE, 7]) }],
        ['is no JSON', { body: `["${CALLBACK}", "${ELSEWHERE}"` }],
        ['is a page', { body: JSON.stringify([CALLBACK, ELSEWHERE]), type: 'text/html' }],
        ['is not there', { status: 404 }],
        ['is elsewhere', { status: 302, headers: { location: '/elsewhere' } }],
        ['is too long', { body: JSON.stringify([CALLBACK, ELSEWHERE, 'x'.repeat(70_000)]) }],
      ])('refuse a client whose document %s', async (_what, document) => {
        const { status, body, text } = await register(wish(outside.put(aPath(), document)));
        expect(status).toBe(400);
        expect(body['error']).toBe('invalid_client_metadata');
        expect(text).not.toMatch(/404|302|bytes/); // what was met on the way is nobody else's
      });

      it('ask nobody for the document of a client that could not be registered anyway', async () => {
        const path = aPath();
        const uri = outside.putJson(path, [CALLBACK]);
        expect((await register({ ...wish(uri), scope: 'clients:write' })).status).toBe(400);
        expect((await register({ ...wish(uri), redirect_uris: ['https://rp.example/#x'] })).status).toBe(400);
        expect(outside.count(path)).toBe(0);
      });

      it('are checked again when the client changes its redirect URIs, and not otherwise (RFC 7592 §2.2)', async () => {
        const path = aPath();
        const uri = outside.putJson(path, [CALLBACK]);
        const { body } = await register(wish(uri, [CALLBACK]));
        const put = async (token: unknown, changes: object) =>
          answerOf(
            await fetch(String(body['registration_client_uri']), {
              method: 'PUT',
              headers: { 'content-type': 'application/json', authorization: `Bearer ${String(token)}` },
              body: JSON.stringify({ client_id: body['client_id'], ...wish(uri, [CALLBACK]), ...changes }),
            }),
          );
        const token = body['registration_access_token'];
        const refused = await put(token, { redirect_uris: [CALLBACK, ELSEWHERE] });
        expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
        expect(outside.count(path)).toBe(2);
        const renamed = await put(token, { client_name: 'Renamed' });
        expect(renamed.status, renamed.text).toBe(200);
        expect(outside.count(path)).toBe(2);
        outside.putJson(path, [CALLBACK, ELSEWHERE]);
        const moved = await put(renamed.body['registration_access_token'], { redirect_uris: [CALLBACK, ELSEWHERE] });
        expect(moved.status, moved.text).toBe(200);
      });

      it.each([
        ['once', '', { 'idempotency-key': uniqueName('key') }],
        ['on a condition', '', { 'if-none-match': '"other"' }],
        ['as a rehearsal', '?dry_run=true', {}],
      ])('hold nobody up who writes while an administrator waits for them, %s', async (_how, query, headers) => {
        const api = await AdminApi.of(running.service);
        const body = JSON.stringify([CALLBACK]);
        const uri = outside.put(aPath(), { body, meanwhile: () => aClient(running.service) });
        const wanted = JSON.stringify(wish(uri, [CALLBACK]));
        const answer = await api.send('POST', `/clients${query}`, { body: wanted, type: JSON_TYPE, headers });
        expect([200, 201], answer.text).toContain(answer.status);
        const refused = JSON.stringify(wish(uri));
        const again = { ...headers, ...('idempotency-key' in headers ? { 'idempotency-key': uniqueName('key') } : {}) };
        const wrong = await api.send('POST', `/clients${query}`, { body: refused, type: JSON_TYPE, headers: again });
        expect([wrong.status, ...pointersOf(wrong)]).toEqual([422, '#/sector_identifier_uri']);
      });

      it('give a client no time to bring back what an administrator takes away meanwhile (RFC 7591 §5)', async () => {
        const { service } = running;
        const { scopes } = await anApi(service);
        const [granted, narrowed] = [`openid ${String(scopes[0])}`, 'openid'];
        const answer = await selfRegistered(service);
        const api = await AdminApi.of(service);
        const record = `/clients/${String(answer['client_id'])}`;
        await api.patch(record, { scope: granted });
        const uri = outside.put(aPath(), {
          body: JSON.stringify([CALLBACK]),
          meanwhile: () => api.patch(record, { scope: narrowed }),
        });
        const wider = { ...sendable(answer), scope: granted, sector_identifier_uri: uri };
        expect((await manageItself(answer, 'PUT', wider)).status).toBe(503);
        expect((await manageItself(answer, 'GET')).body['scope']).toBe(narrowed);
        expect((await manageItself(answer, 'PUT', wider)).status).toBe(400);
      });

      it('are checked for administrators, too', async () => {
        const api = await AdminApi.of(running.service);
        const path = aPath();
        const uri = outside.putJson(path, [CALLBACK]);
        const refused = await api.post('/clients', wish(uri));
        expect([refused.status, ...pointersOf(refused)]).toEqual([422, '#/sector_identifier_uri']);
        const { client_id } = await api.made('/clients', wish(uri, [CALLBACK]));
        const address = `/clients/${String(client_id)}`;
        expect((await api.patch(address, { client_name: 'Renamed' })).status).toBe(200);
        expect(outside.count(path)).toBe(2);
        const moved = await api.patch(address, { redirect_uris: [CALLBACK, ELSEWHERE] });
        expect([moved.status, ...pointersOf(moved)]).toEqual([422, '#/sector_identifier_uri']);
        outside.putJson(path, [CALLBACK, ELSEWHERE]);
        expect((await api.patch(address, { redirect_uris: [CALLBACK, ELSEWHERE] })).status).toBe(200);
        const split = await api.patch(address, { sector_identifier_uri: null });
        expect([split.status, ...pointersOf(split)]).toEqual([422, '#/sector_identifier_uri']);
      });
    });
  },
  { env },
);

const KEYS = ['one', 'two'].map((name) => Buffer.alloc(32, name).toString('base64url'));

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url]))(
  'the key of pairwise subjects on %s',
  (kind, url) => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'gatehouse-pairwise-'));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    const aDatabase = () =>
      aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, `${uniqueName('p')}.sqlite`)}` : url);

    it('outlives every change of SECRET_KEYS, so that nobody becomes somebody else (OIDC Core §8.1)', async () => {
      const database = await aDatabase();
      const withKeys = (keys: readonly (string | undefined)[]) =>
        startService({ env: { DATABASE_URL: database.url, SECRET_KEYS: keys.join(',') } });
      const first = await withKeys([KEYS[0]]);
      const alice = await aUser(first);
      const client = await aClient(first, PAIRWISE);
      const { idToken } = await new BareClient(first, client).signIn(aBrowser(first), alice);
      await first.close();
      const both = await withKeys([KEYS[1], KEYS[0]]);
      const again = await new BareClient(both, client).signIn(aBrowser(both), alice);
      expect(subjectIn(again.idToken)).toBe(subjectIn(idToken));
      await both.close();
      await database.drop();
    });

    it('is made once, however many replicas start first', async () => {
      const database = await aDatabase();
      const shared = { env: { DATABASE_URL: database.url, SECRET_KEYS: KEYS[0] } };
      const replicas = await Promise.all([startService(shared), startService(shared)]);
      const macs = replicas.map(({ app }) => app.get(SubjectKey, { strict: false }).mac('somebody'));
      expect(macs[0]).toBe(macs[1]);
      for (const replica of replicas) await replica.close();
      await database.drop();
    });
  },
);
