import { expect, it } from 'vitest';
import { AdminApi, faultsOf, pointersOf } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { uniqueName } from '../support/given.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
  expectUsualLength,
} from '../support/keyset-pages.js';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

onEveryDatabase('groups over REST', (running) => {
  it('are made, read, described anew and deleted', async () => {
    const api = await AdminApi.of(running.service);
    const name = uniqueName('Vertrieb Süd');
    const made = await api.post('/groups', { name, description: 'Everybody who sells' });
    expect(made.status).toBe(201);
    const path = `/groups/${String(made.body['id'])}`;
    expect(made.headers.get('location')).toBe(running.service.url(`/api/v1${path}`));
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name,
      description: 'Everybody who sells',
      member_groups: [],
      created_at: expect.stringMatching(RFC3339) as string,
      updated_at: expect.stringMatching(RFC3339) as string,
    });
    expect((await api.get(path)).body).toEqual(made.body);
    running.service.clock.advance('1s');
    const changed = await api.patch(path, { description: 'The south' });
    expect(changed.body).toMatchObject({ name, description: 'The south' });
    expect(changed.body['updated_at']).not.toBe(made.body['updated_at']);
    expect((await api.patch(path, { description: null }, 'application/json')).body).not.toHaveProperty('description');
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.delete(path)).status).toBe(404);
    expect((await api.get(path)).status).toBe(404);
  });

  it.each([
    ['name', [1, '', ' a', 'a ', 'a\nb', '\u200bx', 'x'.repeat(129), {}, [], true]],
    ['description', [1, {}, 'x'.repeat(1001)]],
    ['members', [['alice']]],
    ['id', ['x']],
    ['created_at', ['2026-01-01T00:00:00Z']],
  ])('refuse a bad %s', async (member, values) => {
    const api = await AdminApi.of(running.service);
    for (const value of values) {
      const answer = await api.post('/groups', { name: uniqueName('group'), [member]: value });
      expect([answer.status, pointersOf(answer)], JSON.stringify(value)).toEqual([422, [`#/${member}`]]);
    }
  });

  it('need a name, which stays (clients refer to it)', async () => {
    const api = await AdminApi.of(running.service);
    expect(pointersOf(await api.post('/groups', {}))).toEqual(['#/name']);
    const made = await api.made('/groups', { name: uniqueName('group') });
    const path = `/groups/${String(made['id'])}`;
    for (const patch of [{ name: 'other' }, { name: null }, { id: 'x' }, { created_at: null }, { unknown: 1 }]) {
      expect(pointersOf(await api.patch(path, patch))).toEqual([`#/${Object.keys(patch)[0] ?? ''}`]);
    }
    expect((await api.patch(path, made)).body).toMatchObject({ name: made['name'] });
  });

  it('have names that are unique by their canonical form', async () => {
    const api = await AdminApi.of(running.service);
    const name = uniqueName('Größe');
    await api.made('/groups', { name });
    for (const other of [name, name.toUpperCase().replace('SS', 'ß'), name.normalize('NFD')]) {
      const answer = await api.post('/groups', { name: other });
      expect(answer.status).toBe(409);
      expect(faultsOf(answer)).toEqual([{ pointer: '#/name', detail: 'is taken' }]);
    }
  });

  it('include that of the administrators, which stays', async () => {
    const api = await AdminApi.of(running.service);
    const administrators = (await api.all('/groups')).find(({ name }) => name === 'administrators');
    expect(administrators).toBeDefined();
    expect((await api.delete(`/groups/${String(administrators?.['id'])}`)).status).toBe(409);
    expect((await api.post('/groups', { name: 'Administrators' })).status).toBe(409);
  });

  it('let their members go when they are deleted', async () => {
    const api = await AdminApi.of(running.service);
    const group = await api.made('/groups', { name: uniqueName('group') });
    const user = await api.made('/users', { username: uniqueName('alice'), groups: [group['name']] });
    expect(user['groups']).toEqual([group['name']]);
    await api.delete(`/groups/${String(group['id'])}`);
    expect((await api.get(`/users/${String(user['id'])}`)).body['groups']).toEqual([]);
  });

  it('are listed page by page', async () => {
    const api = await AdminApi.of(running.service);
    const make = async (): Promise<string> => String((await api.made('/groups', { name: uniqueName('group') }))['id']);
    const listing = { path: '/groups', key: 'id', make };
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    await expectStablePages(api, listing);
    await expectUsualLength(api, listing);
  });
});
