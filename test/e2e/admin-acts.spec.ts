import { expect, it } from 'vitest';
import { SECRET_MEMBERS } from '../../src/admin/rest/requests/recorded-act.js';
import { Database } from '#platform/database/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { AdminContract } from '../support/admin-contract.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aUser, uniqueName } from '../support/given.js';

interface Change {
  readonly pointer: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

onEveryDatabase('the record of what administrators do', (running) => {
  const acts = async (query: Record<string, string>): Promise<Json[]> =>
    (await AdminApi.of(running.service, ['audit-events:read'])).all('/audit-events', { name: 'admin.acted', ...query });

  const detailsOf = (event: Json | undefined) => event?.['details'] as { readonly changes: readonly Change[] };

  async function actOn(query: Record<string, string>, act: string): Promise<Json | undefined> {
    return (await acts(query)).find((one) => (one['details'] as Json)['act'] === act);
  }

  it('says who made, changed and deleted what, from where, and what it was before and after', async () => {
    const admin = await AdminApi.of(running.service);
    const name = uniqueName('carol');
    const { id } = await admin.made('/users', { username: name, name: 'Carol', password: 'seven red bicycles' });
    await admin.patch(`/users/${String(id)}`, { name: 'Caroline', password: 'eight green tricycles' });
    await admin.delete(`/users/${String(id)}`);
    const about = { user_id: String(id) };
    const made = await actOn(about, 'create');
    expect(made).toMatchObject({
      user_id: id,
      actor: { kind: 'client', id: admin.machine.client.clientId },
      address: '127.0.0.1',
      request_id: expect.stringMatching(/^[a-z0-9]{10}$/) as string,
      details: { act: 'create', target: '/api/v1/users' },
    });
    expect(detailsOf(made).changes).toEqual([
      { pointer: '#', to: expect.objectContaining({ id, username: name, name: 'Carol' }) as unknown },
    ]);
    const changes = detailsOf(await actOn(about, 'update')).changes;
    expect(changes).toContainEqual({ pointer: '#/name', from: 'Carol', to: 'Caroline' });
    expect(changes.map(({ pointer }) => pointer).sort()).toEqual(expect.arrayContaining(['#/name']));
    expect(changes.map(({ pointer }) => pointer)).not.toContain('#/username');
    const gone = await actOn(about, 'delete');
    expect(gone?.['details']).toMatchObject({ target: `/api/v1/users/${String(id)}` });
    expect(detailsOf(gone).changes).toEqual([
      { pointer: '#', from: expect.objectContaining({ id, name: 'Caroline' }) as unknown },
    ]);
  });

  it('never holds a secret, whether it was sent or answered', async () => {
    const admin = await AdminApi.of(running.service);
    const made = await admin.made('/clients', { redirect_uris: ['https://rp.example/cb'] });
    const more = await admin.made(`/clients/${String(made['client_id'])}/secrets`);
    const hook = await admin.made('/webhooks', { url: 'https://hook.example/in', events: ['user.registered'] });
    const token = await admin.made('/initial-access-tokens', {});
    const provider = { preset: 'github', slug: uniqueName('github'), client_id: 'id', client_secret: 'upstream-hush' };
    await admin.made('/identity-providers', provider);
    await admin.made('/users', { username: uniqueName('dora'), password: 'nine blue unicycles' });
    const database = running.service.app.get(Database, { strict: false });
    const sql = "SELECT details FROM audit_event WHERE name = 'admin.acted'";
    const text = JSON.stringify(await database.dataSource.query(sql));
    for (const secret of [
      made['client_secret'],
      more['client_secret'],
      hook['secret'],
      token['initial_access_token'],
      'upstream-hush',
      'nine blue unicycles',
    ]) {
      expect(secret).toMatch(/./);
      expect(text).not.toContain(String(secret));
    }
    expect(text).toContain(String(made['client_id']));
  });

  it('knows every member of the API that holds a secret', async () => {
    const { document } = await AdminContract.of(running.service);
    const secret = Object.values(document.components.schemas).flatMap((schema) =>
      Object.entries((schema['properties'] ?? {}) as Record<string, Json>)
        .filter(([, one]) => one['writeOnly'] === true || /this once|never answered/.test(String(one['description'])))
        .map(([name]) => name),
    );
    expect(secret.length).toBeGreaterThan(4);
    expect([...new Set(secret)].filter((name) => !SECRET_MEMBERS.has(name))).toEqual([]);
  });

  it('is written with the act or not at all: once for an Idempotency-Key, never for a rehearsal or a refusal', async () => {
    const admin = await AdminApi.of(running.service);
    const { id } = await aUser(running.service);
    const before = (await acts({ user_id: id })).length;
    await admin.send('PATCH', `/users/${id}?dry_run=true`, { body: '{"name":"Tried"}', type: 'application/json' });
    expect((await admin.patch(`/users/${id}`, { nick: 'no such member' })).status).toBe(422);
    const missed = { body: '{"name":"Late"}', type: 'application/json', headers: { 'if-match': '"other"' } };
    expect((await admin.send('PATCH', `/users/${id}`, missed)).status).toBe(412);
    expect(await acts({ user_id: id })).toHaveLength(before);
    const once = { username: uniqueName('erin') };
    const key = { 'idempotency-key': uniqueName('key') };
    const first = await admin.post('/users', once, key);
    await admin.post('/users', once, key);
    expect(await acts({ user_id: String(first.body['id']) })).toHaveLength(1);
  });

  it('names the client that an act is about, and keeps what is not of a user or client too', async () => {
    const admin = await AdminApi.of(running.service);
    const { client_id } = await admin.made('/clients', { redirect_uris: ['https://rp.example/cb'] });
    const about = { client_id: String(client_id) };
    await admin.patch(`/clients/${String(client_id)}`, { client_name: 'Renamed' });
    expect(detailsOf(await actOn(about, 'update')).changes).toContainEqual({
      pointer: '#/client_name',
      to: 'Renamed',
    });
    const { id } = await admin.made('/groups', { name: uniqueName('group') });
    const kept = (await acts({})).map((one) => one['details'] as Json);
    expect(kept).toContainEqual(expect.objectContaining({ act: 'create', target: '/api/v1/groups' }));
    await admin.delete(`/groups/${String(id)}`);
    const later = (await acts({})).map((one) => (one['details'] as Json)['target']);
    expect(later).toContain(`/api/v1/groups/${String(id)}`);
  });

  it('keeps the places alone of what would be too long', async () => {
    const admin = await AdminApi.of(running.service);
    const uris = Array.from({ length: 90 }, (_, index) => `https://rp.example/${index}/${'x'.repeat(600)}`);
    const { client_id } = await admin.made('/clients', { redirect_uris: uris });
    const made = await actOn({ client_id: String(client_id) }, 'create');
    expect(made?.['details']).toMatchObject({ shortened: true });
    expect(detailsOf(made).changes).toContainEqual({ pointer: '#/redirect_uris' });
  });
});
