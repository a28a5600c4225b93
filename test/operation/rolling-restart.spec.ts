import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Balancer } from '../support/balancer.js';
import { closedLoop, until } from '../support/closed-loop.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { DEPLOYMENT_KEYS, deploymentSeed, loadedClient, loadedUser } from '../support/served-deployment.js';
import { build, ServedProcess } from '../support/served-process.js';
import { databasesUnderTest, freePort } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const WORKERS = 6;
const BASES = databasesUnderTest().map((url) => [databaseKind(url), url] as const);

describe.each(BASES)('a rolling restart of two processes on %s', (kind, url) => {
  let folder: string;
  let database: TestDatabase;
  let balancer: Balancer;
  let issuer: string;
  const running = new Map<number, ServedProcess>();

  async function start(port: number): Promise<ServedProcess> {
    const env = {
      PORT: String(port),
      ISSUER: issuer,
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      SECRET_KEYS: DEPLOYMENT_KEYS,
      SEED_FILE: join(folder, 'seed.json'),
      DRAIN_SECONDS: '2',
    };
    const started = await ServedProcess.start({ env });
    running.set(port, started);
    return started;
  }

  beforeAll(async () => {
    build();
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-rolling-'));
    database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'gatehouse.sqlite')}` : url);
    writeFileSync(join(folder, 'seed.json'), JSON.stringify(deploymentSeed(WORKERS)));
    const [front, ...ports] = await Promise.all([freePort(), freePort(), freePort()]);
    issuer = `http://127.0.0.1:${front}`;
    balancer = await Balancer.start(front, ports);
    for (const port of ports) await start(port);
    await until(() => ports.every((port) => balancer.sendsTo(port)));
  }, 240_000);

  afterEach(() => {
    balancer.lost.length = 0;
  });

  afterAll(async () => {
    await balancer.stop();
    for (const one of running.values()) {
      one.kill();
      await one.ended;
    }
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loses no request under load, and nobody notices: sign-ins, codes, refresh tokens and sessions go on', async () => {
    const client = loadedClient(issuer);
    const browsers = Array.from({ length: WORKERS }, () => new UserAgent(issuer));
    const load = closedLoop(WORKERS, async (worker, round) => {
      const user = loadedUser(worker);
      // Most come again with the session they have; now and then somebody comes anew.
      if (round % 8 === 0) browsers[worker] = new UserAgent(issuer);
      const browser = browsers[worker] ?? new UserAgent(issuer);
      const tokens = await client.signIn(browser, user, { scope: 'openid offline_access' });
      const refreshed = await client.refresh(tokens.refreshToken);
      const info = await client.userinfo(String(refreshed.body['access_token']));
      if (info.status !== 200 || info.body['sub'] !== user.id) throw new Error(`${info.status} ${info.text}`);
    });
    const codes: (number | null)[] = [];
    for (const [port, process] of [...running]) {
      const before = load.done();
      await until(() => load.done() > before + WORKERS);
      codes.push(await process.stop());
      await start(port);
      await until(() => balancer.sendsTo(port));
    }
    const { done, failures } = await load.stop();
    expect(balancer.lost).toEqual([]);
    expect(failures).toEqual([]);
    expect(codes).toEqual([0, 0]);
    expect(done).toBeGreaterThan(4 * WORKERS);
    for (const port of running.keys()) expect(balancer.answered.get(port)).toBeGreaterThan(WORKERS);
  }, 110_000);

  it('turns load balancers away first: not ready, yet it answers, and ends each connection with its answer', async () => {
    const [port, process] = [...running][0] ?? [0, undefined];
    if (process === undefined) throw new Error('no process runs');
    const asks = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const before = await asks('/.well-known/openid-configuration');
    expect([before.status, before.headers.get('connection')]).toEqual([200, 'keep-alive']);
    process.signal('SIGTERM');
    await until(() => process.out.includes('"stopping"'));
    const ready = await asks('/health/ready');
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    expect(await ready.json()).toMatchObject({ checks: { database: 'ok', migrations: 'ok', serving: 'failed' } });
    const served = await asks('/.well-known/openid-configuration');
    expect([served.status, served.headers.get('connection')]).toEqual([200, 'close']);
    expect(await process.ended).toBe(0);
    await expect(asks('/health/live')).rejects.toThrow();
  });
});
