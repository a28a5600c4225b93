import { expect, it } from 'vitest';
import { JobsService } from '#platform/jobs/index.js';
import { Database } from '#platform/database/index.js';
import { AdminApi, itemsOf, pointersOf, type Json } from '../support/admin-api.js';
import type { Answer } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { uniqueName } from '../support/given.js';

const DAY = 24 * 3600;

interface Post {
  readonly path: string;
  readonly body: object | undefined;
}

/** Every POST of the API, with a body that is accepted once. */
async function everyPost(api: AdminApi): Promise<Post[]> {
  const { client_id } = await api.made('/clients', { redirect_uris: ['https://rp.example/cb'] });
  return [
    { path: '/clients', body: { client_name: 'Once', redirect_uris: ['https://rp.example/cb'] } },
    { path: `/clients/${String(client_id)}/secrets`, body: undefined },
    { path: '/initial-access-tokens', body: { description: 'once' } },
    { path: '/users', body: { username: uniqueName('user'), password: 'seven red bicycles' } },
    { path: '/groups', body: { name: uniqueName('group') } },
    { path: '/resources', body: { identifier: `https://${uniqueName('api')}.example`, name: 'API' } },
    { path: '/scopes', body: { name: uniqueName('scope'), title: 'Read' } },
    {
      path: '/identity-providers',
      body: { preset: 'github', slug: uniqueName('github'), client_id: 'id', client_secret: 'secret' },
    },
    { path: '/keys/rotate', body: { alg: 'ES256' } },
  ];
}

const keyed = (key: string = uniqueName('key')) => ({ 'idempotency-key': key });

const parts = ({ status, headers, text }: Answer) => ({
  status,
  text,
  location: headers.get('location'),
  etag: headers.get('etag'),
});

async function rowsOf({ service }: Running): Promise<Json[]> {
  const sql = 'SELECT * FROM idempotent_request';
  return service.app.get(Database, { strict: false }).dataSource.query(sql);
}

