import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Overloaded, WorkQueues } from '#platform/crypto/index.js';
import { Database } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, aUser, type ClientWish } from '../support/given.js';
import { measurements, moved } from '../support/measurements.js';

const OPERATIONS = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

onEveryDatabase('measurements', (running) => {
  it('are explained to operators, each with what to do when it rises', async () => {
    const text = await (await fetch(running.service.url('/metrics'))).text();
    const declared = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
    const rows = OPERATIONS.split('\n').filter((line) => /^\| `(?:gatehouse|process|nodejs)_/.test(line));
    const explained = rows.filter((row) => row.split('|').filter((cell) => cell.trim() !== '').length === 3).join('\n');
    expect(declared.length).toBeGreaterThan(40);
    expect(declared.filter((name) => !explained.includes(`\`${name}\``))).toEqual([]);
    const named = [...explained.matchAll(/`((?:gatehouse|process|nodejs)_\w+)`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !declared.includes(name))).toEqual([]);
  });

  /** By how much the series of each name move while something is done. */
  const movedBy = async (work: () => Promise<unknown>, ...names: string[]): Promise<Record<string, number>[]> => {
    const before = await measurements(running.service);
    await work();
    const after = await measurements(running.service);
    return names.map((name) => moved(name, before, after));
  };

  it('count sign-ins by outcome, and tokens by grant type and kind', async () => {
    const { service } = running;
    const bare = new BareClient(service, await aClient(service));
    const machine = new BareClient(service, await aMachine(service, ['clients:read']));
    const alice = await aUser(service);
    const work = async (): Promise<void> => {
      const browser = aBrowser(service);
      const page = await browser.visit(service.url('/sign-in'));
      await browser.submit(page, '#sign-in', { username: alice.username, password: 'wrong' });
      const tokens = await bare.signIn(aBrowser(service), alice, { scope: 'openid offline_access' });
      expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
      expect((await machine.ownToken({ resource: `${service.issuer}/api/v1` })).status).toBe(200);
    };
    const [signIns, issued] = await movedBy(work, 'gatehouse_sign_ins_total', 'gatehouse_tokens_issued_total');
    expect(signIns).toEqual({ 'outcome=authenticated': 1, 'outcome=refused': 1 });
    expect(issued).toMatchObject({
      'grant_type=authorization_code token=access_token': 1,
      'grant_type=authorization_code token=id_token': 1,
      'grant_type=authorization_code token=refresh_token': 1,
      'grant_type=client_credentials token=access_token': 1,
      'grant_type=refresh_token token=access_token': 1,
      'grant_type=refresh_token token=refresh_token': 1,
    });
  });

  it('count what comes with the answer of the authorization endpoint as implicit (OIDC Core §3.2.2.5)', async () => {
    const { service } = running;
    const wish: ClientWish = { requirePkce: false, grantTypes: ['implicit'], responseTypes: ['id_token token'] };
    const bare = new BareClient(service, await aClient(service, wish));
    const asking = { code_challenge: undefined, code_challenge_method: undefined, response_type: 'id_token token' };
    const alice = await aUser(service);
    const [issued] = await movedBy(() => bare.ask(aBrowser(service), alice, asking), 'gatehouse_tokens_issued_total');
    expect(issued).toEqual({
      'grant_type=implicit token=access_token': 1,
      'grant_type=implicit token=id_token': 1,
    });
  });

  it('count refusals by endpoint and code, wherever they are answered', async () => {
    const { service } = running;
    const bare = new BareClient(service, await aClient(service));
    const api = await AdminApi.of(service, ['clients:read']);
    await api.get('/clients');
    const work = async (): Promise<void> => {
      await bare.token({ grant_type: 'password' });
      await bare.refresh('unknown');
      await bare.userinfo('unknown');
      await api.get('/users');
      const browser = aBrowser(service);
      await browser.visit(service.url('/oauth2/authorize?client_id=nobody'));
      await browser.visit(bare.request({ prompt: 'none' }).url);
      await browser.visit(service.url('/oauth2/logout?id_token_hint=x'));
    };
    const [refused] = await movedBy(work, 'gatehouse_refusals_total');
    expect(refused).toMatchObject({
      'endpoint=/oauth2/token error=unsupported_grant_type': 1,
      'endpoint=/oauth2/token error=invalid_grant': 1,
      'endpoint=/oauth2/userinfo error=invalid_token': 1,
      'endpoint=/api/v1/users error=insufficient_scope': 1,
      'endpoint=/oauth2/authorize error=login_required': 1,
    });
    expect(Object.keys(refused ?? {}).filter((series) => series.includes('authorize'))).toHaveLength(2);
  });

  it('have bounded labels, whatever comes in: a thousand bad requests make a handful of series', async () => {
    const { service } = running;
    const { clientId } = await aClient(service);
    const names = ['gatehouse_refusals_total', 'gatehouse_http_request_duration_seconds_count'];
    const work = async (): Promise<void> => {
      for (let n = 0; n < 250; n++) {
        const form = (values: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(values) });
        await Promise.all([
          fetch(service.url('/oauth2/token'), form({ grant_type: `g${n}`, client_id: `c${n}`, error: `e${n}` })),
          fetch(service.url(`/oauth2/authorize?client_id=${clientId}&response_type=t${n}&scope=s${n}`), {
            redirect: 'manual',
          }),
          fetch(service.url('/oauth2/userinfo'), { headers: { authorization: `Bearer t${n}` } }),
          fetch(service.url(`/nowhere-${n}/at-all?error=e${n}`), { method: n % 2 === 0 ? 'GET' : 'DELETE' }),
        ]);
      }
    };
    const [refused = {}, answered = {}] = await movedBy(work, ...names);
    expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(750);
    expect(Object.keys(refused).length).toBeLessThanOrEqual(6);
    expect(Object.values(answered).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1000);
    expect(Object.keys(answered).length).toBeLessThanOrEqual(10);
    for (const series of [...Object.keys(refused), ...Object.keys(answered)]) {
      expect(series).not.toMatch(/[a-z]\d{1,3}(?:\s|$)/);
    }
  });

  it('show how full each queue is, and what it refused', async () => {
    const { service } = running;
    const queues = service.app.get(WorkQueues, { strict: false });
    const queue = queues.open('test', { what: 'tests', parallel: 1, waiting: 1, retryAfterSeconds: 1 });
    const finish: (() => void)[] = [];
    const work = () => queue.run(() => new Promise<void>((resolve) => finish.push(resolve)));
    const before = await measurements(service);
    const accepted = [work(), work()];
    await expect(work()).rejects.toBeInstanceOf(Overloaded);
    const busy = await measurements(service);
    expect(moved('gatehouse_queue_depth', before, busy)).toEqual({
      'queue=test state=running': 1,
      'queue=test state=waiting': 1,
    });
    expect(moved('gatehouse_queue_refused_total', before, busy)).toEqual({ 'queue=test': 1 });
    finish.shift()?.();
    await accepted[0];
    await expect.poll(() => finish.length).toBe(1);
    finish.shift()?.();
    await Promise.all(accepted);
    expect(moved('gatehouse_queue_depth', before, await measurements(service))).toEqual({});
    const queuesShown = [...busy.keys()].filter((series) => series.includes('gatehouse_queue_refused_total'));
    expect(queuesShown.map((series) => /queue=([\w-]+)/.exec(series)?.[1]).sort()).toEqual([
      'decryption',
      'delivery',
      'directory',
      'encryption',
      'foreign-password-hash',
      'password-hash',
      'redelivery',
      'rsa-signing',
      'test',
    ]);
  });

  it('count what was found in memory and what was not', async () => {
    const { service } = running;
    const machine = new BareClient(service, await aMachine(service, ['clients:read']));
    const ask = () => machine.ownToken({ resource: `${service.issuer}/api/v1` });
    const [first = {}] = await movedBy(ask, 'gatehouse_cache_lookups_total');
    const [second = {}] = await movedBy(ask, 'gatehouse_cache_lookups_total');
    expect(first['kind=clients outcome=miss']).toBeGreaterThan(0);
    expect(second['kind=clients outcome=miss']).toBeUndefined();
    expect(second['kind=clients outcome=hit']).toBeGreaterThan(0);
  });

  it('show rows, bytes, lag and forecast of purged tables, and count what is deleted', async () => {
    const { service } = running;
    const bare = new BareClient(service, await aClient(service));
    await bare.obtainCode(aBrowser(service), await aUser(service));
    service.clock.advance('400d');
    const due = await measurements(service);
    const table = 'table=authorization_code';
    expect(due.get(`gatehouse_purge_lag_seconds{${table}}`)).toBeGreaterThan(86_400);
    expect(due.get(`gatehouse_purge_interval_seconds{${table}}`)).toBe(60);
    expect(due.get('gatehouse_purge_interval_seconds{table=explanation}')).toBe(3600);
    for (const name of ['data', 'index']) expect(due.get(`gatehouse_table_${name}_bytes{${table}}`)).toBeGreaterThan(0);
    expect(due.has(`gatehouse_table_rows{${table}}`)).toBe(true);
    await service.app.get(JobsService, { strict: false }).runNow('purge-tokens');
    service.clock.advance('61s');
    const purged = await measurements(service);
    const deleted = moved('gatehouse_purge_deleted_rows_total', due, purged)[table] ?? 0;
    expect(deleted).toBeGreaterThan(0);
    expect(purged.get(`gatehouse_purge_batch_seconds_count{${table}}`)).toBe(1);
    expect(purged.get(`gatehouse_purge_lag_seconds{${table}}`)).toBe(0);
    expect(purged.get(`gatehouse_table_rows_per_day{${table}}`)).toBe(deleted * 1440);
  });

  it('say nothing of tables that cannot be read, and still what else they know', async () => {
    const { service } = running;
    service.clock.advance('61s');
    const { dataSource } = service.app.get(Database, { strict: false });
    const { driver } = dataSource;
    const [away, back] = ['purge_run_away', 'purge_run'].map((name) => driver.escape(name));
    await dataSource.query(`ALTER TABLE ${back} RENAME TO ${away}`);
    try {
      const left = [...(await measurements(service)).keys()];
      expect(left.filter((series) => series.startsWith('gatehouse_table_'))).toEqual([]);
      expect(left.some((series) => series.startsWith('gatehouse_sign_ins_total'))).toBe(true);
    } finally {
      await dataSource.query(`ALTER TABLE ${away} RENAME TO ${back}`);
    }
  });
});
