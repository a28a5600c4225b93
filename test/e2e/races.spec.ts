import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertionParameters, BareClient, encoded, post, secret, type Answer } from '../support/bare-client.js';
import { CommandLine } from '../support/command-line.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { CALLBACK, type GivenClient, type GivenUser } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { ServiceProcess } from '../support/service-process.js';
import { databasesUnderTest, freePort } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const CLIENT: GivenClient = {
  clientId: 'racing-client',
  clientSecret: 'racing-client-has-a-secret-of-enough-characters',
  redirectUri: CALLBACK,
  method: 'client_secret_basic',
};
const USER: GivenUser = { id: 'racing-user', username: 'racer', password: 'a race along the river bank', claims: {} };

type KeyHolder = GivenClient & { readonly privateKey: CryptoKey };

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))('races on %s', (_, url) => {
  const isEmbedded = databaseKind(url) === 'sqlite';
  // One process owns an embedded database; of a server's, several make one service.
  const count = isEmbedded ? 1 : 2;
  let folder: string;
  let database: TestDatabase;
  let processes: readonly ServiceProcess[] = [];
  let holders: readonly KeyHolder[];

  beforeAll(async () => {
    CommandLine.build();
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-races-'));
    const file = isEmbedded ? `sqlite:${join(folder, 'races.sqlite')}` : url;
    database = await aMigratedDatabase(file);
    holders = await Promise.all([1, 2, 3].map((number) => aHolder(`racing-holder-${number}`)));
    const seedFile = join(folder, 'seed.json');
    writeFileSync(seedFile, JSON.stringify(await seed()));
    const ports = await Promise.all(Array.from({ length: count }, () => freePort()));
    const env = {
      ISSUER: `http://127.0.0.1:${ports[0] ?? 0}`,
      DATABASE_URL: database.url,
      SECRET_KEYS: Buffer.alloc(32, 5).toString('base64url'),
      SEED_FILE: seedFile,
    };
    // All at once on an empty database: they migrate, seed and make keys as one (architecture 8).
    processes = await Promise.all(ports.map((port) => ServiceProcess.start(port, env)));
  }, 240_000);

  afterAll(async () => {
    await Promise.all(processes.map((one) => one.stop()));
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function aHolder(clientId: string): Promise<KeyHolder> {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    return { clientId, redirectUri: CALLBACK, method: 'private_key_jwt', privateKey };
  }

  async function registration({ clientId, privateKey }: KeyHolder): Promise<object> {
    const { d: _private, ...publicKey } = await exportJWK(privateKey);
    return {
      client_id: clientId,
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ ...publicKey, kid: 'first' }] },
      grant_types: ['client_credentials'],
      scope: 'races.run',
    };
  }

  async function seed(): Promise<object> {
    const code = { redirect_uris: [CALLBACK], scope: 'openid email offline_access' };
    return {
      users: [{ id: USER.id, username: USER.username, password: USER.password }],
      resources: [{ id: 'races', identifier: 'https://races.example/api', name: 'Races' }],
      scopes: [{ name: 'races.run', resource: 'https://races.example/api', title: 'Run' }],
      clients: [
        {
          ...code,
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          grant_types: ['authorization_code', 'refresh_token'],
        },
        ...(await Promise.all(holders.map(registration))),
      ],
    };
  }

  const one = (index: number): ServiceProcess => {
    const chosen = processes[index % processes.length];
    if (chosen === undefined) throw new Error('no process runs');
    return chosen;
  };

  /** Does the same many times at once, in turn at each process. */
  function atOnce<T>(times: number, act: (at: ServiceProcess, index: number) => Promise<T>): Promise<T[]> {
    return Promise.all(Array.from({ length: times }, (_, index) => act(one(index), index)));
  }

  const bare = (at: ServiceProcess = one(0)) => new BareClient(at, CLIENT);
  const statuses = (answers: readonly { status: number }[]) => {
    const counted: Record<number, number> = {};
    for (const { status } of answers) counted[status] = (counted[status] ?? 0) + 1;
    return counted;
  };

  it('publish the same keys, whichever process is asked', async () => {
    const documents = await atOnce(4, async (at) => (await fetch(at.url('/oauth2/jwks'))).text());
    expect(new Set(documents).size).toBe(1);
  });

  it('redeem one code 50 times at once: exactly one is served (RFC 6749 §4.1.2)', async () => {
    for (let round = 0; round < 3; round++) {
      const obtained = await bare().obtainCode(one(round).browser(), USER);
      const answers = await atOnce(50, (at) => bare(at).redeem(obtained));
      expect(statuses(answers)).toEqual({ 200: 1, 400: 49 });
      const refused = answers.filter(({ status }) => status === 400);
      expect(new Set(refused.map(({ body }) => body['error']))).toEqual(new Set(['invalid_grant']));
    }
  });

  it('refresh one token 20 times at once: every time the same successor (RFC 9700 §4.14.2)', async () => {
    const { refreshToken } = await bare().signIn(one(0).browser(), USER, { scope: 'openid offline_access' });
    let current = refreshToken;
    for (let round = 0; round < 3; round++) {
      const answers = await atOnce(20, (at) => bare(at).refresh(current));
      expect(statuses(answers)).toEqual({ 200: 20 });
      const successors = new Set(answers.map(({ body }) => String(body['refresh_token'])));
      expect(successors.size).toBe(1);
      [current = ''] = successors;
    }
  });

  it('sign in at one process and go on at the other, as behind a balancer', async () => {
    const tokens = await bare(one(0)).signIn(one(0).browser(), USER, { scope: 'openid offline_access' });
    const refreshed = await bare(one(1)).refresh(tokens.refreshToken);
    expect(refreshed.status).toBe(200);
    expect((await bare(one(1)).userinfo(tokens.accessToken)).status).toBe(200);
    await bare(one(1)).revoke(String(refreshed.body['refresh_token']));
    expect((await bare(one(0)).userinfo(tokens.accessToken)).status).toBe(401);
  });

  it('use one client assertion 20 times at once: exactly one is served (RFC 7523 §3)', async () => {
    for (const holder of holders) {
      const proof = await assertionParameters(one(0), holder);
      const body = encoded({ grant_type: 'client_credentials', ...proof });
      const answers: Answer[] = await atOnce(20, (at) => post(at, '/oauth2/token', body));
      expect(statuses(answers)).toEqual({ 200: 1, 401: 19 });
    }
  });

  it('guess a password 30 times at once: ten guesses count, and no eleventh is looked at', async () => {
    const pages = await atOnce(30, async (at) => {
      const browser = at.browser();
      return { browser, page: await browser.visit(`${at.issuer}/sign-in`) };
    });
    const guesses = await Promise.all(
      pages.map(({ browser, page }) =>
        browser.submit(page, '#sign-in', { username: 'nobody-races', password: secret() }),
      ),
    );
    expect(statuses(guesses)).toEqual({ 422: 10, 429: 20 });
    const throttled = guesses.find(({ status }) => status === 429);
    expect(Number(throttled?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('use one set-up link 8 times at once: exactly one becomes the administrator', async () => {
    const links = processes.flatMap(({ output }) => [...output.matchAll(/set-up\?token=([A-Za-z0-9_-]{43})/g)]);
    const tokens = [...new Set(links.map(([, token]) => token ?? ''))];
    const live: string[] = [];
    for (const token of tokens) {
      const page = await one(0)
        .browser()
        .visit(`${one(0).issuer}/set-up?token=${token}`);
      if (page.html.has('#set-up')) live.push(token);
    }
    expect(live).toHaveLength(1); // each start makes a new one and ends those before it
    const forms = await atOnce(8, async (at) => {
      const browser: UserAgent = at.browser();
      return { browser, page: await browser.visit(`${at.issuer}/set-up?token=${live[0] ?? ''}`) };
    });
    const answers = await Promise.all(
      forms.map(({ browser, page }, index) =>
        browser.submit(page, '#set-up', {
          email: `first-${index}@corp.example`,
          name: `First ${index}`,
          password: 'the first walk along the river',
        }),
      ),
    );
    expect(statuses(answers)).toEqual({ 200: 1, 400: 7 });
    expect(answers.find(({ status }) => status === 200)?.url.pathname).toBe('/account/next-steps');
    const again = await one(1)
      .browser()
      .visit(`${one(1).issuer}/set-up?token=${live[0] ?? ''}`);
    expect([again.status, again.html.has('#set-up')]).toEqual([400, false]);
  });
});
