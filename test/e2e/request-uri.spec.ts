import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ClientMetadataInput } from '#clients/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient, encoded, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aKeyHolder, aUser, CALLBACK, type GivenClient, uniqueName } from '../support/given.js';
import { OutsideServer, type OutsideDocument } from '../support/outside-server.js';
import { encryptedTo, requestObject, type ObjectWish } from '../support/request-object.js';
import { throughEveryPage } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

const JWT = 'application/oauth-authz-req+jwt';
const place = new OutsideServer();
const env: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  await place.listen();
  Object.assign(env, place.env);
});
afterAll(() => place.close());
beforeEach(() => {
  place.clear();
  place.asked.length = 0;
});

onEveryDatabase(
  'request objects by reference (RFC 9101 §5.2, OIDC Core §6.2)',
  (running) => {
    const authorize = (parameters: Parameters) => running.service.url(`/oauth2/authorize?${encoded(parameters)}`);
    const visit = (url: string): Promise<Visit> => aBrowser(running.service).visit(url, { site: 'cross-site' });

    /** A client with keys and one registered place, which nobody else has. */
    async function aHolder(wish: ClientMetadataInput & { path?: string; host?: string } = {}) {
      const { path = `/${uniqueName('request')}`, host, ...metadata } = wish;
      const uri = place.url(path, host);
      const client = await aKeyHolder(running.service, { requestUris: [uri], ...metadata });
      return { client, path, uri };
    }

    /** Signs a request and puts it at a path. */
    async function serve(
      client: GivenClient,
      path: string,
      {
        parameters = {},
        served = {},
        ...wish
      }: ObjectWish & { parameters?: Parameters; served?: OutsideDocument } = {},
    ) {
      const sent = new BareClient(running.service, client).request(parameters);
      const body = await requestObject(running.service, client, sent.parameters, wish);
      place.put(path, { body, type: JWT, ...served });
      return { ...sent, body };
    }

    const send = ({ clientId }: GivenClient, request_uri: string, beside: Parameters = {}) =>
      visit(authorize({ client_id: clientId, request_uri, ...beside }));
    const expectShown = (page: Visit, error: string, description = /^/): void => {
      expect([page.leftFor, page.status, page.html.text('#error-code')]).toEqual([undefined, 400, error]);
      expect(page.html.text('#error-description')).toMatch(description);
    };
    const expectSignIn = (page: Visit): void => {
      expect([page.leftFor, page.status, page.html.has('#password')]).toEqual([undefined, 200, true]);
    };
    const lastDetail = () =>
      running.service.logs.entries.flatMap(({ detail }) => (typeof detail === 'string' ? [detail] : [])).at(-1);

    it('are fetched once, when the request arrives, and not again on its way', async () => {
      const { client, path, uri } = await aHolder();
      const alice = await aUser(running.service);
      const sent = await serve(client, path, { claims: { jti: randomUUID() } });
      const browser = aBrowser(running.service);
      const url = authorize({ client_id: client.clientId, request_uri: uri, scope: 'openid phone', state: 'x' });
      const page = await browser.visit(url, { site: 'cross-site' });
      place.clear();
      const { answer } = await throughEveryPage(browser, page, alice);
      expect(answer).toMatchObject({ state: sent.state });
      const bare = new BareClient(running.service, client);
      const { body } = await bare.redeem({ ...sent, code: String(answer['code']) });
      expect([body['scope'], place.asked]).toEqual(['openid', [path]]);
    });

    it('work by POST (OIDC Core §3.1.2.1)', async () => {
      const { client, path, uri } = await aHolder();
      const alice = await aUser(running.service);
      const { state } = await serve(client, path);
      const browser = aBrowser(running.service);
      const form = { client_id: client.clientId, request_uri: uri };
      const start = await browser.post(running.service.url('/oauth2/authorize'), form, { site: 'cross-site' });
      expect((await throughEveryPage(browser, start, alice)).answer).toMatchObject({ state });
      expect(place.asked).toHaveLength(1);
    });

    it('may change with each request: nothing is kept', async () => {
      const { client, path, uri } = await aHolder();
      const first = await serve(client, path, { parameters: { prompt: 'none' } });
      expect((await send(client, uri)).answer).toMatchObject({ error: 'login_required', state: first.state });
      const second = await serve(client, path, { parameters: { prompt: 'none' } });
      expect((await send(client, uri)).answer).toMatchObject({ error: 'login_required', state: second.state });
    });

    it.each([
      [JWT, ''],
      ['application/jwt', ''],
      ['Application/JWT; charset=UTF-8', '\n'],
    ])('may be served as %s (RFC 9101 §5.2.3)', async (mediaType, after) => {
      const { client, path, uri } = await aHolder();
      const { body } = await serve(client, path);
      place.put(path, { body: `${body}${after}`, type: mediaType });
      expectSignIn(await send(client, uri));
    });

    it('may have any fragment, which tells versions apart and is no part of the place (OIDC Core §6.2)', async () => {
      const { client, path, uri } = await aHolder();
      const { body } = await serve(client, path);
      const hash = createHash('sha256').update(body).digest('base64url');
      for (const fragment of ['', `#${hash}`, '#registered-before-the-content-was']) {
        expectSignIn(await send(client, `${uri}${fragment}`));
      }
      expect(place.asked).toEqual([path, path, path]);
      const registered = await aHolder({ requestUris: [`${uri}#of-the-registration`] });
      await serve(registered.client, path);
      expectSignIn(await send(registered.client, `${uri}#of-the-request`));
    });

    it('are worth what their signature is worth, whatever the fragment says of the content', async () => {
      const [{ client, path, uri }, other] = [await aHolder(), await aHolder()];
      const stolen = await requestObject(
        running.service,
        client,
        new BareClient(running.service, client).request().parameters,
        {
          key: other.client.privateKey,
        },
      );
      place.put(path, { body: stolen, type: JWT });
      const hash = createHash('sha256').update(stolen).digest('base64url');
      expectShown(await send(client, `${uri}#${hash}`), 'invalid_request_object', /cannot be verified/);
    });

    it('are fetched from registered places alone (RFC 9101 §10.4)', async () => {
      const { client, path, uri } = await aHolder();
      const other = await aHolder();
      await serve(client, path);
      for (const request_uri of [
        other.uri,
        `${uri}/`,
        `${uri}?x=y`,
        uri.replace('https:', 'http:'),
        uri.replace('localhost', 'LOCALHOST'),
        uri.replace('localhost', 'localhost@127.0.0.1'),
        uri.replace('localhost', '127.0.0.1'),
        'https://169.254.169.254/latest/meta-data',
        'file:///etc/passwd',
        'urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc014ltc14eY22c',
        'x',
      ]) {
        expectShown(await send(client, request_uri), 'invalid_request_uri', /request_uri is not registered/);
      }
      expect(place.asked).toEqual([]);
    });

    it('are not fetched for whoever names an unknown client, none, or one that is disabled', async () => {
      const { client, path, uri } = await aHolder();
      await serve(client, path);
      expectShown(await visit(authorize({ request_uri: uri })), 'invalid_request', /client_id/);
      expectShown(await visit(authorize({ request_uri: uri, client_id: 'nobody' })), 'invalid_client');
      await (await AdminApi.of(running.service)).patch(`/clients/${client.clientId}`, { status: 'disabled' });
      expectShown(await send(client, uri), 'invalid_client');
      expect(place.asked).toEqual([]);
    });

    it.each<[string, OutsideDocument, string]>([
      ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'the answer has status 302'],
      ['an error', { status: 500 }, 'the answer has status 500'],
      ['a page', { type: 'text/html' }, 'the answer is of another media type'],
      ['a text', { type: 'text/plain' }, 'the answer is of another media type'],
      ['a compressed answer', { headers: { 'content-encoding': 'gzip' } }, 'the answer is compressed'],
      ['a huge answer', { body: 'x'.repeat(64 * 1024 + 1) }, 'the answer is longer than 65536 bytes'],
    ])(
      'are not taken from %s, and who asks learns nothing of it (RFC 9101 §10.4.1)',
      async (_title, served, detail) => {
        const { client, path, uri } = await aHolder();
        const { body } = await serve(client, path, { served });
        place.put('/elsewhere', { body, type: JWT });
        const page = await send(client, uri, { redirect_uri: CALLBACK, state: 'x' });
        expectShown(page, 'invalid_request_uri', /^No request object can be had from the request_uri\.$/);
        expect(page.html.source).not.toMatch(/status|bytes|localhost|compressed/);
        expect(lastDetail()).toBe(`the request object cannot be fetched: ${detail}`);
        expect(place.asked).toEqual([path]);
      },
    );

    it.each(['127.0.0.1', '[::ffff:7f00:1]', '[::1]'])(
      'are not fetched from a private place that OUTBOUND_ALLOW does not name: %s (RFC 9700 §4.15)',
      async (host) => {
        const { client, path, uri } = await aHolder({ host });
        await serve(client, path);
        expectShown(await send(client, uri), 'invalid_request_uri');
        expect(place.asked).toEqual([]);
      },
    );

    it('that are not right are refused as such, on a page (RFC 9101 §7)', async () => {
      const { client, path, uri } = await aHolder();
      await serve(client, path, { claims: { request_uri: uri } });
      expectShown(await send(client, uri), 'invalid_request_object', /is inside/);
      await serve(client, path, { header: { alg: 'ES256', typ: 'at+jwt' } });
      expectShown(await send(client, uri), 'invalid_request_object', /cannot be verified/);
      place.put(path, { body: 'hello', type: JWT });
      expectShown(await send(client, uri), 'invalid_request_object', /cannot be verified/);
      place.put(path, { body: '', type: JWT });
      expectShown(await send(client, uri), 'invalid_request_object', /cannot be verified/);
      await serve(client, path, { parameters: { redirect_uri: 'https://evil.example/cb' } });
      expectShown(await send(client, uri, { redirect_uri: CALLBACK }), 'invalid_request', /redirect_uri/);
    });

    it('may be encrypted to this service (RFC 9101 §6.1)', async () => {
      const { client, path, uri } = await aHolder();
      const { body } = await serve(client, path);
      place.put(path, { body: await encryptedTo(running.service, body, 'RSA-OAEP-256'), type: JWT });
      expectSignIn(await send(client, uri));
    });

    it('are good for one request when they have a jti, and for many when they do not', async () => {
      const { client, path, uri } = await aHolder();
      await serve(client, path);
      expectSignIn(await send(client, uri));
      expectSignIn(await send(client, uri));
      await serve(client, path, { claims: { jti: randomUUID() } });
      expectSignIn(await send(client, uri));
      expectShown(await send(client, uri), 'invalid_request_object', /jti was used before/);
    });

    it('may be signed with a key that the client has just put at its jwks_uri (OIDC Core §10.1.1)', async () => {
      const [jwksPath, path] = [`/${uniqueName('jwks')}`, `/${uniqueName('request')}`];
      const rotate = async (kid: string): Promise<CryptoKey> => {
        const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
        place.put(jwksPath, { body: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid }] }) });
        return privateKey;
      };
      const wish = { jwksUri: place.url(jwksPath), requestUris: [place.url(path)] };
      const client = await aClient(running.service, wish);
      const first = await rotate('first');
      await serve(client, path, { key: first });
      expectSignIn(await send(client, place.url(path)));
      const second = await rotate('second');
      running.service.clock.advance('31s');
      await serve(client, path, { key: second, header: { kid: 'second' } });
      expectSignIn(await send(client, place.url(path)));
      await serve(client, path, { key: first });
      expectShown(await send(client, place.url(path)), 'invalid_request_object', /cannot be verified/);
    });

    it('of a client that must sign its requests are signed by nature (RFC 9101 §10.5)', async () => {
      const { client, path, uri } = await aHolder({ requireSignedRequestObject: true });
      await serve(client, path);
      expectSignIn(await send(client, uri));
    });

    it('are registered by an application itself, and work at once (OIDC Registration §2)', async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const path = `/${uniqueName('request')}`;
      const answer = await fetch(running.service.url('/oauth2/register'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          redirect_uris: [CALLBACK],
          jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'own', use: 'sig', alg: 'RS256' }] },
          request_uris: [`${place.url(path)}#${randomUUID()}`],
          request_object_signing_alg: 'RS256',
        }),
      });
      const registered = (await answer.json()) as { client_id: string; request_uris: string[] };
      const client: GivenClient = {
        clientId: registered.client_id,
        redirectUri: CALLBACK,
        method: 'client_secret_basic',
        privateKey,
      };
      const bareClaims = { iss: undefined, aud: undefined, exp: undefined, iat: undefined, nbf: undefined };
      const header = { alg: 'RS256', kid: 'own', typ: undefined };
      await serve(client, path, { header, claims: bareClaims, served: { type: 'application/jwt' } });
      const outer = { response_type: 'code', scope: 'openid' };
      expectSignIn(await send(client, registered.request_uris[0] ?? '', outer));
    });

    it('are not fetched without end for one address: whoever asks too often waits (RFC 9101 §10.4)', async () => {
      const { client, uri } = await aHolder();
      const waiting: Visit[] = [];
      // Some batches more than a minute allows, as a new one may begin meanwhile.
      for (let batch = 0; batch < 10 && waiting.length === 0; batch += 1) {
        const pages = await Promise.all(Array.from({ length: 40 }, () => send(client, uri)));
        waiting.push(...pages.filter(({ status }) => status === 429));
      }
      expect(Number(waiting[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(waiting[0]?.leftFor).toBeUndefined();
      expectSignIn(await visit(new BareClient(running.service, client).request().url));
    });
  },
  { env: () => ({ ...env, CLIENT_REGISTRATION: 'open' }) },
);
