import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, expect, it } from 'vitest';
import { SeedService } from '#admin/index.js';
import { ConsentReceiptsService } from '#consent/index.js';
import { Database } from '#platform/database/index.js';
import { ScopesService } from '#resources/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aSignInReadyToHappen, uniqueName } from '../support/given.js';
import { expectCursorsChecked, expectLimits, expectUnknownParametersRefused } from '../support/keyset-pages.js';
import { manageItself, selfRegistered, sendable } from '../support/self-registered.js';

const WEB: Json = { client_name: 'Desk', redirect_uris: ['https://rp.example/cb'] };

onEveryDatabase(
  'the versions of a client',
  (running) => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-versions-'));
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    async function made(api: AdminApi, wish: Json = {}): Promise<{ id: string; path: string }> {
      const id = String((await api.made('/clients', { ...WEB, ...wish }))['client_id']);
      return { id, path: `/clients/${id}` };
    }

    const changed = async (api: AdminApi, path: string, patch: Json): Promise<Answer> => {
      const answer = await api.patch(path, patch);
      expect(answer.status, answer.text).toBe(200);
      return answer;
    };

    const restore = (api: AdminApi, path: string, number: number, query = '', headers = {}): Promise<Answer> =>
      api.send('POST', `${path}/versions/${number}/restore${query}`, { headers });

    it('tell of each change who made it when in which request, the newest first', async () => {
      const api = await AdminApi.of(running.service);
      const { path } = await made(api);
      const second = await changed(api, path, { client_name: 'Front desk', consent: 'always' });
      await changed(api, path, { client_name: 'Front desk' });
      expect(second.body).toMatchObject({ version: 2 });
      expect((await api.get(path)).body).toMatchObject({ version: 2 });
      const versions = await api.all(`${path}/versions`);
      expect(versions).toEqual([
        {
          number: 2,
          changed: expect.arrayContaining(['client_name', 'consent']) as unknown,
          actor: { kind: 'client', id: api.machine.client.clientId },
          request_id: second.headers.get('x-request-id'),
          created_at: second.body['updated_at'],
        },
        expect.objectContaining({ number: 1, changed: [] }),
      ]);
    });

    it('are made by every door: this API, a client that changes itself, the seed, what has no request', async () => {
      const api = await AdminApi.of(running.service);
      const stranger = await selfRegistered(running.service, { client_name: uniqueName('Harbour') });
      const own = `/clients/${String(stranger['client_id'])}`;
      const put = await manageItself(stranger, 'PUT', { ...sendable(stranger), client_name: uniqueName('Quay') });
      expect(put.status, put.text).toBe(200);
      const [renamed, first] = await api.all(`${own}/versions`);
      expect(first).not.toHaveProperty('actor');
      expect(renamed).toMatchObject({
        number: 2,
        changed: ['client_name'],
        actor: { kind: 'client', id: stranger['client_id'] },
      });
      const { clientId } = await aClient(running.service);
      const seed = { clients: [{ ...WEB, client_id: clientId, client_name: 'Seeded' }] };
      writeFileSync(join(folder, 'seed.json'), JSON.stringify(seed));
      await running.service.app.get(SeedService, { strict: false }).apply(join(folder, 'seed.json'));
      const [seeded] = await api.all(`/clients/${clientId}/versions`);
      expect(seeded).toMatchObject({ number: 2, actor: { kind: 'system' } });
      expect(seeded).not.toHaveProperty('request_id');
    });

    it('hold the whole record and no secret, nor the digest of one', async () => {
      const api = await AdminApi.of(running.service);
      const answer = await api.made('/clients', { ...WEB, consent_max_days: 7, allowed_groups: [], contacts: ['me'] });
      const path = `/clients/${String(answer['client_id'])}`;
      const { body } = await api.get(`${path}/versions/1`);
      const { client_id, client_id_issued_at, created_at, updated_at, ...rest } = (await api.get(path)).body;
      const { version: _number, self_registered: _self, ...record } = rest;
      expect([client_id, client_id_issued_at, created_at, updated_at]).not.toContain(undefined);
      expect(body['client']).toEqual(record);
      const { dataSource } = running.service.app.get(Database, { strict: false });
      const sql = 'SELECT digest FROM client_secret WHERE client_id = ?';
      const [secret] = await dataSource.query<{ digest: string }[]>(sql, [client_id]);
      const rows = JSON.stringify(await dataSource.query('SELECT * FROM client_version'));
      expect(String(secret?.digest)).toHaveLength(43);
      for (const hidden of [answer['client_secret'], secret?.digest]) expect(rows).not.toContain(String(hidden));
    });

    it('are compared member by member: with the one before, or any other, either way round', async () => {
      const api = await AdminApi.of(running.service);
      const { path } = await made(api);
      await changed(api, path, { client_name: 'Second', consent_max_days: 7 });
      await changed(api, path, { client_name: 'Third', consent_max_days: null });
      const diff = async (number: number, query = {}) => (await api.get(`${path}/versions/${number}/diff`, query)).body;
      expect(await diff(2)).toEqual({
        number: 2,
        against: 1,
        changes: expect.arrayContaining([
          { pointer: '#/client_name', from: 'Desk', to: 'Second' },
          { pointer: '#/consent_max_days', to: 7 },
        ]) as unknown,
      });
      expect(await diff(2, { against: '3' })).toEqual({
        number: 2,
        against: 3,
        changes: expect.arrayContaining([
          { pointer: '#/client_name', from: 'Third', to: 'Second' },
          { pointer: '#/consent_max_days', to: 7 },
        ]) as unknown,
      });
      expect((await diff(3, { against: '1' }))['changes']).toEqual([
        { pointer: '#/client_name', from: 'Desk', to: 'Third' },
      ]);
      const first = await diff(1);
      expect(first).not.toHaveProperty('against');
      expect(first['changes']).toContainEqual({ pointer: '#/client_name', to: 'Desk' });
      for (const against of ['4', '0', 'x', '-1']) {
        const refused = await api.get(`${path}/versions/2/diff`, { against });
        expect([refused.status, pointersOf(refused)], against).toEqual([422, ['#/against']]);
      }
      for (const number of ['4', '0', '1e0', 'x']) {
        expect((await api.get(`${path}/versions/${number}`)).status, number).toBe(404);
        expect((await api.send('POST', `${path}/versions/${number}/restore`)).status, number).toBe(404);
      }
      expect((await api.get('/clients/none/versions')).status).toBe(404);
    });

    it('are brought back as a further version, members that came later taken away again', async () => {
      const api = await AdminApi.of(running.service);
      const { id, path } = await made(api);
      const before = (await api.get(`${path}/versions/1`)).body['client'];
      await changed(api, path, {
        redirect_uris: ['https://rp.example/other'],
        consent_max_days: 7,
        status: 'disabled',
      });
      const back = await restore(api, path, 1);
      expect(back.status, back.text).toBe(200);
      expect(back.body).toMatchObject({ version: 3, status: 'active', redirect_uris: WEB['redirect_uris'] });
      expect(back.body).not.toHaveProperty('consent_max_days');
      expect((await api.get(`${path}/versions/3`)).body).toMatchObject({ restored_from: 1, client: before });
      const acts = await api.all('/audit-events', { name: 'admin.acted', client_id: id });
      expect(acts.map((one) => one['details'] as Json)).toContainEqual(
        expect.objectContaining({
          act: 'update',
          target: `/api/v1${path}/versions/1/restore`,
          changes: expect.arrayContaining([{ pointer: '#/consent_max_days', from: 7 }]) as unknown,
        }),
      );
      const again = await restore(api, path, 3);
      expect([again.status, again.body['version']]).toEqual([200, 3]);
    });

    it('come back only from what was read, and show with dry_run what that would change', async () => {
      const api = await AdminApi.of(running.service);
      const { path } = await made(api);
      const read = await api.get(path);
      const old = { 'if-match': read.headers.get('etag') ?? '' };
      const now = { 'if-match': (await changed(api, path, { client_name: 'Second' })).headers.get('etag') ?? '' };
      expect((await restore(api, path, 1, '', old)).status).toBe(412);
      const tried = await restore(api, path, 1, '?dry_run=true', now);
      expect(tried.status, tried.text).toBe(200);
      expect(tried.body['changes']).toEqual([{ pointer: '#/client_name', from: 'Second', to: 'Desk' }]);
      expect((await api.all(`${path}/versions`)).length).toBe(2);
      const back = await restore(api, path, 1, '', now);
      expect([back.status, back.body['client_name']]).toEqual([200, 'Desk']);
      expect(back.headers.get('etag')).toBe((await api.get(path)).headers.get('etag'));
    });

    it('are judged by what holds today: what is gone, and what the caller may not give, does not come back', async () => {
      const api = await AdminApi.of(running.service);
      const scope = uniqueName('fleeting');
      await api.made('/scopes', { name: scope, title: 'Fleeting' });
      const { path } = await made(api, { scope: `openid ${scope}` });
      await changed(api, path, { scope: 'openid' });
      await running.service.app.get(ScopesService, { strict: false }).delete(scope);
      const refused = await restore(api, path, 1);
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['#/scope']]);
      const mighty = await made(api, { grant_types: ['client_credentials'], scope: 'keys:read' });
      await changed(api, mighty.path, { scope: '' });
      const limited = await AdminApi.of(running.service, ['clients:read', 'clients:write']);
      expect((await restore(limited, mighty.path, 1)).status).toBe(403);
      const reader = await AdminApi.of(running.service, ['clients:read']);
      expect((await restore(reader, mighty.path, 1)).status).toBe(403);
      expect((await reader.get(`${mighty.path}/versions/1`)).status).toBe(200);
    });

    it('are the newest hundred of a client, ten of one that registered itself, and go with it', async () => {
      const api = await AdminApi.of(running.service);
      const { id, path } = await made(api);
      for (let count = 2; count <= 102; count += 1) await changed(api, path, { client_name: `Desk ${count}` });
      const numbers = (await api.all(`${path}/versions`)).map(({ number }) => number);
      expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => 102 - index));
      expect((await api.get(`${path}/versions/3/diff`)).body).not.toHaveProperty('against');
      const stranger = await selfRegistered(running.service, { client_name: uniqueName('Harbour') });
      const own = `/clients/${String(stranger['client_id'])}`;
      for (let count = 2; count <= 12; count += 1) await changed(api, own, { default_max_age: count });
      expect(await api.all(`${own}/versions`)).toHaveLength(10);
      await api.delete(path);
      const { dataSource } = running.service.app.get(Database, { strict: false });
      const sql = 'SELECT COUNT(*) AS rows_left FROM client_version WHERE client_id = ?';
      const [left] = await dataSource.query<{ rows_left: number | string }[]>(sql, [id]);
      expect(Number(left?.rows_left)).toBe(0);
    }, 120_000);

    it('begin with what a client was that a release before them registered', async () => {
      const api = await AdminApi.of(running.service);
      const { id, path } = await made(api);
      const { dataSource } = running.service.app.get(Database, { strict: false });
      await dataSource.query('DELETE FROM client_version WHERE client_id = ?', [id]);
      await dataSource.query('UPDATE client SET version = NULL WHERE client_id = ?', [id]);
      expect((await api.get(path)).body).toMatchObject({ version: 1 });
      expect((await api.all(`${path}/versions`)).map(({ number }) => number)).toEqual([1]);
      expect((await api.get(`${path}/versions/1`)).body).toMatchObject({ number: 1, client: { client_name: 'Desk' } });
      expect((await api.get(`${path}/versions/2`)).status).toBe(404);
      await changed(api, path, { client_name: 'Second' });
      const [second, first] = await api.all(`${path}/versions`);
      expect([second?.['number'], first?.['number']]).toEqual([2, 1]);
      expect((await restore(api, path, 1)).body).toMatchObject({ client_name: 'Desk', version: 3 });
    });

    it('are what receipts name', async () => {
      const api = await AdminApi.of(running.service);
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      await changed(api, `/clients/${client.clientId}`, { policy_uri: 'https://rp.example/privacy' });
      await new BareClient(running.service, client).signIn(browser, alice);
      const receipts = running.service.app.get(ConsentReceiptsService, { strict: false });
      const [receipt] = await receipts.latestOf(alice.id, 1);
      const signed = decodeJwt(receipt?.jws ?? '')['client'] as Json;
      const version = (await api.get(`/clients/${client.clientId}/versions/${String(signed['version'])}`)).body;
      expect(version).toMatchObject({
        number: 2,
        created_at: signed['updated_at'],
        client: { policy_uri: 'https://rp.example/privacy' },
      });
    });

    it('are a list like every other', async () => {
      const api = await AdminApi.of(running.service);
      const { path } = await made(api);
      for (const client_name of ['Second', 'Third']) await changed(api, path, { client_name });
      const listing = { path: `${path}/versions`, key: 'number', make: () => Promise.resolve('') };
      await expectLimits(api, listing);
      await expectCursorsChecked(api, listing);
      await expectUnknownParametersRefused(api, listing);
      const numbers: unknown[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined;) {
        const { body } = await api.get(listing.path, { limit: '1', ...(cursor === '' ? {} : { cursor }) });
        numbers.push(...(body['items'] as Json[]).map(({ number }) => number));
        cursor = (body['next_cursor'] as string | null) ?? undefined;
      }
      expect(numbers).toEqual([3, 2, 1]);
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);
