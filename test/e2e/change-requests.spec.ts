import { beforeEach, expect, it } from 'vitest';
import { CompanySettingsService } from '#settings/index.js';
import { GroupsService } from '#users/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { aPerson } from '../support/admin-person.js';
import type { Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, uniqueName } from '../support/given.js';

const WEB: Json = { client_name: 'Desk', redirect_uris: ['https://rp.example/cb'] };
const ELSEWHERE: Json = { redirect_uris: ['https://elsewhere.example/cb'] };
const ADMINISTRATOR = { groups: ['administrators'] };

onEveryDatabase('changes that need two people', (running) => {
  const fourEyes = (on: boolean) =>
    running.service.app.get(CompanySettingsService, { strict: false }).change({ fourEyes: on });

  beforeEach(async () => {
    await fourEyes(true);
  });

  const aDesk = async (): Promise<string> => `/clients/${(await aClient(running.service)).clientId}`;

  /** What was asked for, where it can be read and decided. */
  const waiting = (answer: Answer): string => {
    expect(answer.status, answer.text).toBe(202);
    const path = `/change-requests/${String(answer.body['id'])}`;
    expect(answer.headers.get('location')).toBe(running.service.url(`/api/v1${path}`));
    return path;
  };

  it('are off by default, and one person turns them on', async () => {
    await fourEyes(false);
    const api = await AdminApi.of(running.service);
    expect((await api.get('/settings')).body).toMatchObject({ four_eyes: false });
    expect((await api.patch(await aDesk(), ELSEWHERE)).status).toBe(200);
    expect((await api.post('/clients', WEB)).status).toBe(201);
    expect((await api.patch('/settings', { four_eyes: true })).body).toMatchObject({ four_eyes: true });
    expect((await api.post('/clients', WEB)).status).toBe(202);
  });

  it('wait as they were asked for, with what they would change; everything else is done at once', async () => {
    const [api, path] = [await AdminApi.of(running.service), await aDesk()];
    const before = await api.get(path);
    const tried = await api.send('PATCH', `${path}?dry_run=true`, {
      body: JSON.stringify(ELSEWHERE),
      type: 'application/json',
    });
    expect(tried.body).toMatchObject({ dry_run: true, needs_approval: true });
    expect(await api.all('/change-requests', { client_id: String(before.body['client_id']) })).toEqual([]);
    const at = waiting(await api.patch(path, { ...ELSEWHERE, client_name: 'Elsewhere' }));
    expect((await api.get(path)).body).toEqual(before.body);
    const { body } = await api.get(at);
    expect(body).toMatchObject({
      kind: 'client.change',
      state: 'pending',
      client_id: before.body['client_id'],
      body: { ...ELSEWHERE, client_name: 'Elsewhere' },
      requested_by: { kind: 'client', id: api.machine.client.clientId },
    });
    expect(body['changes']).toEqual(
      expect.arrayContaining([
        { pointer: '#/redirect_uris', from: before.body['redirect_uris'], to: ELSEWHERE['redirect_uris'] },
        { pointer: '#/client_name', from: 'Travel Desk', to: 'Elsewhere' },
      ]),
    );
    const [told] = await api.all('/audit-events', { name: 'change.requested', client_id: String(body['client_id']) });
    expect(told?.['details']).toMatchObject({ change_request_id: body['id'], kind: 'client.change' });
    for (const plain of [{ client_name: 'At once' }, { access_token_lifetime: 60 }, { status: 'disabled' }]) {
      expect((await api.patch(path, plain)).status, JSON.stringify(plain)).toBe(200);
    }
    waiting(await api.patch(path, { status: 'active' }));
    const stale = { body: '{}', type: 'application/json', headers: { 'if-match': before.headers.get('etag') ?? '' } };
    expect((await api.send('PATCH', path, { ...stale, body: JSON.stringify(ELSEWHERE) })).status).toBe(412);
    expect((await api.patch(path, { redirect_uris: ['nonsense'] })).status).toBe(422);
  });

  it('are made when somebody else approves them, and the record names both', async () => {
    const [api, path] = [await AdminApi.of(running.service), await aDesk()];
    const at = waiting(await api.patch(path, ELSEWHERE));
    const boss = await aPerson(running.service, ADMINISTRATOR);
    const tried = await boss.send('POST', `${at}/approve?dry_run=true`);
    expect(tried.body['changes']).toContainEqual({ pointer: '#/state', from: 'pending', to: 'approved' });
    expect((await api.get(path)).body).toMatchObject({ version: 1 });
    const read = await boss.send('GET', at);
    const other = await boss.send('POST', `${at}/approve`, undefined, { 'if-match': '"other"' });
    expect(other.status).toBe(412);
    const tag = { 'if-match': read.headers.get('etag') ?? '' };
    const approved = await boss.send('POST', `${at}/approve`, undefined, tag);
    expect(approved.status, approved.text).toBe(200);
    expect(approved.body).toMatchObject({ state: 'approved', decided_by: { kind: 'user', id: boss.id } });
    const client = await api.get(path);
    expect(client.body).toMatchObject({ ...ELSEWHERE, version: 2 });
    expect((await api.get(`${path}/versions/2`)).body).toMatchObject({ actor: { kind: 'user', id: boss.id } });
    const about = { client_id: String(client.body['client_id']) };
    const [act] = await api.all('/audit-events', { ...about, name: 'admin.acted' });
    const requester = { kind: 'client', id: api.machine.client.clientId };
    expect(act).toMatchObject({
      actor: { kind: 'user', id: boss.id },
      details: {
        act: 'update',
        requested_by: requester,
        changes: expect.arrayContaining([
          expect.objectContaining({ pointer: '#/redirect_uris', to: ELSEWHERE['redirect_uris'] }),
        ]) as unknown,
      },
    });
    const [told] = await api.all('/audit-events', { ...about, name: 'change.approved' });
    expect(told?.['details']).toMatchObject({ requested_by: requester, decided_by: { kind: 'user', id: boss.id } });
    for (const again of ['approve', 'reject']) {
      expect((await boss.send('POST', `${at}/${again}`)).status, again).toBe(409);
    }
    expect((await api.get(path)).body).toMatchObject({ version: 2 });
  });

  it('are approved by nobody who asked for them, by no program, and by nobody without a fresh second factor', async () => {
    const path = await aDesk();
    const alice = await aPerson(running.service, ADMINISTRATOR);
    const own = waiting(await alice.send('PATCH', path, ELSEWHERE));
    expect((await alice.send('POST', `${own}/approve`)).status).toBe(403);
    const elsewhere = await alice.again();
    expect((await elsewhere.send('POST', `${own}/approve`)).status).toBe(403);
    const api = await AdminApi.of(running.service);
    expect((await api.post(`${own}/approve`)).status).toBe(403);
    const asked = waiting(await api.patch(path, ELSEWHERE));
    for (const decision of ['approve', 'reject']) {
      expect((await api.post(`${asked}/${decision}`)).status, decision).toBe(403);
    }
    const boss = await aPerson(running.service, ADMINISTRATOR);
    running.service.clock.advance('9m');
    const stale = await boss.again();
    running.service.clock.advance('16m');
    expect((await stale.send('POST', `${asked}/approve`)).status).toBe(401);
    expect((await api.get(path)).body).toMatchObject({ version: 1 });
  });

  it('of what is not any more as it was are asked for again', async () => {
    const [api, path] = [await AdminApi.of(running.service), await aDesk()];
    const at = waiting(await api.patch(path, ELSEWHERE));
    await api.patch(path, { client_name: 'Meanwhile' });
    const boss = await aPerson(running.service, ADMINISTRATOR);
    const refused = await boss.send('POST', `${at}/approve`);
    expect([refused.status, refused.body['detail']]).toEqual([409, expect.stringContaining('asked for again')]);
    expect((await api.get(at)).body).toMatchObject({ state: 'pending' });
    const again = waiting(await api.patch(path, ELSEWHERE));
    expect((await boss.send('POST', `${again}/approve`)).status).toBe(200);
    expect((await api.get(path)).body).toMatchObject({ ...ELSEWHERE, client_name: 'Meanwhile' });
    const gone = waiting(await api.patch(path, { redirect_uris: ['https://third.example/cb'] }));
    await api.delete(path);
    expect((await boss.send('POST', `${gone}/approve`)).status).toBe(409);
  });

  it('are judged once more by what holds when they are approved', async () => {
    const [api, path] = [await AdminApi.of(running.service), await aDesk()];
    const group = uniqueName('fleeting');
    const { id } = await api.made('/groups', { name: group });
    const at = waiting(await api.patch(path, { allowed_groups: [group] }));
    await running.service.app.get(GroupsService, { strict: false }).delete(String(id));
    const boss = await aPerson(running.service, ADMINISTRATOR);
    const refused = await boss.send('POST', `${at}/approve`);
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['#/allowed_groups/0']]);
    expect((await api.get(at)).body).toMatchObject({ state: 'pending' });
    expect((await api.get(path)).body).toMatchObject({ version: 1 });
  });

  it('are every new client, whose secret is made by whoever asked, when it is there', async () => {
    const manager = await aPerson(running.service, { adminRole: 'client_manager' });
    const at = waiting(await manager.send('POST', '/clients', WEB));
    expect((await manager.send('GET', at)).body['changes']).toContainEqual({ pointer: '#/client_name', to: 'Desk' });
    expect((await manager.send('GET', at)).body).not.toHaveProperty('client_id');
    const boss = await aPerson(running.service, ADMINISTRATOR);
    const approved = await boss.send('POST', `${at}/approve`);
    expect(approved.status, approved.text).toBe(200);
    expect(approved.text).not.toContain('client_secret"');
    const path = `/clients/${String(approved.body['client_id'])}`;
    const fresh = await manager.again();
    expect((await fresh.send('GET', path)).body).toMatchObject({ ...WEB, owner: manager.id });
    expect((await fresh.send('GET', `${path}/secrets`)).body['items']).toEqual([]);
    expect((await fresh.send('POST', `${path}/secrets`)).status).toBe(201);
  });

  it('are seen and decided by whoever could see and do what they are about', async () => {
    const [api, path] = [await AdminApi.of(running.service), await aDesk()];
    const manager = await aPerson(running.service, { adminRole: 'client_manager' });
    const auditor = await aPerson(running.service, { adminRole: 'auditor' });
    await fourEyes(false);
    expect((await api.patch(path, { owner: manager.id })).status).toBe(200);
    await fourEyes(true);
    const [own, vouched] = [
      waiting(await api.patch(path, ELSEWHERE)),
      waiting(await api.patch(path, { company_approved_scope: 'openid' })),
    ];
    const foreign = waiting(await api.patch(await aDesk(), ELSEWHERE));
    const setting = waiting(await api.patch('/settings', { four_eyes: false }));
    const seen = (answer: Answer) => (answer.body['items'] as Json[]).map(({ id }) => `/change-requests/${String(id)}`);
    expect(seen(await manager.send('GET', '/change-requests')).sort()).toEqual([own, vouched].sort());
    for (const hidden of [foreign, setting]) {
      expect((await manager.send('GET', hidden)).status).toBe(404);
      expect((await manager.send('POST', `${hidden}/approve`)).status).toBe(404);
    }
    expect((await manager.send('POST', `${vouched}/approve`)).status).toBe(403);
    expect(seen(await auditor.send('GET', '/change-requests'))).toEqual(
      expect.arrayContaining([own, vouched, foreign, setting]),
    );
    expect((await auditor.send('POST', `${own}/approve`)).status).toBe(403);
    const narrow = await AdminApi.of(running.service, ['clients:read', 'clients:write']);
    expect((await narrow.get(setting)).status).toBe(404);
    expect(seen(await narrow.get('/change-requests'))).not.toContain(setting);
    expect((await manager.send('POST', `${own}/approve`)).status).toBe(200);
    expect((await api.get(path)).body).toMatchObject(ELSEWHERE);
  });

  it('are rejected with a reason by others, withdrawn by whoever asked', async () => {
    const [api, path] = [await AdminApi.of(running.service), await aDesk()];
    const other = await AdminApi.of(running.service);
    const at = waiting(await api.patch(path, ELSEWHERE));
    expect((await other.post(`${at}/reject`, { reason: 'x'.repeat(501) })).status).toBe(422);
    expect((await other.post(`${at}/withdraw`)).status).toBe(403);
    const rejected = await other.post(`${at}/reject`, { reason: 'Not there.' });
    expect(rejected.body).toMatchObject({ state: 'rejected', reason: 'Not there.' });
    const second = waiting(await api.patch(path, ELSEWHERE));
    expect((await api.post(`${second}/withdraw`)).body).toMatchObject({ state: 'withdrawn' });
    const boss = await aPerson(running.service, ADMINISTRATOR);
    for (const done of [at, second]) expect((await boss.send('POST', `${done}/approve`)).status).toBe(409);
    const about = { client_id: path.split('/')[2] ?? '' };
    for (const name of ['change.rejected', 'change.withdrawn']) {
      expect((await api.all('/audit-events', { ...about, name })).length, name).toBe(1);
    }
    const states = async (state: string) => (await api.all('/change-requests', { ...about, state })).length;
    expect([await states('rejected'), await states('withdrawn'), await states('pending')]).toEqual([1, 1, 0]);
    expect((await api.get('/change-requests', { state: 'lost' })).status).toBe(422);
  });

  it('can be approved for seven days', async () => {
    const [api, path] = [await AdminApi.of(running.service), await aDesk()];
    const at = waiting(await api.patch(path, ELSEWHERE));
    running.service.clock.advance('7d');
    const boss = await aPerson(running.service, ADMINISTRATOR);
    expect((await boss.send('POST', `${at}/approve`)).status).toBe(409);
    expect((await api.get(at)).body).toMatchObject({ state: 'expired' });
    const about = { client_id: path.split('/')[2] ?? '' };
    expect(await api.all('/change-requests', { ...about, state: 'expired' })).toHaveLength(1);
    expect(await api.all('/change-requests', { ...about, state: 'pending' })).toEqual([]);
    expect((await api.get(path)).body).toMatchObject({ version: 1 });
  });

  it('include the end of this rule, and no other setting', async () => {
    const api = await AdminApi.of(running.service);
    expect((await api.patch('/settings', { invitation_days: 6 })).status).toBe(200);
    for (const end of [{ four_eyes: false }, { four_eyes: null }]) {
      const at = waiting(await api.patch('/settings', end));
      expect((await api.get('/settings')).body).toMatchObject({ four_eyes: true });
      expect((await api.get(at)).body).toMatchObject({ kind: 'settings.change' });
    }
    const at = waiting(await api.patch('/settings', { four_eyes: false, invitation_days: 5 }));
    const boss = await aPerson(running.service, ADMINISTRATOR);
    expect((await boss.send('POST', `${at}/approve`)).status).toBe(200);
    expect((await api.get('/settings')).body).toMatchObject({ four_eyes: false, invitation_days: 5 });
    expect((await api.patch(await aDesk(), ELSEWHERE)).status).toBe(200);
  });

  it('include the way back to a version that differs in what is sensitive', async () => {
    const [api, path] = [await AdminApi.of(running.service), await aDesk()];
    const boss = await aPerson(running.service, ADMINISTRATOR);
    await api.patch(path, { client_name: 'Second' });
    expect((await api.post(`${path}/versions/1/restore`)).status).toBe(200);
    await boss.send('POST', `${waiting(await api.patch(path, ELSEWHERE))}/approve`);
    const at = waiting(await api.post(`${path}/versions/1/restore`));
    expect((await api.get(at)).body).toMatchObject({ kind: 'client.restore', version: 1 });
    expect((await boss.send('POST', `${at}/approve`)).status).toBe(200);
    expect((await api.get(path)).body).toMatchObject({ version: 5, redirect_uris: ['https://rp.example/callback'] });
    expect((await api.get(`${path}/versions/5`)).body).toMatchObject({ restored_from: 1 });
  });

  it('are asked for once with an Idempotency-Key, and a hundred at once at most', async () => {
    const api = await AdminApi.of(running.service);
    const key = { 'idempotency-key': uniqueName('key') };
    const [first, second] = [await api.post('/clients', WEB, key), await api.post('/clients', WEB, key)];
    expect(second.body).toEqual(first.body);
    expect([second.status, second.headers.get('location')]).toEqual([202, first.headers.get('location')]);
    const mine = async () =>
      (await api.all('/change-requests', { state: 'pending' })).filter((one) => {
        return (one['requested_by'] as Json)['id'] === api.machine.client.clientId;
      });
    expect(await mine()).toHaveLength(1);
    for (let count = 2; count <= 100; count += 1) waiting(await api.post('/clients', WEB));
    expect((await api.post('/clients', WEB)).status).toBe(409);
    expect(await mine()).toHaveLength(100);
  }, 60_000);
});
