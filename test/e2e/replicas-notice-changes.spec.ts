import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientSecretsService, ClientsService } from '#clients/index.js';
import { ResourcesService, ScopesService } from '#resources/index.js';
import { UsersService } from '#users/index.js';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import {
  aBrowser,
  aClient,
  aMachine,
  anApi,
  aUser,
  CALLBACK,
  type GivenApi,
  type GivenClient,
} from '../support/given.js';
import { databasesUnderTest, startService, type TestService } from '../support/start-service.js';

/** The longest that a process goes by what it read before. */
const A_LOOK = '500ms';

const BASES = databasesUnderTest().map((url) => [databaseKind(url), url] as const);

describe.each(BASES)('two replicas on one %s', (kind, url) => {
  const clock = new FrozenClock();
  let folder: string;
  let database: TestDatabase;
  let here: TestService;
  let there: TestService;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-replicas-'));
    database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'shared.sqlite')}` : url);
    const shared = {
      DATABASE_URL: database.url,
      SECRET_KEYS: Buffer.alloc(32, 9).toString('base64url'),
    };
    const start = (env: NodeJS.ProcessEnv) => startService({ clock, env, database: 'sqlite::memory:' });
    here = await start(shared);
    there = await start({ ...shared, ISSUER: here.issuer });
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const addressOf = ({ settings }: TestService) => `http://127.0.0.1:${settings.server.port}`;
  const at = (replica: TestService, client: GivenClient) =>
    new BareClient({ issuer: replica.issuer, clock, url: (path) => addressOf(replica) + path }, client);
  const statuses = async (client: GivenClient) => [
    (await at(here, client).ownToken()).status,
    (await at(there, client).ownToken()).status,
  ];
  const service = <T>(of: abstract new (...parameters: never[]) => T): T => here.app.get<T>(of, { strict: false });

  async function aMachineThatBothKnow(): Promise<{ api: GivenApi; client: GivenClient }> {
    const api = await anApi(here);
    const client = await aMachine(here, api.scopes);
    clock.advance(A_LOOK);
    expect(await statuses(client)).toEqual([200, 200]);
    return { api, client };
  }

  it('refuse a client that was disabled: one at once, the other at its next look', async () => {
    const { client } = await aMachineThatBothKnow();
    await service(ClientsService).update(client.clientId, { status: 'disabled' });
    expect((await at(here, client).ownToken()).body['error']).toBe('invalid_client');
    clock.advance(A_LOOK);
    expect((await at(there, client).ownToken()).body['error']).toBe('invalid_client');
    await service(ClientsService).update(client.clientId, { status: 'active' });
    clock.advance(A_LOOK);
    expect(await statuses(client)).toEqual([200, 200]);
  });

  it('refuse a client that was deleted, and its tokens', async () => {
    const { client } = await aMachineThatBothKnow();
    const other = await aClient(here);
    const token = String((await at(there, client).ownToken()).body['access_token']);
    await service(ClientsService).delete(client.clientId);
    clock.advance(A_LOOK);
    expect(await statuses(client)).toEqual([401, 401]);
    for (const replica of [here, there])
      expect((await at(replica, other).introspect(token)).body).toEqual({ active: false });
  });

  it('refuse a secret that was removed and take the one that replaced it', async () => {
    const { client } = await aMachineThatBothKnow();
    const secrets = service(ClientSecretsService);
    const [old] = (await secrets.list(client.clientId, { limit: 10 })).items;
    const added = await secrets.add(client.clientId);
    const renewed = { ...client, clientSecret: added?.value ?? '' };
    clock.advance(A_LOOK);
    expect([await statuses(client), await statuses(renewed)]).toEqual([[200, 200], [200, 200]]); // prettier-ignore
    await secrets.remove(client.clientId, old?.id ?? '');
    expect((await at(here, client).ownToken()).status).toBe(401);
    clock.advance(A_LOOK);
    expect([await statuses(client), await statuses(renewed)]).toEqual([[401, 401], [200, 200]]); // prettier-ignore
  });

  it('refuse a secret whose time has run out without any look', async () => {
    const { client } = await aMachineThatBothKnow();
    const expiresAt = new Date(clock.now().getTime() + 100);
    const added = await service(ClientSecretsService).add(client.clientId, { expiresAt });
    const brief = { ...client, clientSecret: added?.value ?? '' };
    expect((await at(here, brief).ownToken()).status).toBe(200);
    clock.advance('100ms');
    expect((await at(here, brief).ownToken()).status).toBe(401);
  });

  it('go by an API and its scopes as they are now', async () => {
    const { api, client } = await aMachineThatBothKnow();
    const resource = await service(ResourcesService).findByIdentifier(api.identifier);
    await service(ResourcesService).update(resource?.id ?? '', { accessTokenLifetime: 77 });
    await service(ScopesService).delete(api.scopes[1] ?? '');
    for (const replica of [here, there]) {
      const { body } = await at(replica, client).ownToken();
      expect(body).toMatchObject({ expires_in: 77, scope: api.scopes[0] });
      clock.advance(A_LOOK);
    }
    await service(ResourcesService).delete(resource?.id ?? '');
    clock.advance(A_LOOK);
    expect(await statuses(client)).toEqual([400, 400]);
  });

  it('know a client that was registered a moment ago, although it was asked for before', async () => {
    const [clientId, clientSecret] = ['not-yet', 'a-secret-that-somebody-chose-for-it'];
    const unknown: GivenClient = { clientId, clientSecret, redirectUri: CALLBACK, method: 'client_secret_basic' };
    expect(await statuses(unknown)).toEqual([401, 401]);
    const api = await anApi(here);
    await aMachine(here, api.scopes, { clientId, clientSecret });
    expect(await statuses(unknown)).toEqual([200, 200]);
  });

  it('both refuse at once what was revoked, and the tokens of a user who was disabled (RFC 7009 §2.1)', async () => {
    const client = await aClient(here);
    const [alice, bob] = [await aUser(here), await aUser(here)];

    const scope = 'openid offline_access';
    const [revoked, orphaned] = [
      await at(here, client).signIn(aBrowser(here), alice, { scope }),
      await at(here, client).signIn(aBrowser(here), bob, { scope }),
    ];
    const answers = async ({ accessToken, refreshToken }: SignedIn) => [
      (await at(there, client).introspect(accessToken)).body['active'],
      (await at(there, client).introspect(refreshToken)).body['active'],
    ];
    expect([await answers(revoked), await answers(orphaned)]).toEqual([[true, true], [true, true]]); // prettier-ignore
    await at(here, client).revoke(revoked.accessToken);
    expect(await answers(revoked)).toEqual([false, true]);
    await at(here, client).revoke(revoked.refreshToken);
    expect(await answers(revoked)).toEqual([false, false]);
    await service(UsersService).update(bob.id, { status: 'disabled' });
    expect(await answers(orphaned)).toEqual([false, false]);
  });
});
