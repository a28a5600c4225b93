import { expect, it } from 'vitest';
import { AdminApi, faultsOf, pointersOf } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aMachine, anApi, uniqueName } from '../support/given.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
  expectUsualLength,
} from '../support/keyset-pages.js';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

onEveryDatabase('APIs over REST', (running) => {
  const identifier = (): string => `https://${uniqueName('orders')}.example/api`;

  it('are added with their defaults, read, changed and deleted', async () => {
    const api = await AdminApi.of(running.service);
    const body = { identifier: identifier(), name: 'Orders' };
    const made = await api.post('/resources', body);
    expect(made.status).toBe(201);
    const path = `/resources/${String(made.body['id'])}`;
    expect(made.headers.get('location')).toBe(running.service.url(`/api/v1${path}`));
    expect(made.body).toEqual({
      ...body,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      access_token_format: 'jwt',
      introspection_clients: [],
      created_at: expect.stringMatching(RFC3339) as string,
      updated_at: expect.stringMatching(RFC3339) as string,
    });
    running.service.clock.advance('1s');
    const changes = {
      name: 'Bestellungen',
      access_token_format: 'opaque',
      access_token_lifetime: 60,
      introspection_clients: ['a', 'b'],
    };
    const changed = await api.patch(path, changes);
    expect(changed.body).toMatchObject({ ...body, ...changes });
    expect(changed.body['updated_at']).not.toBe(made.body['updated_at']);
    const back = await api.patch(path, {
      access_token_format: null,
      access_token_lifetime: null,
      introspection_clients: null,
    });
    expect(back.body).toMatchObject({ access_token_format: 'jwt', introspection_clients: [] });
    expect(back.body).not.toHaveProperty('access_token_lifetime');
    expect((await api.get(path)).body).toEqual(back.body);
    expect((await api.delete(path)).status).toBe(204);
    for (const answer of [await api.delete(path), await api.get(path), await api.patch(path, {})]) {
      expect(answer.status).toBe(404);
    }
  });

  it.each([
    [
      'identifier',
      [
        1,
        '',
        'orders',
        '/orders',
        'https://a b/',
        'https://a.example/#f',
        `https://${'a'.repeat(512)}.example/`,
        {},
        'https://\u00fc.example/',
      ],
    ],
    ['name', [1, '', ' ', 'a\nb', 'x'.repeat(201), {}]],
    ['access_token_format', ['JWT', 'paseto', 1, true]],
    ['access_token_lifetime', [0, -1, 3601, 1.5, '60', true]],
    ['introspection_clients', ['a', [1], {}, [''], ['x'.repeat(256)], Array.from({ length: 101 }, (_, n) => `c${n}`)]],
    ['id', ['x']],
    ['scopes', [['orders:read']]],
    ['updated_at', ['2026-01-01T00:00:00Z']],
  ])('refuse a bad %s with a pointer to it', async (member, values) => {
    const api = await AdminApi.of(running.service);
    for (const value of values) {
      const answer = await api.post('/resources', { identifier: identifier(), name: 'Orders', [member]: value });
      expect(answer.status, JSON.stringify(value)).toBe(422);
      const places = faultsOf(answer).map(({ pointer }) => pointer.split('/')[1]);
      expect(new Set(places), JSON.stringify(value)).toEqual(new Set([member]));
    }
  });

  it('need identifier and name; the identifier stays', async () => {
    const api = await AdminApi.of(running.service);
    expect(pointersOf(await api.post('/resources', {}))).toEqual(['#/identifier', '#/name']);
    const made = await api.made('/resources', { identifier: identifier(), name: 'Orders' });
    const path = `/resources/${String(made['id'])}`;
    for (const patch of [
      { identifier: identifier() },
      { identifier: null },
      { name: null },
      { id: 'x' },
      { unknown: 1 },
    ]) {
      expect(pointersOf(await api.patch(path, patch))).toEqual([`#/${Object.keys(patch)[0] ?? ''}`]);
    }
    expect((await api.patch(path, made)).body).toMatchObject({ identifier: made['identifier'] });
  });

  it('have an identifier that is taken byte by byte (RFC 8707 §2)', async () => {
    const api = await AdminApi.of(running.service);
    const taken = identifier();
    await api.made('/resources', { identifier: taken, name: 'Orders' });
    const again = await api.post('/resources', { identifier: taken, name: 'Other' });
    expect(again.status).toBe(409);
    expect(faultsOf(again)).toEqual([{ pointer: '#/identifier', detail: 'is taken' }]);
    expect((await api.post('/resources', { identifier: `${taken}/`, name: 'Other' })).status).toBe(201);
    expect((await api.post('/resources', { identifier: 'urn:example:orders:1', name: 'Urn' })).status).toBe(201);
  });

  it('include this very API, which stays as it is', async () => {
    const api = await AdminApi.of(running.service);
    const [own] = await api.all('/resources');
    expect(own?.['identifier']).toBe(`${running.service.issuer}/api/v1`);
    const path = `/resources/${String(own?.['id'])}`;
    expect((await api.get(path)).body).toEqual(own);
    expect((await api.patch(path, { name: 'Mine' })).status).toBe(409);
    expect((await api.delete(path)).status).toBe(409);
    expect((await api.post('/resources', { identifier: own?.['identifier'], name: 'Mine' })).status).toBe(409);
  });

  it('take their scopes with them, and no token is given for them any more (RFC 8707 §2)', async () => {
    const api = await AdminApi.of(running.service);
    const orders = await anApi(running.service);
    const bare = new BareClient(running.service, await aMachine(running.service, orders.scopes));
    const scope = orders.scopes.join(' ');
    expect((await bare.ownToken({ resource: orders.identifier, scope })).status).toBe(200);
    const found = (await api.all('/resources')).find((one) => one['identifier'] === orders.identifier);
    expect((await api.delete(`/resources/${String(found?.['id'])}`)).status).toBe(204);
    expect((await bare.ownToken({ resource: orders.identifier })).body['error']).toBe('invalid_target');
    expect((await bare.ownToken({ scope })).body['error']).toBe('invalid_scope');
    for (const name of orders.scopes) expect((await api.get(`/scopes/${name}`)).status).toBe(404);
  });

  it('say who may introspect their tokens, at once (RFC 7662 §2.1)', async () => {
    const api = await AdminApi.of(running.service);
    const orders = await anApi(running.service, { accessTokenFormat: 'opaque' });
    const bare = new BareClient(running.service, await aMachine(running.service, orders.scopes));
    const protector = new BareClient(running.service, await aClient(running.service));
    const { body } = await bare.ownToken({ resource: orders.identifier });
    const token = String(body['access_token']);
    expect((await protector.introspect(token)).body).toEqual({ active: false });
    const found = (await api.all('/resources')).find((one) => one['identifier'] === orders.identifier);
    const introspection = { introspection_clients: [protector.client.clientId] };
    expect((await api.patch(`/resources/${String(found?.['id'])}`, introspection)).status).toBe(200);
    expect((await protector.introspect(token)).body).toMatchObject({ active: true, aud: orders.identifier });
  });

  it('are listed page by page', async () => {
    const api = await AdminApi.of(running.service);
    const make = async () => String((await api.made('/resources', { identifier: identifier(), name: 'Orders' }))['id']);
    const listing = { path: '/resources', key: 'id', make };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    await expectStablePages(api, listing);
    await expectUsualLength(api, listing);
  });
});

