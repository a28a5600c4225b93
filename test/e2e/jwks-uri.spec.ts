import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AdminApi } from '../support/admin-api.js';
import { assertionParameters, BareClient, type Answer, type AssertionWish } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aMachine, anApi, type GivenClient } from '../support/given.js';
import { KeyPlace } from '../support/key-place.js';

const REFUSED = { status: 401, body: { error: 'invalid_client' } };

const place = new KeyPlace();
const env: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  await place.listen();
  Object.assign(env, place.env);
});
afterAll(() => place.close());
beforeEach(() => {
  place.reset();
});

onEveryDatabase(
  'keys of a client at its jwks_uri (OIDC Registration §2, OIDC Core §10.1.1)',
  (running) => {
    async function aHolder(jwksUri = place.jwksUri()): Promise<GivenClient> {
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
        const client = await aHolder(place.jwksUri(host));
        expect(await ask(client)).toMatchObject(REFUSED);
        expect(place.asked).toBe(0);
      },
    );

    it('are not fetched for whoever names a client that has none, or is disabled', async () => {
      const client = await aHolder();
      const api = await AdminApi.of(running.service);
      await api.patch(`/clients/${client.clientId}`, { status: 'disabled' });
      expect(await ask(client)).toMatchObject(REFUSED);
      const other = await aMachine(running.service, [], { jwksUri: place.jwksUri() });
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
      const both = await api.patch(path, { jwks_uri: place.jwksUri() });
      expect([both.status, both.body]).toMatchObject([422, { errors: [{ pointer: '#/jwks_uri' }] }]);
      const changed = await api.patch(path, { jwks: null, jwks_uri: place.jwksUri() });
      expect(changed.body).toMatchObject({ jwks_uri: place.jwksUri() });
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
