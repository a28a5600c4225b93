import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CommandLine } from '../support/command-line.js';
import { makeDatabase, testDatabases, type TestDatabase } from '../support/databases.js';
import { CALLBACK, type GivenClient, type GivenUser } from '../support/given.js';
import { ServiceProcess } from '../support/service-process.js';
import { freePort } from '../support/start-service.js';
import { buildFormerRelease, type FormerRelease } from './support/former-release.js';
import { type Deed, Load } from './support/load.js';

const SERVER = testDatabases().find((url) => !url.startsWith('sqlite:')) ?? 'mariadb://root@127.0.0.1:3306/';
const ROUNDS = 3;
const CLIENT: GivenClient = {
  clientId: 'steady-client',
  clientSecret: 'steady-client-has-a-secret-of-enough-characters',
  redirectUri: CALLBACK,
  method: 'client_secret_basic',
};
const USERS: GivenUser[] = ['ada', 'ben', 'cleo', 'dan'].map((username) => {
  return { id: username, username, password: `${username} walks along the river bank`, claims: {} };
});

let folder: string;
let former: FormerRelease;
let database: TestDatabase;
let env: NodeJS.ProcessEnv & { ISSUER: string };
const running: ServiceProcess[] = [];

async function start(choices: { root?: string; env?: NodeJS.ProcessEnv } = {}): Promise<ServiceProcess> {
  const port = await freePort();
  const started = await ServiceProcess.start(port, { ...env, ...choices.env }, choices.root);
  running.push(started);
  return started;
}

beforeAll(async () => {
  CommandLine.build();
  former = buildFormerRelease();
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-upgrade-'));
  database = await makeDatabase(SERVER);
  const { clientId: client_id, clientSecret: client_secret } = CLIENT;
  const grant_types = ['authorization_code', 'refresh_token'];
  const client = { client_id, client_secret, grant_types, redirect_uris: [CALLBACK], scope: 'openid offline_access' };
  const users = USERS.map(({ id, username, password }) => ({ id, username, password }));
  const seedFile = join(folder, 'seed.json');
  writeFileSync(seedFile, JSON.stringify({ users, clients: [client] }));
  env = {
    ISSUER: `http://localhost:${await freePort()}`,
    DATABASE_URL: database.url,
    SECRET_KEYS: Buffer.alloc(32, 4).toString('base64url'),
    SEED_FILE: seedFile,
  };
}, 420_000);

afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await database.drop();
  former.remove();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('lets the former release and this one serve together while the schema changes under load, without one wrong answer', async () => {
  const before = await start({ root: former.root });
  const gatehouse = new CommandLine({ PATH: process.env['PATH'], DATA_DIR: folder, ...env }).built;
  const load = new Load(CLIENT, USERS, before);
  try {
    await load.through([before], 1);
    const plan = await gatehouse.answer('migrate plan');
    // Whatever is not a tag was chosen as the commit before a migration.
    if (!former.name.startsWith('v')) expect(plan['pending']).not.toEqual([]);
    expect(plan['refused']).toBe(false);
    expect(await gatehouse.answer('migrate')).toEqual({ applied: plan['pending'] });
    await load.through([before], ROUNDS);
    const after = await start({ env: { MIGRATE_ON_START: 'false' } });
    await load.through([before, after], ROUNDS);
    await load.through([after], 0);
    await before.stop();
    await load.through([after], ROUNDS);
  } finally {
    await load.end();
  }
  expect(load.wrong).toEqual([]);
  const deeds: Deed[] = ['sign-in', 'sign-on', 'refresh', 'introspection', 'revocation'];
  const fewest = USERS.length * 3 * ROUNDS;
  expect(deeds.filter((deed) => load.done(deed) < fewest)).toEqual([]);
  expect(
    running.flatMap(({ output }) => output.split('\n')).filter((line) => /"level":"(?:error|fatal)"/.test(line)),
  ).toEqual([]);
}, 240_000);
