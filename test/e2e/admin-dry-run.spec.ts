import { expect, it } from 'vitest';
import { Database } from '#platform/database/index.js';
import { AdminApi, JSON_TYPE, PATCH_TYPE, pointersOf, type Json } from '../support/admin-api.js';
import { withMailCodes } from '../support/authenticator.js';
import { BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aSignInReadyToHappen, uniqueName } from '../support/given.js';

interface Write {
  readonly path: string;
  readonly body?: object;
}

/** Every table as text, to see whether anything was written. */
async function dump({ service }: Running): Promise<Record<string, string>> {
  const { dataSource } = service.app.get(Database, { strict: false });
  const tables: Record<string, string> = {};
  for (const { tableName } of dataSource.entityMetadatas) {
    const rows: object[] = await dataSource.query(`SELECT * FROM ${dataSource.driver.escape(tableName)}`);
    tables[tableName] = rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n');
  }
  return tables;
}

const ids = { id: (record: Json) => String(record['id']) };

/** One request for each operation that writes, which would be accepted; by the title the document gives it. */
async function writes(running: Running, api: AdminApi): Promise<Map<string, Write>> {
  const { client, alice, browser } = await aSignInReadyToHappen(running.service);
  const claims = JSON.stringify({ userinfo: { email: null } });
  await new BareClient(running.service, client).signIn(browser, alice, { scope: 'openid profile', claims });
  const made = async (path: string, body?: object): Promise<string> => ids.id(await api.made(path, body));
  const clientPath = `/clients/${client.clientId}`;
  const group = `/groups/${await made('/groups', { name: uniqueName('group') })}`;
  const identifier = `https://${uniqueName('api')}.example`;
  const resource = `/resources/${await made('/resources', { identifier, name: 'API' })}`;
  const scope = `/scopes/${String((await api.made('/scopes', { name: uniqueName('scope'), title: 'Read' }))['name'])}`;
  const [session] = await api.all('/sessions', { user_id: alice.id });
  await withMailCodes(running.service, alice);
  const [factor] = await api.all(`/users/${alice.id}/factors`);
  const [consent] = await api.all('/consents', { user_id: alice.id });
  const secret = `${clientPath}/secrets/${await made(`${clientPath}/secrets`)}`;
  const mapping = async (parent: string): Promise<readonly [string, string]> => {
    const path = `${parent}/claim-mappings`;
    return [path, `${path}/${await made(path, { claim: uniqueName('c'), source: 'constant', value: 1 })}`];
  };
  const [clientMapping, scopeMapping] = [await mapping(clientPath), await mapping(scope)];
  const attributeName = `kind_${uniqueName('x').replace(/\W/g, '')}`;
  await api.made('/user-attributes', { name: attributeName, type: 'string', title: 'Kind' });
  const attribute = `/user-attributes/${attributeName}`;
  const token = `/initial-access-tokens/${await made('/initial-access-tokens')}`;
  const aProvider = () => ({ preset: 'github', slug: uniqueName('github'), client_id: 'id', client_secret: 'secret' });
  const provider = `/identity-providers/${await made('/identity-providers', aProvider())}`;
  await api.patch(clientPath, { client_name: 'Changed before' });
  const hook = { url: 'https://rp.invalid/hook', events: ['user.locked'] };
  const webhook = `/webhooks/${await made('/webhooks', hook)}`;
  const redirect_uris = ['https://rp.example/cb'];
  return new Map<string, Write>([
    ...['/clients/{client_id}', '/scopes/{name}'].flatMap((pattern, index): [string, Write][] => {
      const [mappings, mapping] = index === 0 ? clientMapping : scopeMapping;
      const body = { claim: uniqueName('claim'), source: 'constant', value: 1 };
      return [
        [`POST ${pattern}/claim-mappings`, { path: mappings, body }],
        [`PATCH ${pattern}/claim-mappings/{id}`, { path: mapping, body: { value: 2 } }],
        [`DELETE ${pattern}/claim-mappings/{id}`, { path: mapping }],
      ];
    }),
    [
      'POST /clients',
      { path: '/clients', body: { client_id: uniqueName('chosen'), client_name: 'New', redirect_uris } },
    ],
    ['PATCH /clients/{client_id}', { path: clientPath, body: { client_name: 'Changed', status: 'disabled' } }],
    ['POST /clients/{client_id}/versions/{number}/restore', { path: `${clientPath}/versions/1/restore` }],
    ['DELETE /clients/{client_id}', { path: clientPath }],
    ['POST /clients/{client_id}/secrets', { path: `${clientPath}/secrets` }],
    ['DELETE /clients/{client_id}/secrets/{id}', { path: secret }],
    ['POST /initial-access-tokens', { path: '/initial-access-tokens', body: { max_uses: 3 } }],
    ['DELETE /initial-access-tokens/{id}', { path: token }],
    ['POST /users', { path: '/users', body: { username: uniqueName('user'), password: 'seven red bicycles' } }],
    ['POST /jobs/revocations', { path: '/jobs/revocations', body: { user_id: alice.id } }],
    ['POST /jobs/consent-endings', { path: '/jobs/consent-endings', body: { user_id: alice.id } }],
    ['DELETE /users/{id}/lock', { path: `/users/${alice.id}/lock` }],
    ['PATCH /users/{id}', { path: `/users/${alice.id}`, body: { name: 'Alicia', password: 'eight red bicycles' } }],
    ['DELETE /users/{id}/factors/{factor_id}', { path: `/users/${alice.id}/factors/${String(factor?.['id'])}` }],
    ['DELETE /users/{id}', { path: `/users/${alice.id}` }],
    ['POST /groups', { path: '/groups', body: { name: uniqueName('group') } }],
    ['PATCH /groups/{id}', { path: group, body: { description: 'changed' } }],
    ['DELETE /groups/{id}', { path: group }],
    [
      'POST /user-attributes',
      { path: '/user-attributes', body: { name: `a_${Date.now()}`, type: 'string', title: 'New' } },
    ],
    ['PATCH /user-attributes/{name}', { path: attribute, body: { title: 'Changed' } }],
    ['DELETE /user-attributes/{name}', { path: attribute }],
    ['POST /resources', { path: '/resources', body: { identifier: `${identifier}/2`, name: 'Second' } }],
    ['PATCH /resources/{id}', { path: resource, body: { name: 'Changed' } }],
    ['DELETE /resources/{id}', { path: resource }],
    ['POST /scopes', { path: '/scopes', body: { name: uniqueName('scope'), title: 'Write' } }],
    ['PATCH /scopes/{name}', { path: scope, body: { title: 'Changed' } }],
    ['DELETE /scopes/{name}', { path: scope }],
    ['DELETE /consents/{id}', { path: `/consents/${String(consent?.['id'])}` }],
    ['DELETE /consents/{id}/scopes/{scope}', { path: `/consents/${String(consent?.['id'])}/scopes/openid` }],
    ['DELETE /consents/{id}/claims/{claim}', { path: `/consents/${String(consent?.['id'])}/claims/email` }],
    ['DELETE /sessions/{id}', { path: `/sessions/${String(session?.['id'])}` }],
    ['POST /identity-providers', { path: '/identity-providers', body: aProvider() }],
    ['PATCH /identity-providers/{id}', { path: provider, body: { title: 'Changed' } }],
    ['DELETE /identity-providers/{id}', { path: provider }],
    ['POST /webhooks', { path: '/webhooks', body: { url: 'https://rp.invalid/2', events: ['user.locked'] } }],
    ['PATCH /webhooks/{id}', { path: webhook, body: { events: ['user.locked'] } }],
    ['DELETE /webhooks/{id}', { path: webhook }],
    ['POST /webhooks/{id}/secrets', { path: `${webhook}/secrets`, body: { overlap: 60 } }],
    ['PATCH /settings', { path: '/settings', body: { password_min_length: 9 } }],
    ['POST /keys/rotate', { path: '/keys/rotate', body: { now: true, revoke: true } }],
  ]);
}