onEveryDatabase('Idempotency-Key', (running) => {
  it('makes every POST happen once: the same answer again, secrets included, for 24 hours', async () => {
    const api = await AdminApi.of(running.service);
    for (const { path, body } of await everyPost(api)) {
      const headers = keyed();
      const first = await api.post(path, body, headers);
      expect([200, 201], `${path} ${first.text}`).toContain(first.status);
      const listed = path === '/keys/rotate' ? '/keys' : path;
      const before = await api.all(listed);
      for (let time = 0; time < 2; time += 1) {
        expect(parts(await api.post(path, body, headers)), path).toEqual(parts(first));
      }
      expect(await api.all(listed), path).toEqual(before);
    }
  });

  it('says 409 of another body or query under the same key, and does nothing', async () => {
    const api = await AdminApi.of(running.service);
    const headers = keyed();
    const name = uniqueName('group');
    const first = await api.post('/groups', { name, description: 'a' }, headers);
    expect(first.status).toBe(201);
    const other = await api.post('/groups', { name: uniqueName('group') }, headers);
    expect([other.status, other.body['detail']]).toEqual([409, 'This Idempotency-Key was used for another request.']);
    expect((await api.post('/groups?other=1', { name, description: 'a' }, headers)).status).toBe(409);
    // The order of members means nothing in JSON (RFC 8259 §4).
    expect(parts(await api.post('/groups', { description: 'a', name }, headers))).toEqual(parts(first));
  });

  it('counts a key for one caller and one address only', async () => {
    const [one, two] = [await AdminApi.of(running.service), await AdminApi.of(running.service)];
    const headers = keyed();
    const answers = [
      await one.post('/groups', { name: uniqueName('group') }, headers),
      await two.post('/groups', { name: uniqueName('group') }, headers),
      await one.post('/initial-access-tokens', {}, headers),
      await two.post('/initial-access-tokens', {}, headers),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(answers[2]?.body['initial_access_token']).not.toBe(answers[3]?.body['initial_access_token']);
  });

  it('forgets after 24 hours, and the job takes the row away', async () => {
    const api = await AdminApi.of(running.service);
    const headers = keyed();
    const first = await api.post('/initial-access-tokens', {}, headers);
    running.service.clock.advance(`${DAY - 1}s`);
    expect(parts(await api.post('/initial-access-tokens', {}, headers))).toEqual(parts(first));
    running.service.clock.advance('1s');
    const again = await api.post('/initial-access-tokens', {}, headers);
    expect(again.body['id']).not.toBe(first.body['id']);
    expect(parts(await api.post('/initial-access-tokens', {}, headers))).toEqual(parts(again));
    running.service.clock.advance(`${DAY}s`);
    await running.service.app.get(JobsService, { strict: false }).runNow('purge-idempotent-requests');
    expect(await rowsOf(running)).toEqual([]);
  });

  it('keeps no refusal: the request is judged anew, under the same key with another body too', async () => {
    const api = await AdminApi.of(running.service);
    const headers = keyed();
    const name = uniqueName('group');
    const blocking = await api.made('/groups', { name });
    expect(pointersOf(await api.post('/groups', { name: 7 }, headers))).toEqual(['#/name']);
    expect((await api.post('/groups', { name }, headers)).status).toBe(409);
    await api.delete(`/groups/${String(blocking['id'])}`);
    const made = await api.post('/groups', { name }, headers);
    expect(made.status).toBe(201);
    expect(parts(await api.post('/groups', { name }, headers))).toEqual(parts(made));
  });

  it('gives nothing to a caller who may not make the request any more', async () => {
    const api = await AdminApi.of(running.service, ['groups:write', 'clients:read']);
    const headers = keyed();
    const name = uniqueName('group');
    expect((await api.post('/groups', { name }, headers)).status).toBe(201);
    const refused = await api.send('POST', '/groups', { authorization: null, headers });
    expect(refused.status).toBe(401);
    const reader = await AdminApi.of(running.service, ['groups:read']);
    expect((await reader.post('/groups', { name }, headers)).status).toBe(403);
  });

  it.each(['', 'a b', 'caf\u00e9', 'x'.repeat(256), 'a, b'])('must be 1 to 255 visible characters: %j', async (key) => {
    const api = await AdminApi.of(running.service);
    expect((await api.post('/groups', { name: uniqueName('group') }, keyed(key))).status).toBe(400);
  });

  it('may be of any visible character, and as long as 255', async () => {
    const api = await AdminApi.of(running.service);
    const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('');
    for (const key of ['1', visible, 'x'.repeat(255), '"8e03978e-40d5-43dd-bc93-6894a57f9324"']) {
      const name = uniqueName('group');
      const first = await api.post('/groups', { name }, keyed(key));
      expect(first.status, key).toBe(201);
      expect(parts(await api.post('/groups', { name }, keyed(key)))).toEqual(parts(first));
    }
  });

  it('stores neither key nor secret in clear: a thief of the database reads nothing', async () => {
    const api = await AdminApi.of(running.service);
    const key = uniqueName('a-key-to-look-for');
    const made = await api.post('/clients', { redirect_uris: ['https://rp.example/cb'] }, keyed(key));
    const text = JSON.stringify(await rowsOf(running));
    expect(text.length).toBeGreaterThan(100);
    for (const secret of [key, String(made.body['client_secret']), String(made.body['client_id'])]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64url').slice(0, -2));
    }
    expect(running.service.logs.text).not.toContain(key);
  });

  it('lets twenty of the same request at once do it once, and all get the one answer', async () => {
    const api = await AdminApi.of(running.service);
    await api.token();
    for (const { path, body } of await everyPost(api)) {
      if (path === '/keys/rotate') continue;
      const headers = keyed();
      const answers = await Promise.all(Array.from({ length: 20 }, () => api.post(path, body, headers)));
      const done = answers.filter(({ status }) => status === 201);
      expect(done.length, path).toBe(20);
      expect(new Set(done.map(({ text }) => text)).size, path).toBe(1);
    }
  }, 120_000);

  it('lets one of two different requests at once under one key be done', async () => {
    const api = await AdminApi.of(running.service);
    for (let round = 0; round < 5; round += 1) {
      const names = [uniqueName('group'), uniqueName('group')];
      const headers = keyed();
      const answers = await Promise.all(names.map((name) => api.post('/groups', { name }, headers)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const present = (await api.all('/groups')).filter(({ name }) => names.includes(String(name)));
      expect(present).toHaveLength(1);
    }
  });

  it('is looked at together with preconditions, which a repeated request need not meet again', async () => {
    const api = await AdminApi.of(running.service);
    const headers = keyed();
    const name = uniqueName('group');
    expect((await api.post('/groups', { name }, { ...headers, 'if-match': '"x"' })).status).toBe(412);
    const made = await api.post('/groups', { name }, { ...headers, 'if-match': '*' });
    expect(made.status).toBe(201);
    expect(parts(await api.post('/groups', { name }, { ...headers, 'if-match': '"x"' }))).toEqual(parts(made));
  });

  it('says 413 rather than do what it could not answer again', async () => {
    const api = await AdminApi.of(running.service);
    const [x, id] = ['x'.repeat(1900), uniqueName('client')];
    const uris = Array.from({ length: 28 }, (_, index) => `https://rp.example/${index}/${x}`);
    const body = { client_id: id, redirect_uris: uris };
    expect((await api.post('/clients', body, keyed())).status).toBe(413);
    expect((await api.get(`/clients/${id}`)).status).toBe(404);
    expect((await api.post('/clients', body)).status).toBe(201);
  });

  it('means nothing to other methods', async () => {
    const api = await AdminApi.of(running.service);
    const { id } = await api.made('/groups', { name: uniqueName('group') });
    const headers = keyed('not a key');
    expect((await api.delete(`/groups/${String(id)}`, headers)).status).toBe(204);
    expect((await api.delete(`/groups/${String(id)}`, headers)).status).toBe(404);
  });

  it('rotates keys once, and what was rotated is published at once', async () => {
    const api = await AdminApi.of(running.service);
    const rotated = await api.post('/keys/rotate', { alg: 'EdDSA' }, keyed());
    const response = await fetch(running.service.url('/oauth2/jwks'));
    const { keys } = (await response.json()) as { keys: { kid: string }[] };
    const kids = itemsOf(rotated.body).map(({ kid }) => kid);
    expect(kids.length).toBeGreaterThan(4);
    expect(keys.map(({ kid }) => kid)).toEqual(expect.arrayContaining(kids));
  });
});
