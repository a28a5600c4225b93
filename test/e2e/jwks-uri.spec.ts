import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AdminApi } from '../support/admin-api.js';
import { assertionParameters, BareClient, type Answer, type AssertionWish } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aMachine, anApi, type GivenClient } from '../support/given.js';

const certificate = (name: string) => fileURLToPath(new URL(`../support/certificates/${name}`, import.meta.url));
const TLS = { key: readFileSync(certificate('localhost.key.pem')), cert: readFileSync(certificate('localhost.pem')) };
const REFUSED = { status: 401, body: { error: 'invalid_client' } };

/** The keys of a relying party and the https server where it publishes them. */
class KeyPlace {
  keys: object[] = [];
  mediaType = 'application/jwk-set+json';
  status = 200;
  asked = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer(TLS, (_request, response) => {
      this.asked += 1;
      const headers = { 'content-type': this.mediaType, location: this.url('127.0.0.1', '/elsewhere') };
      response.writeHead(this.status, headers).end(JSON.stringify({ keys: this.keys }));
    });
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  url(host = 'localhost', path = '/jwks'): string {
    return `https://${host}:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Puts a new key in the place of those published; its private part is for the client alone. */
  async rotate(kid: string, more: object = {}): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    this.keys = [{ ...(await exportJWK(publicKey)), kid, ...more }];
    return privateKey;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const place = new KeyPlace();
const env: NodeJS.ProcessEnv = { OUTBOUND_CA_FILE: certificate('ca.pem') };

beforeAll(async () => {
  await place.listen();
  env['OUTBOUND_ALLOW'] = new URL(place.url()).host;
});
afterAll(() => place.close());
beforeEach(() => {
  Object.assign(place, { keys: [], mediaType: 'application/jwk-set+json', status: 200, asked: 0 });
});

onEveryDatabase(
  'keys of a client at its jwks_uri (OIDC Registration §2, OIDC Core §10.1.1)',
  (running) => {
    async function aHolder(jwksUri = place.url()): Promise<GivenClient> {
      const { scopes } = await anApi(running.service);
      const client = await aMachine(running.service, scopes, { tokenEndpointAuthMethod: 'private_key_jwt', jwksUri });
      return { ...client, privateKey: await place.rotate('first') };
    }

    async function ask(client: GivenClient, wish: AssertionWish = {}): Promise<Answer> {
      const { service } = running;
      return new BareClient(service, client).ownToken({ ...(await assertionParameters(service, client, wish)) });
    }

    it('are fetched when the client first proves itself, and remembered', async () => {
      const client = await aHolder();
      expect(place.asked).toBe(0);
      const answers = await Promise.all(Array.from({ length: 5 }, () => ask(client)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(place.asked).toBe(1);
    });

    it('may be changed by the client: an assertion with a new kid is accepted (OIDC Core §10.1.1)', async () => {
      const client = await aHolder();
      expect((await ask(client)).status).toBe(200);
      const rotated = { ...client, privateKey: await place.rotate('second') };
      expect(await ask(rotated, { header: { kid: 'second' } })).toMatchObject(REFUSED); // too early to ask again
      expect(place.asked).toBe(1);
      running.service.clock.advance('30s');
      expect((await ask(rotated, { header: { kid: 'second' } })).status).toBe(200);
      expect(await ask(client)).toMatchObject(REFUSED);
      expect(place.asked).toBe(2);
    });

    it('may be changed without a kid', async () => {
      const client = await aHolder();
      await place.rotate('ignored', { kid: undefined });
      expect(await ask(client, { header: { kid: undefined } })).toMatchObject(REFUSED);
      const rotated = { ...client, privateKey: await place.rotate('ignored', { kid: undefined }) };
      running.service.clock.advance('31s');
      expect((await ask(rotated, { header: { kid: undefined } })).status).toBe(200);
    });

    it('are not used for longer than ten minutes after the client took them away', async () => {
      const client = await aHolder();
      expect((await ask(client)).status).toBe(200);
      await place.rotate('second');
      running.service.clock.advance('9m 59s');
      expect((await ask(client)).status).toBe(200);
      running.service.clock.advance('1s');
      expect(await ask(client)).toMatchObject(REFUSED);
    });

    it('are not asked for at each request of somebody who invents kids', async () => {
      const client = await aHolder();
      for (let attempt = 0; attempt < 5; attempt += 1) {
        expect(await ask(client, { header: { kid: `invented-${attempt}` } })).toMatchObject(REFUSED);
      }
      expect(place.asked).toBe(1);
    });

    it.each<[string, () => void]>([
      ['a redirect', () => Object.assign(place, { status: 302 })],
      ['an error', () => Object.assign(place, { status: 500 })],
      ['a page', () => Object.assign(place, { mediaType: 'text/html' })],
      ['a private key', () => (place.keys = place.keys.map((key) => ({ ...key, d: 'x' })))],
      ['keys for encryption', () => (place.keys = place.keys.map((key) => ({ ...key, use: 'enc' })))],
      ['too much', () => place.keys.push({ kty: 'EC', x: 'x'.repeat(70_000) })],
    ])('are not taken from %s, and the client learns nothing of it', async (_title, spoil) => {
      const client = await aHolder();
      spoil();
      const refused = await ask(client);
      expect(refused).toMatchObject(REFUSED);
      expect(refused.text).not.toMatch(/localhost|jwks|status|bytes/);
      expect(place.asked).toBe(1);
    });

    it.each(['127.0.0.1', '[::ffff:7f00:1]', '[::1]'])(
      'are not fetched from a private place that OUTBOUND_ALLOW does not name: %s (RFC 9700 §4.15)',
      async (host) => {
        const client = await aHolder(place.url(host));
        expect(await ask(client)).toMatchObject(REFUSED);
        expect(place.asked).toBe(0);
      },
    );

    it('are not fetched for whoever names a client that has none, or is disabled', async () => {
      const client = await aHolder();
      const api = await AdminApi.of(running.service);
      await api.patch(`/clients/${client.clientId}`, { status: 'disabled' });
      expect(await ask(client)).toMatchObject(REFUSED);
      const other = await aMachine(running.service, [], { jwksUri: place.url() });
      expect(await ask({ ...client, clientId: other.clientId })).toMatchObject(REFUSED);
      expect(place.asked).toBe(0);
    });

    it('replace keys by value, over REST', async () => {
      const api = await AdminApi.of(running.service);
      const privateKey = await place.rotate('first');
      const { scopes } = await anApi(running.service);
      const made = await api.made('/clients', {
        grant_types: ['client_credentials'],
        scope: scopes.join(' '),
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: place.keys },
      });
      const path = `/clients/${String(made['client_id'])}`;
      const both = await api.patch(path, { jwks_uri: place.url() });
      expect([both.status, both.body]).toMatchObject([422, { errors: [{ pointer: '#/jwks_uri' }] }]);
      const changed = await api.patch(path, { jwks: null, jwks_uri: place.url() });
      expect(changed.body).toMatchObject({ jwks_uri: place.url() });
      expect(changed.body).not.toHaveProperty('jwks');
      const client = {
        clientId: String(made['client_id']),
        redirectUri: '',
        method: 'private_key_jwt',
        privateKey,
      } as const;
      expect((await ask(client)).status).toBe(200);
      expect(place.asked).toBe(1);
    });
  },
  { env: () => env },
);
