import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { CALLBACK, type GivenClient, type GivenUser } from '../support/given.js';
import { LogoutReceiver, type ReceivedLogout } from '../support/logout-receiver.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { build, ServedProcess } from '../support/served-process.js';
import { signOut } from '../support/signing-in.js';
import { databasesUnderTest } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const CLIENT: GivenClient = {
  clientId: 'told-client',
  clientSecret: 'told-client-has-a-secret-of-enough-characters',
  redirectUri: CALLBACK,
  method: 'client_secret_basic',
};
const USER: GivenUser = { id: 'told-user', username: 'tilda', password: 'a pause at the river bank', claims: {} };
const PATH = '/out';
const BASES = databasesUnderTest().map((url) => [databaseKind(url), url] as const);

describe.each(BASES)('sign-outs that the service was killed over on %s', (kind, url) => {
  const receiver = new LogoutReceiver();
  const processes: ServedProcess[] = [];
  let folder: string;
  let database: TestDatabase;

  beforeAll(async () => {
    build();
    await receiver.listen();
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-killed-'));
    database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'killed.sqlite')}` : url);
    const { clientId: client_id, clientSecret: client_secret } = CLIENT;
    const client = { client_id, client_secret, redirect_uris: [CALLBACK], grant_types: ['authorization_code'] };
    const { id, username, password } = USER;
    const seed = {
      users: [{ id, username, password }],
      clients: [{ ...client, scope: 'openid', backchannel_logout_uri: receiver.url(PATH) }],
    };
    writeFileSync(join(folder, 'seed.json'), JSON.stringify(seed));
  }, 240_000);

  afterAll(async () => {
    for (const process of processes) process.kill();
    await Promise.all(processes.map(({ ended }) => ended));
    await receiver.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<ServedProcess> {
    const env = {
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      SECRET_KEYS: Buffer.alloc(32, 6).toString('base64url'),
      SEED_FILE: join(folder, 'seed.json'),
      ...receiver.env,
    };
    const process = await ServedProcess.start({ env });
    processes.push(process);
    return process;
  }

  const sids = (logouts: readonly ReceivedLogout[]) => logouts.map(({ claims }) => String(claims['sid'])).sort();

  it('are delivered by the next processes, each by one of two (OIDC Back-Channel Logout §2.5)', async () => {
    const killed = await start();
    const clock = { epochSeconds: () => Math.floor(Date.now() / 1000) };
    const bare = new BareClient({ issuer: killed.issuer, clock, url: (path) => killed.url(path) }, CLIENT);
    receiver.status = 0; // so that each delivery is begun and none is done
    for (let count = 0; count < 4; count += 1) {
      const browser = new UserAgent(killed.issuer);
      await bare.signIn(browser, USER);
      await signOut(browser, killed);
    }
    const begun = await receiver.arrived(4, PATH);
    killed.signal('SIGKILL');
    expect(await killed.ended).toBeNull();

    receiver.status = 204;
    const successors = await Promise.all([start(), start()]);
    await receiver.arrived(8, PATH);
    expect(await Promise.all(successors.map((process) => process.stop()))).toEqual([0, 0]);
    const all = receiver.received;
    expect(new Set(sids(begun.slice(0, 4))).size).toBe(4);
    expect(sids(all.slice(4))).toEqual(sids(begun.slice(0, 4)));
    expect(new Set(all.map(({ claims }) => claims.jti)).size).toBe(8);
  }, 120_000);
});
