import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, customFetch, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { SeedError, SeedService } from '#admin/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, uniqueName, type GivenClient, type GivenUser } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { privateAuthority, type PrivateAuthority } from '../support/private-authority.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import { databasesUnderTest, startService, type TestService } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const CALLBACK = 'https://rp.example/callback';
const PASSWORD = 'alice-has-a-long-password';
const SECRET = 'a-secret-that-somebody-chose-for-this-client';
const SECRET_KEYS = Buffer.alloc(32, 'k').toString('base64url');

type Seed = Readonly<Record<string, unknown>>;
type Format = 'json' | 'yaml' | 'yml';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-seed-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a seed as an operator would. */
function fileOf(seed: unknown, format: Format = 'json'): string {
  const file = join(folder, `${uniqueName('seed')}.${format}`);
  writeFileSync(file, format === 'json' ? JSON.stringify(seed) : stringify(seed));
  return file;
}

/** Names that nobody else has, and a seed with everything in it. */
function aSeed() {
  const names = {
    api: uniqueName('api'),
    identifier: `https://${uniqueName('orders')}.example/api`,
    scope: uniqueName('orders'),
    group: uniqueName('sales'),
    user: uniqueName('alice'),
    username: uniqueName('alice.liddell'),
    client: uniqueName('desk'),
    twin: uniqueName('twin'),
  };
  const seed = {
    resources: [{ id: names.api, identifier: names.identifier, name: 'Orders', access_token_lifetime: 120 }],
    scopes: [{ name: names.scope, resource: names.identifier, title: 'See your orders', description: 'All of them' }],
    groups: [{ id: names.group, name: names.group, description: 'Who sells' }],
    users: [
      {
        id: names.user,
        username: names.username,
        password: PASSWORD,
        groups: [names.group],
        name: 'Alice Liddell',
        email: `${names.username}@mail.example`,
        email_verified: true,
        address: { locality: 'Oxford' },
      },
    ],
    clients: [
      {
        client_id: names.client,
        client_secret: SECRET,
        client_name: 'Travel Desk',
        redirect_uris: [CALLBACK],
        grant_types: ['authorization_code', 'refresh_token'],
        scope: `openid profile email ${names.scope}`,
        allowed_groups: [names.group],
        require_pkce: false,
      },
    ],
    identity_providers: [],
    settings: { password_min_length: 9 },
  };
  const client: GivenClient = {
    clientId: names.client,
    clientSecret: SECRET,
    redirectUri: CALLBACK,
    method: 'client_secret_basic',
  };
  const alice: GivenUser = { id: names.user, username: names.username, password: PASSWORD, claims: {} };
  return { names, seed, client, alice };
}

const seedsOf = (service: TestService): SeedService => service.app.get(SeedService, { strict: false });

/** Everything that a seed can make, as the admin API shows it. */
async function recordsOf(api: AdminApi): Promise<unknown> {
  const lists: Json = {};
  for (const path of ['/resources', '/scopes', '/groups', '/users', '/clients']) {
    Object.assign(lists, { [path]: await api.all(path) });
  }
  for (const { client_id: id } of await api.all('/clients')) {
    const path = `/clients/${encodeURIComponent(String(id))}/secrets`;
    Object.assign(lists, { [path]: await api.all(path) });
  }
  return lists;
}

