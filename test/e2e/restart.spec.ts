import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { CommandLine } from '../support/command-line.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { CALLBACK, type GivenClient, type GivenUser } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { ServiceProcess } from '../support/service-process.js';
import { signIn } from '../support/signing-in.js';
import { databasesUnderTest, freePort } from '../support/start-service.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const CLIENT: GivenClient = {
  clientId: 'patient-client',
  clientSecret: 'patient-client-has-a-secret-of-enough-characters',
  redirectUri: CALLBACK,
  method: 'client_secret_basic',
};
const USER: GivenUser = { id: 'patient-user', username: 'patience', password: 'a pause at the river bank', claims: {} };
const BASES = databasesUnderTest().map((url) => [databaseKind(url), url] as const);

describe.each(BASES)('a restart of the service on %s', (kind, url) => {
  let folder: string;
  let database: TestDatabase;
  let service: ServiceProcess;
  let start: () => Promise<ServiceProcess>;

  beforeAll(async () => {
    CommandLine.build();
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-restart-'));
    database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'restart.sqlite')}` : url);
    const seedFile = join(folder, 'seed.json');
    writeFileSync(seedFile, JSON.stringify(seed()));
    const port = await freePort();
    const env = {
      ISSUER: `http://127.0.0.1:${port}`,
      DATABASE_URL: database.url,
      SECRET_KEYS: Buffer.alloc(32, 6).toString('base64url'),
      SEED_FILE: seedFile,
    };
    start = () => ServiceProcess.start(port, env);
    service = await start();
  }, 240_000);

  afterAll(async () => {
    await service.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  function seed(): object {
    const { clientId: client_id, clientSecret: client_secret } = CLIENT;
    const { id, username, password } = USER;
    const grant_types = ['authorization_code', 'refresh_token'];
    const client = { client_id, client_secret, grant_types, redirect_uris: [CALLBACK], scope: 'openid offline_access' };
    return { users: [{ id, username, password }], clients: [client] };
  }

  it('loses nothing: waiting requests, sessions, tokens and keys are as they were (architecture 19, choice 9)', async () => {
    const bare = () => new BareClient(service, CLIENT);
    const [waiting, deciding, signedIn]: UserAgent[] = [service.browser(), service.browser(), service.browser()];
    if (waiting === undefined || deciding === undefined || signedIn === undefined) throw new Error('no browser');
    const signInPage: Visit = await waiting.visit(bare().request().url);
    const consentPage = await signIn(deciding, await deciding.visit(bare().request().url), USER);
    const tokens: SignedIn = await bare().signIn(signedIn, USER, { scope: 'openid offline_access' });
    const inFlight = await bare().obtainCode(signedIn, USER);
    const keys = await (await fetch(service.url('/oauth2/jwks'))).text();

    await service.stop();
    service = await start();

    expect(await (await fetch(service.url('/oauth2/jwks'))).text()).toBe(keys);
    expect((await bare().redeem(inFlight)).status).toBe(200);
    expect((await bare().userinfo(tokens.accessToken)).status).toBe(200);
    expect((await bare().refresh(tokens.refreshToken)).status).toBe(200);
    expect((await signedIn.visit(bare().request({ prompt: 'none' }).url)).answer).toHaveProperty('code');
    expect((await deciding.submit(consentPage, '#consent-allow')).answer).toHaveProperty('code');
    expect((await signIn(waiting, signInPage, USER)).answer).toHaveProperty('code'); // consent was given meanwhile
  });
});