onEveryDatabase('scopes over REST', (running) => {
  const aResource = async (api: AdminApi): Promise<string> => {
    const identifier = `https://${uniqueName('orders')}.example/api`;
    await api.made('/resources', { identifier, name: 'Orders' });
    return identifier;
  };

  it('are made for one API, read, worded anew and deleted', async () => {
    const api = await AdminApi.of(running.service);
    const resource = await aResource(api);
    const name = `${uniqueName('orders')}:read/all!`;
    const made = await api.post('/scopes', { name, resource, title: 'See your orders' });
    expect(made.status).toBe(201);
    const path = `/scopes/${encodeURIComponent(name)}`;
    expect(made.headers.get('location')).toBe(running.service.url(`/api/v1${path}`));
    expect(made.body).toEqual({
      name,
      resource,
      title: 'See your orders',
      description: '',
      sensitivity: 'normal',
      text_version: 1,
      meaning_version: 1,
      created_at: expect.stringMatching(RFC3339) as string,
      updated_at: expect.stringMatching(RFC3339) as string,
    });
    expect((await api.get(path)).body).toEqual(made.body);
    running.service.clock.advance('1s');
    const changed = await api.patch(path, { title: 'Bestellungen sehen', description: 'Zeile 1\nZeile 2' });
    expect(changed.body).toMatchObject({
      name,
      resource,
      title: 'Bestellungen sehen',
      description: 'Zeile 1\nZeile 2',
    });
    expect((await api.patch(path, { description: null })).body['description']).toBe('');
    expect((await api.delete(path)).status).toBe(204);
    for (const answer of [await api.delete(path), await api.get(path), await api.patch(path, {})]) {
      expect(answer.status).toBe(404);
    }
  });

  it('belong to no API when nothing or null is said', async () => {
    const api = await AdminApi.of(running.service);
    for (const body of [{}, { resource: null }]) {
      const made = await api.made('/scopes', { name: uniqueName('badge'), title: 'Your badge', ...body });
      expect(made['resource']).toBeNull();
    }
  });

  it.each([
    ['name', [1, '', 'a b', 'a"b', 'a\\b', 'caf\u00e9', 'x'.repeat(256), 'a\tb', {}]],
    ['resource', [1, 'orders', 'https://nobody.example/api', {}]],
    ['title', [1, '', ' ', 'a\nb', 'x'.repeat(201), {}]],
    ['description', [1, {}, 'x'.repeat(2001), 'a\u0000b']],
    ['built_in', [true]],
    ['created_at', ['2026-01-01T00:00:00Z']],
  ])('refuse a bad %s with a pointer to it (RFC 6749 §3.3)', async (member, values) => {
    const api = await AdminApi.of(running.service);
    const resource = await aResource(api);
    for (const value of values) {
      const answer = await api.post('/scopes', { name: uniqueName('s'), resource, title: 'Orders', [member]: value });
      expect([answer.status, pointersOf(answer)], JSON.stringify(value)).toEqual([422, [`#/${member}`]]);
    }
  });

  it.each(['grants:read', 'audit-events:write', 'webhooks:read', 'metrics:write', 'settings:write', 'jobs:write'])(
    'may not have the name %s, which a later part of the admin API will need',
    async (name) => {
      const api = await AdminApi.of(running.service);
      expect(pointersOf(await api.post('/scopes', { name, title: 'Mine' }))).toEqual(['#/name']);
    },
  );

  it('cannot be made for this very API, nor under a name that exists', async () => {
    const api = await AdminApi.of(running.service);
    const own = { name: uniqueName('x'), resource: `${running.service.issuer}/api/v1`, title: 'Mine' };
    expect(pointersOf(await api.post('/scopes', own))).toEqual(['#/resource']);
    const resource = await aResource(api);
    const { name } = await api.made('/scopes', { name: uniqueName('orders'), resource, title: 'Orders' });
    for (const taken of ['openid', 'email', 'offline_access', 'clients:read', name]) {
      const answer = await api.post('/scopes', { name: taken, resource, title: 'Mine' });
      expect([answer.status, pointersOf(answer)]).toEqual([409, ['#/name']]);
    }
    const louder = { name: String(name).toUpperCase(), resource, title: 'Other' };
    expect((await api.post('/scopes', louder)).status).toBe(201);
  });

  it('that are built in can be read but neither changed nor deleted', async () => {
    const api = await AdminApi.of(running.service);
    for (const name of ['openid', 'email', 'users:write']) {
      expect((await api.get(`/scopes/${name}`)).body['name']).toBe(name);
      expect((await api.patch(`/scopes/${name}`, { title: 'Mine' })).status).toBe(409);
      expect((await api.delete(`/scopes/${name}`)).status).toBe(409);
    }
  });

  it('keep their name and their API', async () => {
    const api = await AdminApi.of(running.service);
    const [resource, other] = [await aResource(api), await aResource(api)];
    const made = await api.made('/scopes', { name: uniqueName('orders'), resource, title: 'Orders' });
    const path = `/scopes/${String(made['name'])}`;
    for (const patch of [
      { name: 'x' },
      { name: null },
      { resource: other },
      { resource: null },
      { title: null },
      { x: 1 },
    ]) {
      expect(pointersOf(await api.patch(path, patch)), JSON.stringify(patch)).toEqual([
        `#/${Object.keys(patch)[0] ?? ''}`,
      ]);
    }
    expect((await api.patch(path, made)).body).toMatchObject({ title: 'Orders' });
  });

  it('are listed page by page, the built-in ones first', async () => {
    const api = await AdminApi.of(running.service);
    const resource = await aResource(api);
    const make = async () =>
      String((await api.made('/scopes', { name: uniqueName('s'), resource, title: 'Orders' }))['name']);
    const listing = { path: '/scopes', key: 'name', make };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    await expectStablePages(api, listing);
    await expectUsualLength(api, listing);
    expect((await api.all('/scopes')).slice(0, 3).map(({ name }) => name)).toEqual(['openid', 'profile', 'email']);
  });
});
