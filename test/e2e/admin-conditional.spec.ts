import { expect, it } from 'vitest';
import { AdminApi, PATCH_TYPE, type Json } from '../support/admin-api.js';
import { BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen, uniqueName } from '../support/given.js';

interface Kept {
  readonly title: string;
  readonly collection: string;
  readonly body: () => object;
  readonly path: (made: Json) => string;
  readonly patch?: object;
}

/** One record of each kind that can be made over REST. */
const KINDS: readonly Kept[] = [
  {
    title: 'a client',
    collection: '/clients',
    body: () => ({ client_name: 'Conditional', redirect_uris: ['https://rp.example/cb'] }),
    path: ({ client_id }) => `/clients/${String(client_id)}`,
    patch: { client_name: 'Changed' },
  },
  {
    title: 'a user',
    collection: '/users',
    body: () => ({ username: uniqueName('user'), name: 'Alice' }),
    path: ({ id }) => `/users/${String(id)}`,
    patch: { name: 'Alicia' },
  },
  {
    title: 'a group',
    collection: '/groups',
    body: () => ({ name: uniqueName('group') }),
    path: ({ id }) => `/groups/${String(id)}`,
    patch: { description: 'changed' },
  },
  {
    title: 'an API',
    collection: '/resources',
    body: () => ({ identifier: `https://${uniqueName('api')}.example`, name: 'API' }),
    path: ({ id }) => `/resources/${String(id)}`,
    patch: { name: 'Changed' },
  },
  {
    title: 'a scope',
    collection: '/scopes',
    body: () => ({ name: uniqueName('scope'), title: 'Read' }),
    path: ({ name }) => `/scopes/${String(name)}`,
    patch: { title: 'Write' },
  },
  {
    title: 'an identity provider',
    collection: '/identity-providers',
    body: () => ({ preset: 'github', slug: uniqueName('github'), client_id: 'id', client_secret: 'secret' }),
    path: ({ id }) => `/identity-providers/${String(id)}`,
    patch: { title: 'Code forge' },
  },
  {
    title: 'an initial access token',
    collection: '/initial-access-tokens',
    body: () => ({ description: 'team' }),
    path: ({ id }) => `/initial-access-tokens/${String(id)}`,
  },
];

const STRONG = /^"[A-Za-z0-9_-]{43}"$/;

const tagOf = ({ headers }: Answer): string => headers.get('etag') ?? '';

