import { expect, it } from 'vitest';
import { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser } from '../support/given.js';
import { VOLATILE_TABLES } from '../support/volatile-tables.js';

onEveryDatabase('storage over REST', (running) => {
  const ofTable = async (api: AdminApi, name: string): Promise<Json> => {
    const { status, body } = await api.get('/storage');
    expect(status).toBe(200);
    return (body['items'] as Json[]).find(({ table }) => table === name) ?? {};
  };

  it('has every table that is purged, by name, with the job that purges it', async () => {
    const api = await AdminApi.of(running.service);
    const { body } = await api.get('/storage');
    const items = body['items'] as Json[];
    expect(items.map(({ table }) => table)).toEqual(VOLATILE_TABLES);
    for (const { job, every_seconds: every, data_bytes: data, table } of items) {
      expect(running.service.app.get(JobsService, { strict: false }).names, String(table)).toContain(job);
      expect(every, String(table)).toBeGreaterThanOrEqual(60);
      expect(data, String(table)).toBeGreaterThan(0);
    }
  });

  it('counts rows, tells for how long one has been due, and how its last purge went', async () => {
    const { service } = running;
    const api = await AdminApi.of(service);
    const jobs = service.app.get(JobsService, { strict: false });
    const bare = new BareClient(service, await aClient(service));
    for (let turn = 0; turn < 3; turn++) await bare.obtainCode(aBrowser(service), await aUser(service));
    const database = service.app.get(Database, { strict: false });
    const exact = database.dataSource.options.type === 'better-sqlite3';
    if (!exact) await database.dataSource.query('ANALYZE TABLE authorization_code');
    const filled = await ofTable(api, 'authorization_code');
    expect(filled).toMatchObject({ rows: 3, rows_exact: exact, purge_lag_seconds: 0, job: 'purge-tokens' });
    expect(filled['index_bytes']).toBeGreaterThan(0);
    expect(Object.keys(filled)).not.toContain('last_purge');
    expect(Object.keys(filled)).not.toContain('rows_per_day');
    const [code] = await database.dataSource.query<Json[]>('SELECT expires_at FROM authorization_code');
    service.clock.advance(`${Number(code?.['expires_at']) + 90_000 - service.clock.now().getTime()}ms`);
    expect(await ofTable(api, 'authorization_code')).toMatchObject({ purge_lag_seconds: 90 });
    await jobs.runNow('purge-tokens');
    const at = service.clock.now().toISOString();
    const purged = await ofTable(api, 'authorization_code');
    expect(purged).toMatchObject({ purge_lag_seconds: 0, last_purge: { at, deleted: 3 }, rows_per_day: 3 * 1440 });
    service.clock.advance('1m');
    await jobs.runNow('purge-tokens');
    const idle = await ofTable(api, 'authorization_code');
    expect(idle).toMatchObject({ last_purge: { at: service.clock.now().toISOString(), deleted: 0 }, rows_per_day: 0 });
  });

  it('needs the right to see jobs (RFC 6750 §3.1)', async () => {
    const other = await AdminApi.of(running.service, ['metrics:read', 'keys:read']);
    expect((await other.get('/storage')).status).toBe(403);
    const allowed = await AdminApi.of(running.service, ['jobs:read']);
    expect((await allowed.get('/storage')).status).toBe(200);
    expect((await allowed.send('GET', '/storage', { authorization: null })).status).toBe(401);
    expect((await allowed.post('/storage')).status).toBe(405);
  });
});
