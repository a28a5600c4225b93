import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { databaseKind, makeDatabase, testDatabases, type TestDatabase } from '../support/databases.js';
import { CALLBACK, type GivenClient, type GivenUser } from '../support/given.js';
import { build, PROJECT, ServedProcess } from '../support/served-process.js';
import { ServiceProcess } from '../support/service-process.js';
import { freePort } from '../support/start-service.js';

const OPERATIONS = readFileSync(join(PROJECT, 'docs/operations.md'), 'utf8');
const SECRET_KEYS = Buffer.alloc(32, 8).toString('base64url');
const CLIENT: GivenClient = {
  clientId: 'kept-client',
  clientSecret: 'kept-client-has-a-secret-of-enough-characters',
  redirectUri: CALLBACK,
  method: 'client_secret_basic',
};
const USER: GivenUser = { id: 'kept-user', username: 'kept', password: 'a boat below the old bridge', claims: {} };

describe.each(testDatabases().map((url) => [databaseKind(url), url]))('a backup of %s', (kind, server) => {
  const made: TestDatabase[] = [];
  const running: ServiceProcess[] = [];
  let folder: string;

  beforeAll(build, 240_000);
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
    for (const database of made.splice(0)) await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function aDatabase(name: string): Promise<string> {
    if (kind === 'sqlite') return `sqlite:${join(folder, name)}`;
    const database = await makeDatabase(server);
    made.push(database);
    return database.url;
  }

  async function start(database: string, issuer: string, more: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> {
    const env = { ISSUER: issuer, DATABASE_URL: database, SECRET_KEYS, ...more };
    const service = await ServiceProcess.start(Number(new URL(issuer).port), env);
    running.push(service);
    return service;
  }

  /** Runs a line of the documentation, with our names in the place of its. */
  function run(line: string, names: Readonly<Record<string, string>>): void {
    expect(OPERATIONS.split('\n')).toContain(line);
    const own = Object.entries(names).reduce((text, [name, value]) => text.replaceAll(name, value), line);
    execFileSync('sh', ['-c', own], { cwd: folder });
  }

  function backUpAndRestore(from: string, to: string): void {
    if (kind === 'sqlite') {
      const names = { '/backup/gatehouse.sqlite': join(folder, 'copy.sqlite'), 'data/gatehouse.sqlite': from.slice(7) };
      run(`sqlite3 data/gatehouse.sqlite ".backup '/backup/gatehouse.sqlite'"`, names);
      run('cp /backup/gatehouse.sqlite data/gatehouse.sqlite', { ...names, 'data/gatehouse.sqlite': to.slice(7) });
      return;
    }
    const { hostname, port, username } = new URL(server);
    const login = ` -h ${hostname} -P ${port || '3306'} -u ${decodeURIComponent(username)} `;
    const named = (url: string, program: string) => ({
      [`${program} `]: `${program}${login}`,
      ' gatehouse ': ` ${new URL(url).pathname.slice(1)} `,
    });
    run('mariadb-dump --single-transaction gatehouse > gatehouse.sql', named(from, 'mariadb-dump'));
    run('mariadb gatehouse < gatehouse.sql', named(to, 'mariadb'));
  }

  it('that is taken while the service runs and restored elsewhere goes on with everything, given SECRET_KEYS', async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-backup-'));
    const { clientId: client_id, clientSecret: client_secret } = CLIENT;
    const { id, username, password } = USER;
    const grant_types = ['authorization_code', 'refresh_token'];
    const client = { client_id, client_secret, grant_types, redirect_uris: [CALLBACK], scope: 'openid offline_access' };
    const seedFile = join(folder, 'seed.json');
    writeFileSync(seedFile, JSON.stringify({ users: [{ id, username, password }], clients: [client] }));
    const issuer = `http://127.0.0.1:${await freePort()}`;
    const [original, restored] = [await aDatabase('one.sqlite'), await aDatabase('other.sqlite')];

    const before = await start(original, issuer, { SEED_FILE: seedFile });
    const browser = before.browser();
    const tokens = await new BareClient(before, CLIENT).signIn(browser, USER, { scope: 'openid offline_access' });
    const keys = await (await fetch(before.url('/oauth2/jwks'))).text();
    backUpAndRestore(original, restored);
    await before.stop();

    const after = await start(restored, issuer);
    const bare = new BareClient(after, CLIENT);
    expect(await (await fetch(after.url('/oauth2/jwks'))).text()).toBe(keys);
    expect((await bare.userinfo(tokens.accessToken)).body).toMatchObject({ sub: USER.id });
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
    expect((await browser.visit(bare.request({ prompt: 'none' }).url)).answer).toHaveProperty('code');
    await bare.signIn(after.browser(), USER);
    await after.stop();

    const other = { SECRET_KEYS: Buffer.alloc(32, 9).toString('base64url') };
    const without = await ServedProcess.spawn({
      env: { ISSUER: issuer, DATABASE_URL: restored, DATA_DIR: folder, ...other },
    });
    expect(await without.ended).toBe(78);
    expect(without.errors + without.out).toContain('SECRET_KEYS');
  }, 240_000);
});
