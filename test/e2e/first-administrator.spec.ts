import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { StartUpNotes } from '#platform/observability/index.js';
import { ADMIN_SCOPES } from '#resources/index.js';
import { UsersService } from '#users/index.js';
import { startService, type TestService } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const EMAIL = 'root@corp.example';
const PASSWORD = 'a quite unguessable one';

let folder: string;
let running: TestService | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-first-'));
});
afterEach(async () => {
  await running?.close();
  running = undefined;
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function start(env: NodeJS.ProcessEnv = {}): Promise<TestService> {
  running = await startService({ env });
  return running;
}

/** The set-up link that the console shows, if it shows one. */
async function shownLink({ app }: TestService): Promise<string | undefined> {
  const lines = await app.get(StartUpNotes, { strict: false }).lines();
  return /http\S*\/set-up\?token=\S+/.exec(lines.join('\n'))?.[0];
}

async function administrators({ app }: TestService): Promise<readonly string[]> {
  const page = await app.get(UsersService, { strict: false }).list({ group: 'administrators' }, { limit: 10 });
  return page.items.map(({ username }) => username);
}

describe('the console', () => {
  it('shows a set-up link at each start, a new one each time, as long as there is no administrator', async () => {
    const service = await start();
    const [first, second] = [await shownLink(service), await shownLink(service)];
    expect(first).toContain(service.url('/set-up?token='));
    expect(second).toContain(service.url('/set-up?token='));
    expect(second).not.toBe(first);
  });
});

describe('ADMIN_EMAIL and ADMIN_PASSWORD', () => {
  const ADMIN = { ADMIN_EMAIL: EMAIL, ADMIN_PASSWORD: PASSWORD };

  it('make the first administrator without a link', async () => {
    const service = await start(ADMIN);
    expect(await administrators(service)).toEqual([EMAIL]);
    expect(await shownLink(service)).toBeUndefined();
    const browser = new UserAgent(service.issuer);
    const page = await browser.visit(service.url('/sign-in'));
    const end = await browser.submit(page, '#sign-in', { username: EMAIL, password: PASSWORD });
    expect(end.url.pathname).toBe('/account');
  });

  it('make an administrator of the seeded user who has the address, with this password and no other', async () => {
    const file = join(folder, 'user.json');
    const user = { id: 'root', username: 'root', email: EMAIL, password: 'what somebody else knows' };
    writeFileSync(file, JSON.stringify({ users: [user] }));
    const service = await start({ ...ADMIN, SEED_FILE: file });
    expect(await administrators(service)).toEqual(['root']);
    const passwords = service.app.get(PasswordsService, { strict: false });
    expect(await passwords.matches('root', PASSWORD)).toBe(true);
    expect(await passwords.matches('root', user.password)).toBe(false);
  });

  it('change nothing where there is an administrator', async () => {
    const file = join(folder, 'administrator.json');
    writeFileSync(file, JSON.stringify({ users: [{ username: 'chief', groups: ['administrators'] }] }));
    expect(await administrators(await start({ ...ADMIN, SEED_FILE: file }))).toEqual(['chief']);
  });
});

describe('ADMIN_CLIENT_ID and ADMIN_CLIENT_SECRET', () => {
  it('make a client that gets every admin scope when it asks for nothing (RFC 6749 §4.4)', async () => {
    const env = { ADMIN_CLIENT_ID: 'automation', ADMIN_CLIENT_SECRET: 'a-secret-of-more-than-32-characters-yes' };
    const service = await start(env);
    const answer = await fetch(service.url('/oauth2/token'), {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      headers: {
        authorization: `Basic ${Buffer.from(`automation:${env.ADMIN_CLIENT_SECRET}`).toString('base64')}`,
      },
    });
    const { access_token: token, scope } = (await answer.json()) as { access_token: string; scope: string };
    expect(scope.split(' ').toSorted()).toEqual([...ADMIN_SCOPES].toSorted());
    const users = await fetch(service.url('/api/v1/users'), { headers: { authorization: `Bearer ${token}` } });
    expect(users.status).toBe(200);
  });
});
