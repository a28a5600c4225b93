import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, BareClient, post } from '../support/bare-client.js';
import { CommandLine } from '../support/command-line.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { CALLBACK, type GivenClient, type GivenUser } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { ServiceProcess } from '../support/service-process.js';
import { databasesUnderTest, freePort } from '../support/start-service.js';

const SECRET = 'a-secret-of-enough-characters-for-everybody-here';
const ADMIN = { id: 'operator', secret: 'the-operator-has-a-secret-of-enough-characters' };
const BASES = databasesUnderTest().map((url) => [databaseKind(url), url] as const);

type Item = Readonly<Record<string, unknown>>;

describe.each(BASES)('marks of use in processes that end, on %s', (kind, url) => {
  let folder: string;
  let database: TestDatabase;
  let start: (beside?: boolean) => Promise<ServiceProcess>;
  let service: ServiceProcess;

  beforeAll(async () => {
    CommandLine.build();
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-marks-'));
    database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'marks.sqlite')}` : url);
    const seedFile = join(folder, 'seed.json');
    writeFileSync(seedFile, JSON.stringify({ users: ['ann', 'ben', 'cy'].map(asUser), clients: [asClient()] }));
    const [port, another] = [await freePort(), await freePort()];
    const env = {
      ISSUER: `http://127.0.0.1:${port}`,
      DATABASE_URL: database.url,
      SECRET_KEYS: Buffer.alloc(32, 8).toString('base64url'),
      SEED_FILE: seedFile,
      ADMIN_CLIENT_ID: ADMIN.id,
      ADMIN_CLIENT_SECRET: ADMIN.secret,
    };
    start = (beside = false) => ServiceProcess.start(beside ? another : port, env);
    service = await start();
  }, 240_000);

  afterAll(async () => {
    await service.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const user = (name: string): GivenUser => ({
    id: name,
    username: name,
    password: `${name} rests at the river`,
    claims: {},
  });
  const asUser = (name: string): object => ({ id: name, username: name, password: user(name).password });
  const client: GivenClient = {
    clientId: 'marked-client',
    clientSecret: SECRET,
    redirectUri: CALLBACK,
    method: 'client_secret_basic',
  };

  function asClient(): object {
    const grant_types = ['authorization_code', 'refresh_token'];
    return {
      client_id: client.clientId,
      client_secret: SECRET,
      grant_types,
      redirect_uris: [CALLBACK],
      scope: 'openid',
    };
  }

  const use = async (at: ServiceProcess, name: string): Promise<void> => {
    const published = { issuer: at.issuer, clock: at.clock, url: (path: string) => at.issuer + path };
    const behaviour = { consent: { duration: 'forever' } };
    const obtained = await new BareClient(published, client).obtainCode(at.browser(), user(name), {}, behaviour);
    expect((await new BareClient(at, client).redeem(obtained)).status).toBe(200);
  };

  async function items(path: string): Promise<readonly Item[]> {
    const header = { authorization: basic(ADMIN.id, ADMIN.secret) };
    const { body } = await post(service, '/oauth2/token', 'grant_type=client_credentials', header);
    const authorization = `Bearer ${String(body['access_token'])}`;
    const answer = await fetch(service.url(`/api/v1/${path}`), { headers: { authorization } });
    return ((await answer.json()) as { items: Item[] }).items;
  }

  const consentOf = async (name: string): Promise<Item | undefined> => (await items(`consents?user_id=${name}`))[0];

  it('are written on SIGTERM: of approvals and of secrets', async () => {
    await use(service, 'ann');
    expect(await consentOf('ann')).toMatchObject({ last_used_at: null }); // no minute has passed
    await service.stop();
    service = await start();
    const consent = await consentOf('ann');
    expect(consent?.['last_used_at']).toEqual(expect.any(String));
    expect((consent?.['scopes'] as Item[])[0]).toMatchObject({
      scope: 'openid',
      last_used_at: consent?.['last_used_at'],
    });
    const [secret] = await items(`clients/${client.clientId}/secrets`);
    expect(secret?.['last_used_at']).toEqual(expect.any(String));
  }, 60_000);

  it('are all that a crash loses: what was decided is there', async () => {
    await use(service, 'ben');
    const before = await consentOf('ben');
    await service.crash();
    service = await start();
    expect(await consentOf('ben')).toEqual(before);
    expect(before).toMatchObject({ last_used_at: null });
    const asked = await service.browser().visit(new BareClient(service, client).request().url);
    expect(asked.html.has('#username')).toBe(true);
  }, 60_000);

  it.runIf(kind !== 'sqlite')(
    'of two processes are one: written once in an hour, by whichever is first',
    async () => {
      const other = await start(true);
      await use(service, 'cy');
      await use(other, 'cy');
      await other.stop();
      const written = (await consentOf('cy'))?.['last_used_at'];
      expect(written).toEqual(expect.any(String));
      await service.stop();
      service = await start();
      expect((await consentOf('cy'))?.['last_used_at']).toBe(written);
    },
    60_000,
  );
});
