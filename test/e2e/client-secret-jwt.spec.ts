import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientSecretsService, ClientsService, type ClientMetadataInput } from '#clients/index.js';
import { SecretBox } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import { SealedClientSecretEntity } from '../../src/clients/sealed-client-secret.entity.js';
import { SealedClientSecretsRepository } from '../../src/clients/sealed-client-secrets.repository.js';
import { AdminApi } from '../support/admin-api.js';
import { assertion, assertionParameters, BareClient, type Answer, type AssertionWish } from '../support/bare-client.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aKeyHolder, aMachine, anApi, type GivenClient, uniqueName } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { databasesUnderTest, startService, type TestService } from '../support/start-service.js';

const REFUSED = { status: 401, body: { error: 'invalid_client' } };

onEveryDatabase('client_secret_jwt (OIDC Core §9, RFC 7523 §3)', (running) => {
  async function aSigner(wish: ClientMetadataInput = {}): Promise<GivenClient> {
    const { scopes } = await anApi(running.service);
    return aMachine(running.service, scopes, { tokenEndpointAuthMethod: 'client_secret_jwt', ...wish });
  }

  async function ask(client: GivenClient, wish: AssertionWish = {}): Promise<Answer> {
    const { service } = running;
    return new BareClient(service, client).ownToken({ ...(await assertionParameters(service, client, wish)) });
  }

  const secrets = () => running.service.app.get(ClientSecretsService, { strict: false });
  const clients = () => running.service.app.get(ClientsService, { strict: false });
  const now = () => running.service.clock.epochSeconds();

  it.each(['HS256', 'HS384', 'HS512'])('takes an assertion signed with %s', async (alg) => {
    expect((await ask(await aSigner(), { header: { alg } })).status).toBe(200);
  });

  it.each([
    ['iss of another', () => ({ iss: 'another' })],
    ['no exp', () => ({ exp: undefined })],
    ['exp past', () => ({ exp: now() - 11 })],
    ['exp far ahead', () => ({ exp: now() + 3600 })],
    ['no jti', () => ({ jti: undefined })],
    ['another aud', () => ({ aud: 'https://other.example' })],
    ['the token endpoint as aud', () => ({ aud: running.service.url('/oauth2/token') })],
  ])('refuses %s', async (_title, claims) => {
    expect(await ask(await aSigner(), { claims: claims() })).toMatchObject(REFUSED);
  });

  it('takes the token endpoint as aud from a client that follows older texts', async () => {
    const client = await aSigner({ clientAssertionAudience: 'compat' });
    expect((await ask(client, { claims: { aud: running.service.url('/oauth2/token') } })).status).toBe(200);
  });

  it('takes an assertion once, however many send it', async () => {
    const client = await aSigner();
    const parameters = { ...(await assertionParameters(running.service, client)) };
    const bare = new BareClient(running.service, client);
    const answers = await Promise.all(Array.from({ length: 5 }, () => bare.ownToken(parameters)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
  });

  it('refuses another secret, another typ, and an algorithm that the client is not registered for', async () => {
    const client = await aSigner({ tokenEndpointAuthSigningAlg: 'HS512' });
    expect((await ask(client, { header: { alg: 'HS512' } })).status).toBe(200);
    expect(await ask(client, { header: { alg: 'HS256' } })).toMatchObject(REFUSED);
    expect(await ask(client, { header: { alg: 'HS512', typ: 'at+jwt' } })).toMatchObject(REFUSED);
    expect(await ask({ ...client, clientSecret: 'x'.repeat(64) }, { header: { alg: 'HS512' } })).toMatchObject(REFUSED);
  });

  it('does not mix with the other methods (RFC 8725 §2.1)', async () => {
    const [signer, holder] = [
      await aSigner(),
      await aKeyHolder(running.service, { tokenEndpointAuthSigningAlg: 'ES256' }),
    ];
    const { scopes } = await anApi(running.service);
    const basic = await aMachine(running.service, scopes);
    const byKey = await assertion(running.service, holder, { claims: { iss: signer.clientId, sub: signer.clientId } });
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const bare = new BareClient(running.service, { ...signer, method: 'none' });
    expect(await bare.ownToken({ client_assertion: byKey, client_assertion_type: type })).toMatchObject(REFUSED);
    expect(await ask({ ...holder, method: 'client_secret_jwt', clientSecret: 'x'.repeat(64) })).toMatchObject(REFUSED);
    expect(await ask({ ...basic, method: 'client_secret_jwt' })).toMatchObject(REFUSED);
    const sent = new BareClient(running.service, { ...signer, method: 'client_secret_basic' });
    expect(await sent.ownToken()).toMatchObject(REFUSED);
  });

  it('takes all live secrets of the client, and none that ended', async () => {
    const client = await aSigner();
    const expiresAt = new Date(running.service.clock.now().getTime() + 60_000);
    const second = await secrets().add(client.clientId, { expiresAt });
    const next = { ...client, clientSecret: second?.value ?? '' };
    expect([(await ask(client)).status, (await ask(next)).status]).toEqual([200, 200]);
    const { items } = await secrets().list(client.clientId, { limit: 2 });
    await secrets().remove(client.clientId, items.find(({ id }) => id !== second?.id)?.id ?? '');
    expect(await ask(client)).toMatchObject(REFUSED);
    expect((await ask(next)).status).toBe(200);
    running.service.clock.advance('61s');
    expect(await ask(next)).toMatchObject(REFUSED);
  });

  it('keeps the secret sealed, and only for clients that sign with it', async () => {
    const { scopes } = await anApi(running.service);
    const [signer, other] = [await aSigner(), await aMachine(running.service, scopes)];
    const sealed = running.service.app.get(SealedClientSecretsRepository, { strict: false });
    expect(await secrets().signing(signer.clientId)).toMatchObject([{ value: signer.clientSecret }]);
    const [known] = (await secrets().list(other.clientId, { limit: 1 })).items;
    expect(await sealed.valuesOf([known?.id ?? ''])).toEqual([]);
    expect(signer.clientSecret).toHaveLength(64);
  });

  it('needs a new secret when a client begins to sign, over REST', async () => {
    const { scopes } = await anApi(running.service);
    const client = { ...(await aMachine(running.service, scopes)), method: 'client_secret_jwt' } as const;
    const api = await AdminApi.of(running.service);
    const path = `/clients/${client.clientId}`;
    const changed = await api.patch(path, { token_endpoint_auth_method: 'client_secret_jwt' });
    expect(changed.body).toMatchObject({ token_endpoint_auth_method: 'client_secret_jwt' });
    expect(await ask(client)).toMatchObject(REFUSED);
    const made = await api.made(`${path}/secrets`, {});
    expect((await ask({ ...client, clientSecret: String(made['client_secret']) })).status).toBe(200);
  });

  it('refuses a chosen secret of less than 256 bits (RFC 7518 §3.2)', async () => {
    const input = { grantTypes: ['client_credentials'], tokenEndpointAuthMethod: 'client_secret_jwt' } as const;
    const register = (clientSecret: string) => clients().register(input, { clientId: uniqueName('c'), clientSecret });
    expect(await register('x'.repeat(31))).toMatchObject({
      outcome: 'invalid',
      problems: [{ pointer: '#/client_secret' }],
    });
    expect(await register('x'.repeat(32))).toMatchObject({ outcome: 'registered' });
  });

  it('is announced with its algorithms (RFC 8414 §2)', async () => {
    const metadata = (await (
      await fetch(running.service.url('/.well-known/openid-configuration'))
    ).json()) as Answer['body'];
    for (const endpoint of ['token', 'revocation', 'introspection']) {
      expect(metadata[`${endpoint}_endpoint_auth_methods_supported`]).toContain('client_secret_jwt');
      const algorithms = metadata[`${endpoint}_endpoint_auth_signing_alg_values_supported`];
      expect(algorithms).toEqual(expect.arrayContaining(['HS256', 'HS384', 'HS512', 'ES256']));
    }
  });
});

const KEYS = ['one', 'two'].map((name) => Buffer.alloc(32, name).toString('base64url'));

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'secrets that sign on %s',
  (kind, url) => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sealed-'));
    let database: TestDatabase;

    beforeAll(async () => {
      database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'sealed.sqlite')}` : url);
    });
    afterAll(async () => {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    const withKeys = (...keys: readonly (string | undefined)[]): Promise<TestService> =>
      startService({ env: { DATABASE_URL: database.url, SECRET_KEYS: keys.join(',') } });
    const proves = async (service: TestService, client: GivenClient): Promise<number> =>
      (await new BareClient(service, client).ownToken({ ...(await assertionParameters(service, client)) })).status;

    it('sign on, sealed anew at the start that puts a new key first in SECRET_KEYS', async () => {
      const first = await withKeys(KEYS[0]);
      const { scopes } = await anApi(first);
      const client = await aMachine(first, scopes, { tokenEndpointAuthMethod: 'client_secret_jwt' });
      expect(await proves(first, client)).toBe(200);
      await first.close();

      const both = await withKeys(KEYS[1], KEYS[0]);
      expect(await proves(both, client)).toBe(200);
      const box = both.app.get(SecretBox, { strict: false });
      const kept = await both.app.get(Database, { strict: false }).rows(SealedClientSecretEntity).find();
      expect(kept.map(({ sealed }) => box.isOutdated(sealed))).toEqual([false]);
      await both.close();
    });
  },
);