onEveryDatabase('a seed file', (running) => {
  const apply = (seed: unknown, format: Format = 'json') => seedsOf(running.service).apply(fileOf(seed, format));

  const faultsOf = async (seed: unknown, format: Format = 'json'): Promise<readonly string[]> => {
    const refused: unknown = await apply(seed, format).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(refused instanceof SeedError)) throw new Error(`not refused but ${String(refused)}`);
    expect(refused.exitCode).toBe(78);
    for (const { pointer, detail } of refused.problems) expect(refused.message).toContain(`${pointer} ${detail}`);
    return refused.problems.map(({ pointer }) => pointer);
  };

  it.each<Format>(['json', 'yaml', 'yml'])(
    'in .%s makes everything with its fixed ids, and can be signed in with',
    async (format) => {
      const { names, seed, client, alice } = aSeed();
      expect(await apply(seed, format)).toEqual({
        resources: 1,
        scopes: 1,
        groups: 1,
        user_attributes: 0,
        users: 1,
        clients: 1,
        claim_mappings: 0,
        identity_providers: 0,
      });
      const api = await AdminApi.of(running.service);
      const [resource, user, registered] = [seed.resources[0], seed.users[0], seed.clients[0]];
      expect((await api.get(`/resources/${names.api}`)).body).toMatchObject(resource as object);
      expect((await api.get(`/scopes/${names.scope}`)).body).toMatchObject(seed.scopes[0] as object);
      expect((await api.get(`/groups/${names.group}`)).body).toMatchObject(seed.groups[0] as object);
      const { password: _hidden, ...shown } = user ?? { password: '' };
      expect((await api.get(`/users/${names.user}`)).body).toMatchObject(shown);
      const { client_secret: _secret, ...metadata } = registered ?? { client_secret: '' };
      expect((await api.get(`/clients/${names.client}`)).body).toMatchObject(metadata);
      const bare = new BareClient(running.service, client);
      const tokens = await bare.signIn(aBrowser(running.service), alice, { scope: `openid email ${names.scope}` });
      expect(tokens.response.body['expires_in']).toBe(120);
      const own = await bare.signIn(aBrowser(running.service), alice, { scope: 'openid email' });
      expect((await bare.userinfo(own.accessToken)).body).toEqual({
        sub: names.user,
        email: `${names.username}@mail.example`,
        email_verified: true,
      });
    },
  );

  it('changes nothing when it is applied again: secrets, passwords, sessions and tokens stay', async () => {
    const { seed, client, alice } = aSeed();
    const file = fileOf(seed);
    await seedsOf(running.service).apply(file);
    const api = await AdminApi.of(running.service);
    const before = await recordsOf(api);
    const [bare, browser] = [new BareClient(running.service, client), aBrowser(running.service)];
    const tokens = await bare.signIn(browser, alice);
    running.service.clock.advance('5s');
    for (let time = 0; time < 2; time++) await seedsOf(running.service).apply(file);
    expect(await recordsOf(api)).toEqual(before);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
    expect((await browser.visit(running.service.url('/account'))).url.pathname).toBe('/account');
  });

  it('nests groups in any order, declares attributes and maps claims, and changes nothing the second time', async () => {
    const { seed, names } = aSeed();
    const [attribute, outer] = [`floor_${uniqueName('x').replace(/\W/g, '')}`, uniqueName('outer')];
    const rich = {
      ...seed,
      groups: [{ name: outer, member_groups: [names.group] }, ...seed.groups],
      user_attributes: [{ name: attribute, type: 'number', title: 'Floor', maximum: 9 }],
      users: [{ ...seed.users[0], attributes: { [attribute]: 3 } }],
      claim_mappings: [
        { claim: `${attribute}_claim`, scope: 'openid', source: 'attribute', attribute },
        { claim: `${attribute}_own`, client_id: names.client, source: 'groups', groups: 'assigned' },
      ],
    };
    expect(await apply(rich)).toMatchObject({ groups: 2, user_attributes: 1, claim_mappings: 2 });
    const api = await AdminApi.of(running.service);
    const paths = [
      `/users/${names.user}`,
      `/user-attributes/${attribute}`,
      `/clients/${names.client}/claim-mappings`,
      '/scopes/openid/claim-mappings',
    ];
    const read = () => Promise.all(paths.map(async (path) => (await api.get(path)).body));
    const before = await read();
    expect(before[0]).toMatchObject({ attributes: { [attribute]: 3 }, effective_groups: [names.group, outer].sort() });
    expect(JSON.stringify(before)).toContain(`${attribute}_claim`);
    expect(JSON.stringify(before)).toContain(`${attribute}_own`);
    running.service.clock.advance('5s');
    await apply(rich);
    expect(await read()).toEqual(before);
    const wrong = { ...rich, user_attributes: [{ name: attribute, type: 'string', title: 'Floor' }] };
    expect(await faultsOf(wrong)).toContain('#/user_attributes/0/type');
    const nowhere = [
      { claim: 'sub', source: 'constant', value: 1 },
      { claim: 'a', client_id: 'x', source: 'groups' },
    ];
    expect(await faultsOf({ claim_mappings: nowhere })).toEqual([
      '#/claim_mappings/0/claim',
      '#/claim_mappings/1/client_id',
    ]);
  });

  it('leaves a secret alone that was made elsewhere, and replaces the one it chose itself', async () => {
    const { seed, names, client } = aSeed();
    await apply(seed);
    const api = await AdminApi.of(running.service);
    const { client_secret: made } = await api.made(`/clients/${names.client}/secrets`);
    const works = async (clientSecret: string): Promise<boolean> => {
      const bare = new BareClient(running.service, { ...client, clientSecret });
      return (await bare.introspect('x')).status === 200;
    };
    const other = `${SECRET}-2`;
    await apply({ clients: [{ ...seed.clients[0], client_secret: other }] });
    expect([await works(SECRET), await works(other), await works(String(made))]).toEqual([false, true, true]);
    const { client_secret: _none, ...without } = seed.clients[0] ?? {};
    await apply({ clients: [without] });
    expect([await works(other), await works(String(made))]).toEqual([true, true]);
  });

  it('makes a client from a template, and says where it contradicts one', async () => {
    const { names } = aSeed();
    const client = { client_id: names.client, template: 'machine', scope: '', client_name: 'Nightly job' };
    await apply({ clients: [client] });
    const api = await AdminApi.of(running.service);
    const read = async () => (await api.get(`/clients/${names.client}`)).body;
    expect(await read()).toMatchObject({ profile: 'm2m', grant_types: ['client_credentials'] });
    await apply({ clients: [{ ...client, client_name: 'Job of the night' }] });
    expect(await read()).toMatchObject({ profile: 'm2m', client_name: 'Job of the night' });
    const refused = apply({ clients: [{ ...client, profile: 'native' }] });
    await expect(refused).rejects.toMatchObject({ problems: [{ pointer: '#/clients/0/profile' }] });
  });

  it('updates by id what it names and nothing else, and deletes nothing', async () => {
    const { seed, names, alice } = aSeed();
    await apply(seed);
    const api = await AdminApi.of(running.service);
    const bystander = await api.made('/users', { username: uniqueName('bystander') });
    await apply({
      resources: [{ id: names.api, identifier: names.identifier, name: 'Bestellungen' }],
      scopes: [{ name: names.scope, resource: names.identifier, title: 'Bestellungen sehen' }],
      groups: [{ id: names.group, name: names.group }],
      users: [{ id: names.user, username: alice.username, nickname: 'Ali' }],
      clients: [{ client_id: names.client, client_name: 'Reisebüro' }],
    });
    expect((await api.get(`/resources/${names.api}`)).body).toMatchObject({
      name: 'Bestellungen',
      access_token_lifetime: 120,
    });
    expect((await api.get(`/scopes/${names.scope}`)).body).toMatchObject({
      title: 'Bestellungen sehen',
      description: 'All of them',
    });
    expect((await api.get(`/groups/${names.group}`)).body).toMatchObject({ description: 'Who sells' });
    expect((await api.get(`/users/${names.user}`)).body).toMatchObject({
      nickname: 'Ali',
      name: 'Alice Liddell',
      groups: [names.group],
    });
    expect((await api.get(`/clients/${names.client}`)).body).toMatchObject({
      client_name: 'Reisebüro',
      redirect_uris: [CALLBACK],
      allowed_groups: [names.group],
    });
    expect((await api.get(`/users/${String(bystander['id'])}`)).status).toBe(200);
    await apply({});
    expect((await api.get(`/users/${names.user}`)).status).toBe(200);
  });

  it('renames a user by id, and finds one without id by name in any case', async () => {
    const { seed, names } = aSeed();
    await apply(seed);
    const api = await AdminApi.of(running.service);
    const renamed = uniqueName('alice.new');
    await apply({ users: [{ id: names.user, username: renamed }] });
    await apply({ users: [{ username: renamed.toUpperCase(), nickname: 'Ali' }] });
    expect((await api.get(`/users/${names.user}`)).body).toMatchObject({
      username: renamed.toUpperCase(),
      nickname: 'Ali',
    });
  });

  it('ends sessions only when it really changes a password', async () => {
    const { seed, names, alice } = aSeed();
    await apply(seed);
    const browser = aBrowser(running.service);
    await signIn(browser, await browser.visit(running.service.url('/sign-in')), alice);
    const account = async (): Promise<string> => (await browser.visit(running.service.url('/account'))).url.pathname;
    await apply(seed);
    expect(await account()).toBe('/account');
    await apply({ users: [{ id: names.user, username: alice.username, password: 'another-long-password-of-hers' }] });
    expect(await account()).toBe('/sign-in');
  });

  it('gives a client its keys', async () => {
    const { seed, names, alice } = aSeed();
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'first' }] };
    const { client_secret: _none, ...members } = seed.clients[0] ?? {};
    await apply({ ...seed, clients: [{ ...members, token_endpoint_auth_method: 'private_key_jwt', jwks }] });
    const holder = { clientId: names.client, redirectUri: CALLBACK, method: 'private_key_jwt', privateKey } as const;
    const tokens = await new BareClient(running.service, holder).signIn(aBrowser(running.service), alice);
    expect(tokens.response.status).toBe(200);
  });

  it('has a secret that is long enough to sign with, also for a client that is there already (RFC 7518 §3.2)', async () => {
    const { seed, names, client, alice } = aSeed();
    const signing = { ...seed, clients: [{ ...seed.clients[0], id_token_signed_response_alg: 'HS384' }] };
    await apply(seed);
    expect(await faultsOf(signing)).toEqual(['#/clients/0/client_secret']);
    const clientSecret = SECRET.padEnd(48, '!');
    await apply({ ...signing, clients: [{ ...signing.clients[0], client_secret: clientSecret }] });
    const bare = new BareClient(running.service, { ...client, clientSecret });
    const { idToken } = await bare.signIn(aBrowser(running.service), alice);
    const rules = { currentDate: running.service.clock.now(), audience: names.client };
    const { payload } = await jwtVerify(idToken, new TextEncoder().encode(clientSecret), rules);
    expect(payload.sub).toBe(alice.id);
  });

  it('is refused as a whole with every fault at once, and nothing of it is applied', async () => {
    const { seed, names } = aSeed();
    const api = await AdminApi.of(running.service);
    const before = await recordsOf(api);
    expect(
      await faultsOf({
        ...seed,
        resources: [...seed.resources, { identifier: 'orders', name: 'Orders' }],
        scopes: [
          { name: 'openid', title: 'Mine' },
          { name: 'grants:read', title: 'Mine' },
        ],
        groups: [{ id: 'a b', name: uniqueName('group') }],
        users: [
          { ...seed.users[0], password: 'password' },
          { username: uniqueName('bob'), groups: ['nobody-is-in-here'] },
          { id: names.twin, username: uniqueName('carol') },
        ],
        clients: [
          { ...seed.clients[0], consent: 'skip', scope: 'openid nobody-knows' },
          { client_id: names.twin, redirect_uris: [CALLBACK] },
          {
            client_id: uniqueName('spa'),
            redirect_uris: [CALLBACK],
            token_endpoint_auth_method: 'none',
            client_secret: SECRET,
          },
        ],
      }),
    ).toEqual([
      '#/resources/1/identifier',
      '#/scopes/0',
      '#/scopes/1/name',
      '#/groups/0/id',
      '#/users/0/password',
      '#/users/0/groups/0', // the group of this seed was refused
      '#/users/1/groups/0',
      '#/clients/0/scope',
      '#/clients/0/allowed_groups/0',
      '#/clients/0/consent',
      '#/clients/1/client_id',
      '#/clients/2/client_secret',
    ]);
    expect(await recordsOf(api)).toEqual(before);
  });

  it.each<readonly [string, unknown, readonly string[]]>([
    ['an array', [], ['#']],
    ['a text', 'x', ['#']],
    ['null', null, ['#']],
    ['an unknown part', { client: [] }, ['#/client']],
    ['a part that is no list', { users: {}, clients: 'x' }, ['#/users', '#/clients']],
    ['elements that are none', { users: [1, null, []] }, ['#/users/0', '#/users/1', '#/users/2']],
    [
      'unknown and mistyped members',
      { users: [{ username: 1, admin: true }] },
      ['#/users/0/admin', '#/users/0/username'],
    ],
    [
      'missing members',
      { resources: [{}], clients: [{}] },
      ['#/resources/0/identifier', '#/resources/0/name', '#/clients/0/client_id', '#/clients/0/redirect_uris'],
    ],
    [
      'identity providers',
      { identity_providers: [{ preset: 'google' }] },
      ['#/identity_providers/0/client_id', '#/identity_providers/0/client_secret'],
    ],
    ['settings that are none', { settings: { consent: true } }, ['#/settings/consent']],
    ['a setting out of its range', { settings: { password_min_length: 3 } }, ['#/settings/password_min_length']],
  ])('that is or has %s is refused', async (_, seed, pointers) => {
    for (const format of ['json', 'yaml'] as const) expect(await faultsOf(seed, format)).toEqual(pointers);
  });

  it.each([
    ['broken.json', '{"users": [}'],
    ['broken.yaml', 'users: [\n- a: b: c'],
    ['repeated.yaml', 'users: []\nusers: []'],
    ['empty.json', ''],
  ])('%s cannot be parsed, and what it says is not repeated', async (name, text) => {
    const file = join(folder, name);
    writeFileSync(file, `${text}\n# ${SECRET}`);
    await expect(seedsOf(running.service).apply(file)).rejects.toThrow(/cannot be applied[\s\S]*# cannot be parsed/);
    await expect(seedsOf(running.service).apply(file)).rejects.not.toThrow(SECRET);
  });

  it('that does not exist or has another ending is refused', async () => {
    await expect(seedsOf(running.service).apply(join(folder, 'none.json'))).rejects.toThrow('# cannot be read: ENOENT');
    const file = join(folder, 'seed.toml');
    writeFileSync(file, '');
    await expect(seedsOf(running.service).apply(file)).rejects.toThrow('must end in .json, .yaml or .yml');
  });

  it('takes the line of YAML for what it means: a date or a number is no text', async () => {
    const file = join(folder, 'typed.yaml');
    writeFileSync(
      file,
      `users:\n  - username: ${uniqueName('typed')}\n    birthdate: 1990-05-04\n    phone_number: 123456\n    locale: no\n`,
    );
    const refused = await seedsOf(running.service)
      .apply(file)
      .catch((error: unknown) => error);
    expect((refused as SeedError).problems.map(({ pointer }) => pointer)).toEqual(['#/users/0/phone_number']);
  });

  it('cannot change what is built in, nor the identifier of an API, nor whose a scope is', async () => {
    const { seed, names } = aSeed();
    await apply(seed);
    const other = `https://${uniqueName('other')}.example/api`;
    expect(await faultsOf({ scopes: [{ name: 'openid', title: 'Mine' }] })).toEqual(['#/scopes/0']);
    expect(await faultsOf({ resources: [{ id: names.api, identifier: other, name: 'Orders' }] })).toEqual([
      '#/resources/0/identifier',
    ]);
    expect(
      await faultsOf({
        resources: [{ identifier: other, name: 'Other' }],
        scopes: [{ ...seed.scopes[0], resource: other }],
      }),
    ).toEqual(['#/scopes/0/resource']);
    expect(await faultsOf({ groups: [{ id: names.group, name: uniqueName('x') }] })).toEqual(['#/groups/0/name']);
  });

  it('never leaves a secret or password in the log', async () => {
    const { seed } = aSeed();
    await apply(seed);
    await faultsOf({ ...seed, clients: [{ ...seed.clients[0], consent: 'skip' }] });
    for (const secret of [SECRET, PASSWORD]) expect(running.service.logs.text).not.toContain(secret);
  });
});

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url]))('SEED_FILE at start [%s]', (_, url) => {
  let database: TestDatabase;

  beforeAll(async () => {
    const file = join(folder, `${uniqueName('start')}.sqlite`);
    database = url.startsWith('sqlite:')
      ? { url: `sqlite:${file}`, drop: () => Promise.resolve() }
      : await aMigratedDatabase(url);
  });

  afterAll(() => database.drop());

  const start = (seedFile: string): Promise<TestService> =>
    startService({ database: url, env: { DATABASE_URL: database.url, SEED_FILE: seedFile, SECRET_KEYS } });

  it('is applied before anybody is answered, and again at each start, whatever changed in between', async () => {
    const { seed, client, alice, names } = aSeed();
    const file = fileOf(seed, 'yaml');
    const first = await start(file);
    const bare = new BareClient(first, client);
    const tokens = await bare.signIn(aBrowser(first), alice);
    expect(first.logs.text).toContain('seed applied');
    await first.app.close();
    const second = await start(file);
    try {
      expect((await new BareClient(second, client).refresh(tokens.refreshToken)).status).toBe(200);
      const api = await AdminApi.of(second);
      expect((await api.get(`/users/${names.user}`)).body['name']).toBe('Alice Liddell');
    } finally {
      await second.close();
      await first.close().catch(() => undefined);
    }
  });

  it('stops the start with everything that is wrong in it', async () => {
    const file = fileOf({ users: [{ username: '' }], clients: [{ client_id: 'a b' }], nobody: 1 });
    const refused = await start(file).then(
      async (service) => {
        await service.close();
        return undefined;
      },
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(SeedError);
    expect(String(refused)).toContain('#/nobody');
  });
});

describe('a seed for a production issuer', () => {
  const startWith = (clientSecret: string): Promise<TestService> => {
    const client = { client_id: 'desk', client_secret: clientSecret, redirect_uris: [CALLBACK] };
    return startService({
      env: {
        ISSUER: 'https://login.example.com',
        SECRET_KEYS: randomBytes(32).toString('base64url'),
        SEED_FILE: fileOf({ clients: [client] }),
      },
    });
  };

  it('has client secrets of at least 32 characters, as they are kept as plain digests', async () => {
    await expect(startWith('s'.repeat(31))).rejects.toThrow(
      '#/clients/0/client_secret must have at least 32 characters',
    );
    await (await startWith('s'.repeat(32))).close();
  });
});

describe('on a test issuer with TLS in the process', () => {
  const host = 'op.test';
  const [basicId, postId] = ['certification-1', 'certification-2'];
  let authority: PrivateAuthority;
  let service: TestService;

  beforeAll(async () => {
    authority = await privateAuthority(host);
    const client = {
      client_secret: SECRET,
      redirect_uris: ['https://suite.test:8443/test/a/gatehouse/callback'],
      require_pkce: false,
      client_assertion_audience: 'compat',
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email address phone offline_access',
    };
    const seed: Seed = {
      users: [{ id: 'alice', username: 'alice', password: PASSWORD, name: 'Alice', email: 'alice@mail.example' }],
      clients: [
        { ...client, client_id: basicId },
        {
          ...client,
          client_id: postId,
          client_secret: `${SECRET}-2`,
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
    };
    service = await startService({
      env: (port) => ({
        ISSUER: `https://${host}:${port}`,
        TLS_CERT_FILE: authority.certFile,
        TLS_KEY_FILE: authority.keyFile,
        SECRET_KEYS,
        SEED_FILE: fileOf(seed, 'yml'),
      }),
    });
  });

  afterAll(async () => {
    await service.close();
    authority.remove();
  });

  it.each([
    [basicId, SECRET, oidc.ClientSecretBasic],
    [postId, `${SECRET}-2`, oidc.ClientSecretPost],
  ])(
    'lets the static client %s go through the whole code flow without PKCE, as the certification suite does',
    async (id, secret, method) => {
      const fetchBy = authority.fetch as oidc.CustomFetch;
      const config = await oidc.discovery(new URL(service.issuer), id, {}, method(secret), {
        [oidc.customFetch]: fetchBy,
      });
      expect(config.serverMetadata().issuer).toBe(`https://${host}:${service.settings.server.port}`);
      const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: 'https://suite.test:8443/test/a/gatehouse/callback',
        scope: 'openid email offline_access',
        prompt: 'consent',
        state,
        nonce,
      });
      const browser = new UserAgent(service.issuer, { fetch: authority.fetch });
      const alice: GivenUser = { id: 'alice', username: 'alice', password: PASSWORD, claims: {} };
      const { leftFor } = await throughEveryPage(browser, await browser.visit(url, { site: 'cross-site' }), alice);
      if (leftFor === undefined) throw new Error('the browser was not sent back');
      const tokens = await oidc.authorizationCodeGrant(config, leftFor, {
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      expect(tokens.claims()).toMatchObject({ iss: service.issuer, aud: id, sub: 'alice' });
      const jwks = createRemoteJWKSet(new URL(service.url('/oauth2/jwks')), { [customFetch]: authority.fetch });
      await jwtVerify(tokens.id_token ?? '', jwks, { issuer: service.issuer, audience: id });
      const { sub, email } = await oidc.fetchUserInfo(config, tokens.access_token, 'alice');
      expect({ sub, email }).toEqual({ sub: 'alice', email: 'alice@mail.example' });
      expect((await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')).access_token).toBeTruthy();
      for (const name of ['gatehouse-session', 'gatehouse-browser']) {
        const cookie = browser.cookies.find(name);
        expect(cookie?.name).toBe(`__Host-${name}`);
        expect(cookie?.line).toMatch(/; Path=\/.*; HttpOnly; SameSite=Lax; Secure$/);
      }
    },
  );

  it('says with every answer that it is to be had over TLS only (RFC 6797 §6.1)', async () => {
    const response = await authority.fetch(service.url('/.well-known/openid-configuration'));
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
  });

  it('is trusted by nobody who does not know its authority, and answers no plain http', async () => {
    await expect(authority.distrustingFetch(service.url('/health/live'))).rejects.toThrow(/certificate/i);
    await expect(fetch(`http://127.0.0.1:${service.settings.server.port}/health/live`)).rejects.toThrow();
  });
});
