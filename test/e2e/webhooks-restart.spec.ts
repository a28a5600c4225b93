import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BareClient } from '../support/bare-client.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import type { GivenClient, GivenUser } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { build, PROJECT, ServedProcess } from '../support/served-process.js';
import { signIn } from '../support/signing-in.js';
import { databasesUnderTest, freePort } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';
import { REACHES_RECEIVERS, WebhookReceiver } from '../support/webhook-receiver.js';

const MACHINE: GivenClient = {
  clientId: 'automation',
  clientSecret: 'the-automation-secret-of-the-webhook-tests',
  redirectUri: '',
  method: 'client_secret_basic',
};
const USER: GivenUser = { id: 'told-user', username: 'tilda', password: 'a pause at the river bank', claims: {} };
const BASES = databasesUnderTest().map((url) => [databaseKind(url), url] as const);

describe.each(BASES)('webhooks and extensions of the built service on %s', (kind, url) => {
  const processes: ServedProcess[] = [];
  let folder: string;
  let database: TestDatabase;

  beforeAll(async () => {
    build();
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-webhooks-'));
    database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'webhooks.sqlite')}` : url);
    const { id, username, password } = USER;
    writeFileSync(join(folder, 'seed.json'), JSON.stringify({ users: [{ id, username, password }] }));
  }, 240_000);

  afterAll(async () => {
    for (const process of processes) process.kill();
    await Promise.all(processes.map(({ ended }) => ended));
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(port?: number): Promise<ServedProcess> {
    const env = {
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      SECRET_KEYS: Buffer.alloc(32, 6).toString('base64url'),
      SEED_FILE: join(folder, 'seed.json'),
      ADMIN_CLIENT_ID: MACHINE.clientId,
      ADMIN_CLIENT_SECRET: MACHINE.clientSecret,
      EXTENSIONS: 'examples/extension/greeting.js',
      ...REACHES_RECEIVERS,
      ...(port === undefined ? {} : { PORT: String(port) }),
    };
    const started = await ServedProcess.start({ env });
    processes.push(started);
    return started;
  }

  async function made(service: ServedProcess, path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
    const clock = { epochSeconds: () => Math.floor(Date.now() / 1000) };
    const reachable = { issuer: service.issuer, clock, url: (one: string) => service.url(one) };
    const token = await new BareClient(reachable, MACHINE).ownToken();
    const response = await fetch(service.url(`/api/v1${path}`), {
      method: 'POST',
      headers: { authorization: `Bearer ${String(token.body['access_token'])}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(201);
    return (await response.json()) as Record<string, unknown>;
  }

  async function signedIn(service: ServedProcess): Promise<void> {
    const browser = new UserAgent(service.issuer);
    const page = await signIn(browser, await browser.visit(service.url('/sign-in')), USER);
    expect(page.url.pathname).toBe('/account');
  }

  const greets = (service: ServedProcess, text: string) =>
    vi.waitFor(
      () => {
        expect(service.out).toContain(text);
      },
      { timeout: 15_000 },
    );

  it('lose nothing when it is killed between the commit and the delivery', async () => {
    const first = await start();
    // Takes what it is told and answers nothing, so the process dies with the delivery under way.
    const receiver = await WebhookReceiver.listen();
    receiver.status = 0;
    await made(first, '/webhooks', { url: receiver.url('/hook'), events: ['user.signed_in'] });
    await signedIn(first);
    await greets(first, `${USER.id} signed in for the account page`);
    await receiver.arrived(1, '/hook');
    first.kill();
    await first.ended;
    receiver.status = 204;
    await start(first.port);
    const all = await receiver.arrived(2, '/hook');
    expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await receiver.close();
  }, 120_000);

  it('call the example receiver back when a user has registered and when one has signed in', async () => {
    const service = await start();
    const port = await freePort();
    const hook = await made(service, '/webhooks', {
      url: `http://127.0.0.1:${port}/`,
      events: ['user.registered', 'user.signed_in'],
    });
    const env = { PATH: process.env['PATH'], PORT: String(port), WEBHOOK_SECRET: String(hook['secret']) };
    const example: ChildProcess = spawn(process.execPath, ['examples/webhook-receiver/receiver.js'], {
      cwd: PROJECT,
      env,
    });
    let out = '';
    example.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const says = (text: string) =>
      vi.waitFor(
        () => {
          expect(out).toContain(text);
        },
        { timeout: 15_000 },
      );
    try {
      await says('listening');
      const { id } = await made(service, '/users', { username: `example-${port}` });
      await says(`registered: ${String(id)}`);
      await greets(service, `welcome, ${String(id)}`);
      await signedIn(service);
      await says(`signed in: ${USER.id} for the account page`);
      const forged = { 'webhook-id': 'a', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)) };
      const headers = { ...forged, 'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=' };
      const body = JSON.stringify({ type: 'user.registered', data: { user_id: 'nobody' } });
      const answers = [
        await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body }),
        await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers: forged, body: 'x'.repeat(70_000) }),
        await fetch(`http://127.0.0.1:${port}/`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([401, 413, 405]);
      expect(out).not.toContain('nobody');
    } finally {
      example.kill();
    }
  }, 120_000);
});