/** A request that the document alone suggests: its example, at the address of something that the list has. */
async function suggested(api: AdminApi, method: string, pattern: string): Promise<Write> {
  const { requestBody } = api.contract.document.paths[`/api/v1${pattern}`]?.[method.toLowerCase()] ?? {};
  let path = '';
  for (const part of pattern.split('/').slice(1)) {
    const [first] = part.startsWith('{') ? await api.all(path) : [];
    const named = first?.[part.slice(1, -1)] ?? first?.['id'];
    path += `/${part.startsWith('{') ? (typeof named === 'string' ? named : 'none') : part}`;
  }
  const [content] = Object.values(requestBody?.content ?? {}) as { readonly example?: object }[];
  return { path, ...(content?.example && { body: content.example }) };
}

onEveryDatabase('a dry run', (running) => {
  const send = (api: AdminApi, method: string, { path, body }: Write, query = '?dry_run=true', headers = {}) => {
    const type = method === 'PATCH' ? PATCH_TYPE : JSON_TYPE;
    const sent = body === undefined ? {} : { body: JSON.stringify(body), type };
    return api.send(method, `${path}${query}`, { ...sent, headers });
  };

  it('of every write of the document answers what would change, and leaves every table as it was', async () => {
    const api = await AdminApi.of(running.service);
    const known = await writes(running, api);
    const operations = Object.entries(api.contract.document.paths).flatMap(([pattern, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get')
        .map((method) => ({ method: method.toUpperCase(), pattern: pattern.replace('/api/v1', '') })),
    );
    expect(operations.map(({ method, pattern }) => `${method} ${pattern}`)).toEqual(
      expect.arrayContaining([...known.keys()]),
    );
    const before = await dump(running);
    expect(Object.keys(before).length).toBeGreaterThan(20);
    for (const { method, pattern } of operations) {
      const title = `${method} ${pattern}`;
      const write = known.get(title) ?? (await suggested(api, method, pattern));
      const answer = await send(api, method, write);
      if (known.has(title)) expect([title, answer.status, answer.body['dry_run']]).toEqual([title, 200, true]);
      else expect(answer.status, `${title} ${answer.text}`).toBeLessThan(500);
      expect(answer.headers.get('location')).toBeNull();
      expect(await dump(running), title).toEqual(before);
    }
    // Each of them would have written, so the tables stayed for no other reason.
    const order = ['POST', 'PATCH', 'DELETE'];
    const rank = (title: string): number =>
      title === 'POST /keys/rotate' ? order.length : order.indexOf(title.split(' ')[0] ?? '');
    const done = [...known].sort(([one], [other]) => rank(one) - rank(other));
    let last = before;
    for (const [title, write] of done.filter(([one]) => !/^DELETE .*(?:secrets|consents|sessions)/.test(one))) {
      const answer = await send(api, title.split(' ')[0] ?? '', write, '');
      expect(answer.status, `${title} ${answer.text}`).toBeLessThan(300);
      const now = await dump(running);
      expect(now, title).not.toEqual(last);
      last = now;
    }
  }, 180_000);

  it('of a creation shows what would be there, without id, times and secrets that only the write makes', async () => {
    const api = await AdminApi.of(running.service);
    const name = uniqueName('group');
    const { body } = await send(api, 'POST', { path: '/groups', body: { name, description: 'd' } });
    expect(body).toEqual({
      dry_run: true,
      would: 'create',
      changes: [
        { pointer: '#/name', to: name },
        { pointer: '#/description', to: 'd' },
        { pointer: '#/member_groups', to: [] },
      ],
      result: { name, description: 'd', member_groups: [] },
    });
    const redirect_uris = ['https://rp.example/cb'];
    const chosen = { client_id: uniqueName('chosen'), redirect_uris };
    const client = (await send(api, 'POST', { path: '/clients', body: chosen })).body;
    expect(client['result']).toMatchObject({ ...chosen, token_endpoint_auth_method: 'client_secret_basic' });
    const text = JSON.stringify(client);
    for (const member of ['client_secret"', 'client_id_issued_at', 'created_at']) expect(text).not.toContain(member);
    const unnamed = (await send(api, 'POST', { path: '/clients', body: { redirect_uris } })).body;
    expect(unnamed['result']).not.toHaveProperty('client_id');
    const token = (await send(api, 'POST', { path: '/initial-access-tokens' })).body;
    expect(JSON.stringify(token)).not.toMatch(/initial_access_token|"id"/);
  });

  it('of a change shows where it would differ, and the tag to make it with', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.post('/users', {
      username: uniqueName('user'),
      name: 'Alice',
      nickname: 'Ali',
      address: { country: 'UK', locality: 'Oxford' },
    });
    const path = `/users/${String(made.body['id'])}`;
    const patch = { name: 'Alicia', nickname: null, address: { locality: 'York' }, email: 'a@b.example' };
    const answer = await send(api, 'PATCH', { path, body: patch });
    expect(answer.headers.get('etag')).toBe(made.headers.get('etag'));
    const changes = answer.body['changes'] as object[];
    expect(changes).toHaveLength(4);
    expect(changes).toEqual(
      expect.arrayContaining([
        { pointer: '#/name', from: 'Alice', to: 'Alicia' },
        { pointer: '#/nickname', from: 'Ali' },
        { pointer: '#/address/locality', from: 'Oxford', to: 'York' },
        { pointer: '#/email', to: 'a@b.example' },
      ]),
    );
    const headers = { 'if-match': answer.headers.get('etag') ?? '' };
    const changed = await send(api, 'PATCH', { path, body: patch }, '', headers);
    const { updated_at: _later, ...rest } = changed.body;
    expect(answer.body['result']).toMatchObject(rest);
    expect((await send(api, 'PATCH', { path, body: {} })).body['changes']).toEqual([]);
  });

  it('of a deletion shows what would go, to who may read it', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/groups', { name: uniqueName('group') });
    const path = `/groups/${String(made['id'])}`;
    const change = { pointer: '#', from: made };
    expect((await send(api, 'DELETE', { path })).body).toEqual({ dry_run: true, would: 'delete', changes: [change] });
    const writer = await AdminApi.of(running.service, ['groups:write']);
    expect((await send(writer, 'DELETE', { path })).body['changes']).toEqual([{ pointer: '#' }]);
    expect((await api.get(path)).body).toEqual(made);
  });

  it('is refused as the write would be: faults, conflicts, rights, preconditions, what is not there', async () => {
    const api = await AdminApi.of(running.service);
    const name = uniqueName('group');
    const made = await api.made('/groups', { name });
    const administrators = (await api.all('/groups')).find((group) => group['name'] === 'administrators');
    const limited = await AdminApi.of(running.service, ['clients:write', 'groups:read']);
    const refusals: [number, Answer][] = [
      [422, await send(api, 'POST', { path: '/groups', body: { name: 7 } })],
      [409, await send(api, 'POST', { path: '/groups', body: { name } })],
      [409, await send(api, 'DELETE', { path: `/groups/${String(administrators?.['id'])}` })],
      [404, await send(api, 'DELETE', { path: '/groups/none' })],
      [
        412,
        await send(api, 'DELETE', { path: `/groups/${String(made['id'])}` }, '?dry_run=true', { 'if-match': '"x"' }),
      ],
      [403, await send(limited, 'DELETE', { path: `/groups/${String(made['id'])}` })],
      [
        403,
        await send(limited, 'POST', {
          path: '/clients',
          body: { grant_types: ['client_credentials'], scope: 'users:write' },
        }),
      ],
      [415, await api.send('POST', '/groups?dry_run=true', { body: '{}', type: 'text/plain' })],
    ];
    for (const [status, answer] of refusals) expect(answer.status, answer.text).toBe(status);
    expect(pointersOf(refusals[0]?.[1] as Answer)).toEqual(['#/name']);
  });

  it.each(['', '1', 'TRUE', 'yes', 'true&dry_run=true', 'false&dry_run=true'])(
    'is asked for with true or false, and nothing else: %j',
    async (value) => {
      const api = await AdminApi.of(running.service);
      const name = uniqueName('group');
      const answer = await send(api, 'POST', { path: '/groups', body: { name } }, `?dry_run=${value}`);
      expect(answer.status).toBe(400);
      expect((await send(api, 'POST', { path: '/groups', body: { name } }, '?dry_run=false')).status).toBe(201);
    },
  );

  it('uses up no Idempotency-Key', async () => {
    const api = await AdminApi.of(running.service);
    const headers = { 'idempotency-key': uniqueName('key') };
    const body = { name: uniqueName('group') };
    expect((await send(api, 'POST', { path: '/groups', body }, '?dry_run=true', headers)).status).toBe(200);
    expect((await send(api, 'POST', { path: '/groups', body }, '', headers)).status).toBe(201);
    expect((await send(api, 'POST', { path: '/groups', body }, '', headers)).status).toBe(201);
    expect((await send(api, 'POST', { path: '/groups', body }, '?dry_run=true', headers)).status).toBe(409);
  });

  it('of a rotation signs with no key that does not exist', async () => {
    const api = await AdminApi.of(running.service);
    const jwks = async () => (await fetch(running.service.url('/oauth2/jwks'))).text();
    const before = await jwks();
    const answer = await send(api, 'POST', { path: '/keys/rotate', body: { now: true } });
    expect(answer.body).toMatchObject({ dry_run: true, would: 'update' });
    expect(await jwks()).toBe(before);
    running.service.clock.advance('20s');
    expect(await jwks()).toBe(before);
    expect((await AdminApi.of(running.service).then((other) => other.get('/keys'))).status).toBe(200);
  });
});
