import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../support/command-line.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { ServiceProcess } from '../support/service-process.js';
import { databasesUnderTest, freePort } from '../support/start-service.js';

const CLIENT = { id: 'racing-automation', secret: 'racing-automation-has-a-secret-of-enough-characters' };
const PASSWORD = 'seven red bicycles';
/** Of the password, by bcrypt 3.2.2 for Python. */
const BCRYPT = '$2b$06$xibjKmbY9CNCxgD4J.BaZen2r/U3TsNeCRucgk5GvcvzuCrIFmv3e';

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))('hashes anew on %s', (_, url) => {
  const isEmbedded = databaseKind(url) === 'sqlite';
  let folder: string;
  let database: TestDatabase;
  let processes: readonly ServiceProcess[] = [];

  beforeAll(async () => {
    CommandLine.build();
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-rehash-'));
    database = await aMigratedDatabase(isEmbedded ? `sqlite:${join(folder, 'races.sqlite')}` : url);
    // One process owns an embedded database; of a server's, several make one service.
    const ports = await Promise.all(Array.from({ length: isEmbedded ? 1 : 2 }, () => freePort()));
    const env = {
      ISSUER: `http://127.0.0.1:${ports[0] ?? 0}`,
      DATABASE_URL: database.url,
      SECRET_KEYS: Buffer.alloc(32, 5).toString('base64url'),
      ADMIN_CLIENT_ID: CLIENT.id,
      ADMIN_CLIENT_SECRET: CLIENT.secret,
    };
    processes = await Promise.all(ports.map((port) => ServiceProcess.start(port, env)));
  }, 240_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const first = (): ServiceProcess => {
    const [one] = processes;
    if (one === undefined) throw new Error('no process runs');
    return one;
  };

  async function authorization(): Promise<string> {
    const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');
    const response = await fetch(first().url('/oauth2/token'), {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return `Bearer ${token}`;
  }

  async function bringIn(username: string): Promise<void> {
    const response = await fetch(first().url('/api/v1/user-imports'), {
      method: 'POST',
      headers: { authorization: await authorization(), 'content-type': 'application/x-ndjson' },
      body: JSON.stringify({ username, password_hash: BCRYPT }),
    });
    expect(await response.json()).toMatchObject({ counts: { created: 1 } });
  }

  async function hashOf(username: string): Promise<unknown> {
    const response = await fetch(first().url('/api/v1/user-exports?password_hashes=true'), {
      headers: { authorization: await authorization() },
    });
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    const users = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return users.find((user) => user['username'] === username)?.['password_hash'];
  }

  async function signsIn(process: ServiceProcess, username: string, password: string): Promise<boolean> {
    const browser = process.browser();
    const page = await browser.visit(`${process.issuer}/sign-in`);
    return (await browser.submit(page, '#sign-in', { username, password })).url.pathname === '/account';
  }

  it.each(['mover', 'shaker', 'runner'])('once, of however many first sign-ins at once: %s', async (username) => {
    await bringIn(username);
    expect(await hashOf(username)).toBe(BCRYPT);
    const attempts = Array.from({ length: 6 }, (_unused, at) => processes[at % processes.length] ?? first());
    expect(await Promise.all(attempts.map((one) => signsIn(one, username, PASSWORD)))).toEqual(
      attempts.map(() => true),
    );
    const hash = await hashOf(username);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await signsIn(first(), username, PASSWORD)).toBe(true);
    expect(await hashOf(username)).toBe(hash);
  });
});
