import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BareClient, SignedIn } from '../support/bare-client.js';
import { closedLoop, until, type Tally } from '../support/closed-loop.js';
import { MariadbServer } from '../support/mariadb-server.js';
import { DEPLOYMENT_KEYS, deploymentSeed, loadedClient, loadedUser } from '../support/served-deployment.js';
import { build, ServedProcess } from '../support/served-process.js';
import { freePort } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const WORKERS = 60;
const USER = loadedUser(0);
/** Nobody waits longer than a lock may be waited for, and a little. */
const LONGEST_ANSWER_MS = 12_000;

describe('a database server that is lost and comes back', () => {
  let folder: string;
  let server: MariadbServer;
  let service: ServedProcess;
  let client: BareClient;
  let browser: UserAgent;
  let tokens: SignedIn;

  beforeAll(async () => {
    build();
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-loss-'));
    server = MariadbServer.make(await freePort());
    await server.start();
    await server.query('CREATE DATABASE gatehouse CHARACTER SET utf8mb4');
    writeFileSync(join(folder, 'seed.json'), JSON.stringify(deploymentSeed(1)));
    service = await ServedProcess.start({
      env: {
        DATA_DIR: folder,
        DATABASE_URL: server.url('gatehouse'),
        SECRET_KEYS: DEPLOYMENT_KEYS,
        SEED_FILE: join(folder, 'seed.json'),
      },
    });
    client = loadedClient(service.issuer);
    browser = new UserAgent(service.issuer);
    tokens = await client.signIn(browser, USER, { scope: 'openid offline_access' });
  }, 240_000);

  afterAll(async () => {
    service.kill();
    await service.ended;
    await server.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Everybody asks for a token over and over; what is not granted must be a 503 that says when to come again. */
  function refusals(): () => Promise<Tally & { readonly refused: readonly number[] }> {
    const refused: number[] = [];
    const load = closedLoop(WORKERS, async () => {
      const began = performance.now();
      const { status, headers, body, text } = await client.introspect(tokens.accessToken);
      if (status === 200 && body['active'] === true) return;
      const right = status === 503 && headers.get('retry-after') === '1' && body['error'] === 'temporarily_unavailable';
      if (!right) throw new Error(`${status} ${text}`);
      refused.push(performance.now() - began);
    });
    return async () => ({ ...(await load.stop()), refused: refused.sort((a, b) => a - b) });
  }

  const readiness = async (): Promise<number> => (await fetch(service.url('/health/ready'))).status;

  /** Everything that was there is there, and everything works, in the process that was there before. */
  async function allIsWell(): Promise<void> {
    await until(async () => (await readiness()) === 200, { withinMs: 15_000, what: 'readiness' });
    const refreshed = await client.refresh(tokens.refreshToken);
    expect(refreshed.status, refreshed.text).toBe(200);
    tokens = { ...tokens, refreshToken: String(refreshed.body['refresh_token']) };
    expect((await browser.visit(client.request({ prompt: 'none' }).url)).answer).toHaveProperty('code');
    const anew = await client.signIn(new UserAgent(service.issuer), USER);
    expect((await client.userinfo(anew.accessToken)).body['sub']).toBe(USER.id);
  }

  it('is a 503 with Retry-After, quickly, from the moment it is killed; the process lives and is not ready', async () => {
    const stop = refusals();
    await until(async () => (await readiness()) === 200);
    await server.kill();
    await until(async () => (await readiness()) === 503, { withinMs: 5000, what: 'a readiness that tells the truth' });
    expect((await fetch(service.url('/health/live'))).status).toBe(200);
    const page = await browser.visit('/account');
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '1']);
    expect(page.html.has('#support-code')).toBe(true);
    const { failures, refused, longestMs } = await stop();
    expect(failures).toEqual([]);
    expect(refused.length).toBeGreaterThan(WORKERS);
    expect(longestMs).toBeLessThan(5000);
    expect(service.errors).toBe('');
  }, 60_000);

  it('needs no restart of the service once it is back, and every record is there', async () => {
    await server.start();
    await allIsWell();
  }, 60_000);

  it('that stands still is a 503 too, and not a pile-up: most are refused in two seconds, nobody waits for long', async () => {
    const stop = refusals();
    await until(async () => (await readiness()) === 200);
    server.signal('SIGSTOP');
    const frozen = performance.now();
    try {
      await until(async () => (await readiness()) === 503, {
        withinMs: 5000,
        what: 'a readiness that tells the truth',
      });
      expect((await fetch(service.url('/health/live'))).status).toBe(200);
      await until(() => performance.now() > frozen + LONGEST_ANSWER_MS, { withinMs: 20_000 });
    } finally {
      server.signal('SIGCONT');
    }
    const { failures, refused, longestMs } = await stop();
    expect(failures).toEqual([]);
    expect(longestMs).toBeLessThan(LONGEST_ANSWER_MS);
    expect(refused.length).toBeGreaterThan(3 * WORKERS);
    expect(refused[Math.floor(refused.length / 2)]).toBeLessThan(4000);
  }, 60_000);

  it('is used again as soon as it goes on', async () => {
    await allIsWell();
  }, 60_000);
});