onEveryDatabase('conditional requests to the admin API', (running) => {
  const get = (api: AdminApi, path: string, headers: Readonly<Record<string, string>> = {}) =>
    api.send('GET', path, { headers });
  const patch = (api: AdminApi, path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    api.send('PATCH', path, { body: JSON.stringify(body), type: PATCH_TYPE, headers });

  it.each(KINDS)('$title has one strong tag, whichever answer bears it (RFC 9110 §8.8.3, §15.3.2)', async (kind) => {
    const api = await AdminApi.of(running.service);
    const made = await api.post(kind.collection, kind.body());
    expect(made.status, made.text).toBe(201);
    const path = kind.path(made.body);
    const read = await get(api, path);
    expect(tagOf(made)).toMatch(STRONG);
    expect(tagOf(read)).toBe(tagOf(made));
    if (kind.patch === undefined) return;
    const same = await patch(api, path, {});
    expect(tagOf(same)).toBe(tagOf(made));
    // In the very millisecond of the first version.
    const changed = await patch(api, path, kind.patch);
    expect(tagOf(changed)).not.toBe(tagOf(made));
    expect(tagOf(await get(api, path))).toBe(tagOf(changed));
  });

  it('the secrets of a client have tags, which say nothing of their values', async () => {
    const api = await AdminApi.of(running.service);
    const { client_id } = await api.made('/clients', { redirect_uris: ['https://rp.example/cb'] });
    const made = await api.post(`/clients/${String(client_id)}/secrets`);
    const path = `/clients/${String(client_id)}/secrets/${String(made.body['id'])}`;
    expect(tagOf(made)).toMatch(STRONG);
    expect(tagOf(await get(api, path))).toBe(tagOf(made));
    expect((await api.delete(path, { 'if-match': '"other"' })).status).toBe(412);
    expect((await api.delete(path, { 'if-match': tagOf(made) })).status).toBe(204);
  });

  it('sessions and consents have tags, and are ended only as they were seen', async () => {
    const api = await AdminApi.of(running.service);
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    await new BareClient(running.service, client).signIn(browser, alice, { scope: 'openid profile' });
    for (const list of ['/sessions', '/consents']) {
      const [record] = await api.all(list, { user_id: alice.id });
      const path = `${list}/${String(record?.['id'])}`;
      const read = await get(api, path);
      expect(tagOf(read)).toMatch(STRONG);
      expect((await get(api, path, { 'if-none-match': tagOf(read) })).status).toBe(304);
      expect((await api.delete(path, { 'if-match': '"seen-before"' })).status).toBe(412);
      expect((await api.delete(path, { 'if-match': tagOf(read) })).status).toBe(204);
      expect((await get(api, path)).status).toBe(404);
    }
  });

  it.each(KINDS)('$title is changed and deleted only as it was read (RFC 9110 §13.1.1)', async (kind) => {
    const api = await AdminApi.of(running.service);
    const made = await api.post(kind.collection, kind.body());
    const path = kind.path(made.body);
    for (const header of ['"stale"', `W/${tagOf(made)}`, '"a", "b"']) {
      const deleted = await api.delete(path, { 'if-match': header });
      expect(deleted.status, header).toBe(412);
      if (kind.patch !== undefined) {
        expect((await patch(api, path, kind.patch, { 'if-match': header })).status, header).toBe(412);
      }
    }
    expect(tagOf(await get(api, path))).toBe(tagOf(made));
    if (kind.patch !== undefined) {
      const changed = await patch(api, path, kind.patch, { 'if-match': `"other" , ${tagOf(made)},` });
      expect(changed.status).toBe(200);
      expect((await api.delete(path, { 'if-match': tagOf(made) })).status).toBe(412);
    }
    expect((await api.delete(path, { 'if-match': '*' })).status).toBe(204);
    expect((await api.delete(path, { 'if-match': '*' })).status).toBe(404);
  });

  it('answers 304 without a body to who has it, by weak comparison (RFC 9110 §13.1.2, §15.4.5)', async () => {
    const api = await AdminApi.of(running.service);
    const { id } = await api.made('/groups', { name: uniqueName('group') });
    const path = `/groups/${String(id)}`;
    const tag = tagOf(await get(api, path));
    for (const header of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const answer = await get(api, path, { 'if-none-match': header });
      expect([answer.status, answer.text, tagOf(answer)], header).toEqual([304, '', tag]);
    }
    expect((await get(api, path, { 'if-none-match': '"x"' })).status).toBe(200);
    expect((await get(api, path, { 'if-match': '"x"' })).status).toBe(412);
    expect((await get(api, path, { 'if-match': tag })).status).toBe(200);
    expect((await patch(api, path, { description: 'd' }, { 'if-none-match': '*' })).status).toBe(412);
  });

  it.each(['abc', '"a" "b"', '"a', 'w/"a"', '', '*, "a"', '"a"b', '"\u00e9" x'])(
    'refuses preconditions that are no entity tags with 400: %j (RFC 9110 §8.8.3)',
    async (header) => {
      const api = await AdminApi.of(running.service);
      const { id } = await api.made('/groups', { name: uniqueName('group') });
      for (const name of ['if-match', 'if-none-match']) {
        expect((await get(api, `/groups/${String(id)}`, { [name]: header })).status, name).toBe(400);
        expect((await api.delete(`/groups/${String(id)}`, { [name]: header })).status, name).toBe(400);
      }
    },
  );

  it('holds preconditions of a POST against the list, which has no tag', async () => {
    const api = await AdminApi.of(running.service);
    const name = uniqueName('group');
    expect((await api.post('/groups', { name }, { 'if-match': '"x"' })).status).toBe(412);
    expect((await api.post('/groups', { name }, { 'if-none-match': '*' })).status).toBe(412);
    expect((await api.post('/groups', { name }, { 'if-match': '*' })).status).toBe(201);
  });

  it('says 404 and 403 before it looks at preconditions (RFC 9110 §13.2.1)', async () => {
    const api = await AdminApi.of(running.service, ['groups:read']);
    expect((await api.delete('/groups/x', { 'if-match': '"x"' })).status).toBe(403);
    const writer = await AdminApi.of(running.service, ['groups:write']);
    expect((await writer.delete('/groups/x', { 'if-match': '"x"' })).status).toBe(404);
  });

  it('lets exactly one of twelve changes at once win that were made from the same version', async () => {
    const api = await AdminApi.of(running.service);
    for (const kind of KINDS.filter((one) => one.patch !== undefined)) {
      const made = await api.post(kind.collection, kind.body());
      const [member = ''] = Object.keys(kind.patch ?? {});
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          patch(api, kind.path(made.body), { [member]: `by ${index}` }, { 'if-match': tagOf(made) }),
        ),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses, kind.title).toEqual([200, ...Array<number>(11).fill(412)]);
      const [winner] = answers.filter(({ status }) => status === 200);
      expect((await get(api, kind.path(made.body))).body).toEqual(winner?.body);
    }
  });

  it('lets only one of those win that change nothing but the groups of a user', async () => {
    const api = await AdminApi.of(running.service);
    const names = [uniqueName('group'), uniqueName('group'), uniqueName('group')];
    for (const name of names) await api.made('/groups', { name });
    const made = await api.post('/users', { username: uniqueName('user') });
    const path = `/users/${String(made.body['id'])}`;
    const answers = await Promise.all(
      names.map((name) => patch(api, path, { groups: [name] }, { 'if-match': tagOf(made) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const [winner] = answers.filter(({ status }) => status === 200);
    expect(winner?.body['updated_at']).not.toBe(made.body['updated_at']);
    expect((await get(api, path)).body).toEqual(winner?.body);
  });

  it('never deletes what was changed at the same moment, nor changes what was deleted', async () => {
    const api = await AdminApi.of(running.service);
    for (let round = 0; round < 6; round += 1) {
      const made = await api.post('/groups', { name: uniqueName('group') });
      const path = `/groups/${String(made.body['id'])}`;
      const headers = { 'if-match': tagOf(made) };
      const [changed, deleted] = await Promise.all([
        patch(api, path, { description: 'changed' }, headers),
        api.delete(path, headers),
      ]);
      const outcome = `${changed.status} ${deleted.status}`;
      expect(['200 412', '404 204']).toContain(outcome);
      expect((await get(api, path)).status).toBe(outcome === '200 412' ? 200 : 404);
    }
  });

  it('needs no If-Match unless the operator says so', async () => {
    const api = await AdminApi.of(running.service);
    const { id } = await api.made('/groups', { name: uniqueName('group') });
    expect((await patch(api, `/groups/${String(id)}`, { description: 'd' })).status).toBe(200);
    expect((await api.delete(`/groups/${String(id)}`)).status).toBe(204);
  });

  it('has tags in answers to HEAD as well', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.post('/groups', { name: uniqueName('group') });
    const response = await fetch(running.service.url(`/api/v1/groups/${String(made.body['id'])}`), {
      method: 'HEAD',
      headers: { authorization: `Bearer ${await api.token()}` },
    });
    expect([response.status, response.headers.get('etag')]).toEqual([200, tagOf(made)]);
  });
});

onEveryDatabase(
  'the admin API with ADMIN_REQUIRE_IF_MATCH=on',
  (running) => {
    it('refuses changes that do not say which version they are of with 428 (RFC 6585 §3)', async () => {
      const api = await AdminApi.of(running.service);
      for (const kind of KINDS) {
        const made = await api.post(kind.collection, kind.body());
        expect(made.status).toBe(201);
        const path = kind.path(made.body);
        const body = JSON.stringify(kind.patch ?? {});
        const headers = { 'if-match': tagOf(made) };
        expect((await api.delete(path)).status).toBe(428);
        expect((await api.delete(`${path}?dry_run=true`)).status).toBe(428);
        if (kind.patch === undefined) expect((await api.delete(path, headers)).status).toBe(204);
        else {
          expect((await api.send('PATCH', path, { body, type: PATCH_TYPE })).status).toBe(428);
          expect((await api.send('PATCH', path, { body, type: PATCH_TYPE, headers })).status).toBe(200);
          expect((await api.delete(path, { 'if-match': '*' })).status).toBe(204);
        }
      }
      expect((await api.post('/keys/rotate')).status).toBe(200);
    });
  },
  { env: { ADMIN_REQUIRE_IF_MATCH: 'on' } },
);
