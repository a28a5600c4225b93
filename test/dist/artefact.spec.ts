import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, basic, encoded, post } from '../support/bare-client.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { press } from '../support/form.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { build, PROJECT, ServedProcess, type ProcessChoices } from '../support/served-process.js';
import { signIn } from '../support/signing-in.js';
import { databasesUnderTest } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const PASSWORD = 'the first long walk by the river';
const KEY = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 73 + 41) % 251)).toString('base64url');
const AUTOMATION = { ADMIN_CLIENT_ID: 'automation', ADMIN_CLIENT_SECRET: 'k7Qp2mXv9sLr4wTz8bNc3fHj6dGy1aEu' };
const root = { id: '', username: 'root@corp.example', password: PASSWORD, claims: {} };

const running: ServedProcess[] = [];
const folders: string[] = [];

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-dist-'));
  folders.push(folder);
  return folder;
}

async function start(choices: ProcessChoices): Promise<ServedProcess> {
  const started = await ServedProcess.start(choices);
  running.push(started);
  return started;
}

/** Starts what cannot start, and answers with what code and which words it ended. */
async function refusal(env: NodeJS.ProcessEnv): Promise<{ code: number | null; errors: string; out: string }> {
  const started = await ServedProcess.spawn({ env: { DATA_DIR: aFolder(), ...env } });
  running.push(started);
  const code = await started.ended;
  return { code, errors: started.errors, out: started.out };
}

/** Makes the first administrator by the link on the console. */
async function setUp(service: ServedProcess): Promise<UserAgent> {
  const browser = new UserAgent(service.issuer);
  const page = await browser.visit(service.setUpLink ?? '/no-link-was-printed');
  const done = await browser.submit(page, '#set-up', { email: root.username, name: 'Root', password: PASSWORD });
  expect(done.url.pathname).toBe('/account/next-steps');
  return browser;
}

/** An administration token for automation. */
async function adminToken(service: ServedProcess): Promise<string> {
  const authorization = basic(AUTOMATION.ADMIN_CLIENT_ID, AUTOMATION.ADMIN_CLIENT_SECRET);
  const { status, body, text } = await post(service, '/oauth2/token', encoded({ grant_type: 'client_credentials' }), {
    authorization,
  });
  expect(status, text).toBe(200);
  return String(body['access_token']);
}

const kidsOf = async (service: ServedProcess): Promise<string[]> => {
  const response = await fetch(service.url('/oauth2/jwks'));
  return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid).sort();
};

beforeAll(() => {
  build();
}, 180_000);

afterEach(async () => {
  for (const one of running.splice(0)) {
    one.kill();
    await one.ended;
  }
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the built service on a fresh embedded database', () => {
  it('starts with nothing set, says where it is and how to begin, and signs the first administrator in', async () => {
    const service = await start({ env: { DATA_DIR: aFolder() } });
    expect(service.out).toContain(`Gatehouse is ready at ${service.issuer}`);
    expect(service.out).toContain(service.url('/.well-known/openid-configuration'));
    expect(service.out).toContain(service.url('/api/docs'));
    expect(service.setUpLink).toMatch(new RegExp(`^${service.issuer}/set-up\\?token=[A-Za-z0-9_-]{43}$`));
    const browser = await setUp(service);
    expect((await browser.visit('/account')).html.words).toContain(root.username);
    const another = new UserAgent(service.issuer);
    const wrong = await another.submit(await another.visit('/sign-in'), '#sign-in', {
      username: root.username,
      password: 'wrong',
    });
    expect(wrong.status).toBe(422);
    expect((await signIn(another, wrong, root)).url.pathname).toBe('/account');
    expect((await answerOf(await fetch(service.url('/health/ready')))).status).toBe(200);
    // The very file of the build, about this issuer.
    const built = readFileSync(join(PROJECT, 'dist', 'openapi.json'), 'utf8');
    const described = await (await fetch(service.url('/api/openapi.json'))).text();
    expect(described).toBe(built.replaceAll('http://localhost:3000', service.issuer));
    const styles = /href="([^"]+\.css[^"]*)"/.exec((await another.visit('/account')).html.source)?.[1] ?? '';
    expect((await fetch(new URL(styles, service.issuer))).headers.get('content-type')).toMatch(/^text\/css/);
    expect(await service.stop()).toBe(0);
    expect(service.errors).toBe('');
    for (const secret of [PASSWORD, another.cookies.find('gatehouse-session')?.value]) {
      expect(service.out).not.toContain(secret);
    }
  });

  it('keeps its secrets to the user it runs as (development)', async () => {
    const folder = aFolder();
    await (await start({ env: { DATA_DIR: folder } })).stop();
    expect(statSync(join(folder, 'secret-keys')).mode & 0o077).toBe(0);
    expect(existsSync(join(folder, 'gatehouse.sqlite'))).toBe(true);
  });

  it('finds its people, sessions, keys and tokens again at the second start', async () => {
    const env = { DATA_DIR: aFolder(), ...AUTOMATION };
    const first = await start({ env });
    const [browser, token, kids] = [await setUp(first), await adminToken(first), await kidsOf(first)];
    expect(await first.stop()).toBe(0);
    const second = await start({ env: { ...env, PORT: String(first.port) } });
    expect(second.setUpLink).toBeUndefined();
    expect(await kidsOf(second)).toEqual(kids);
    expect((await browser.visit('/account')).url.pathname).toBe('/account');
    const headers = { authorization: `Bearer ${token}` };
    const users = await answerOf(await fetch(second.url('/api/v1/users'), { headers }));
    expect(users.status).toBe(200);
    expect(users.text).toContain(root.username);
    const again = new UserAgent(second.issuer);
    expect((await signIn(again, await again.visit('/sign-in'), root)).url.pathname).toBe('/account');
  });

  it('prints a new set-up link at each start until there is an administrator', async () => {
    const env = { DATA_DIR: aFolder() };
    const first = await start({ env });
    const old = new URL(first.setUpLink ?? '');
    await first.stop();
    const second = await start({ env: { ...env, PORT: String(first.port) } });
    expect(second.setUpLink).toBeDefined();
    expect(second.setUpLink).not.toBe(old.href);
    expect((await new UserAgent(second.issuer).visit(old)).status).toBe(400);
    await setUp(second);
  });

  it('makes the administrator that the settings name, without a link', async () => {
    const env = { DATA_DIR: aFolder(), ADMIN_EMAIL: root.username, ADMIN_PASSWORD: PASSWORD };
    const service = await start({ env });
    expect(service.setUpLink).toBeUndefined();
    const browser = new UserAgent(service.issuer);
    expect((await signIn(browser, await browser.visit('/sign-in'), root)).url.pathname).toBe('/account');
    expect(service.out).not.toContain(PASSWORD);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what it has begun at %s, takes nothing new, and exits with 0',
    async (signal) => {
      const service = await start({
        env: { DATA_DIR: aFolder(), ADMIN_EMAIL: root.username, ADMIN_PASSWORD: PASSWORD },
      });
      const browser = new UserAgent(service.issuer);
      const page = await browser.visit('/sign-in');
      const { action, entries } = press(page.html, '#sign-in', { username: root.username, password: PASSWORD });
      const body = new URLSearchParams(entries.map(([name, value]) => [name, value])).toString();
      const half = Math.floor(body.length / 2);
      const socket = connect(service.port, '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString()));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      const lines = [
        `POST ${action} HTTP/1.1`,
        `Host: localhost:${service.port}`,
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${body.length}`,
        `Cookie: ${browser.cookies.header(new URL(service.issuer)) ?? ''}`,
      ];
      await new Promise<void>((resolve) =>
        socket.write(`${lines.join('\r\n')}\r\n\r\n${body.slice(0, half)}`, () => {
          resolve();
        }),
      );
      await until(async () => (await fetch(service.url('/health/live'))).ok);
      service.signal(signal);
      await until(() => service.out.includes('stopping'));
      await until(
        async () =>
          await fetch(service.url('/health/live')).then(
            ({ status }) => status === 503,
            () => true,
          ),
      );
      socket.write(body.slice(half));
      await closed;
      expect(answer).toMatch(/^HTTP\/1\.1 303 /);
      expect(answer).toMatch(/set-cookie: gatehouse-session=[A-Za-z0-9_-]{43};/i);
      expect(await service.ended).toBe(0);
    },
  );
});

describe('the built service with settings that will not do', () => {
  it('names every one of them at once with a remedy, exits with 78 and writes nothing', async () => {
    const folder = aFolder();
    const bad = {
      DATA_DIR: folder,
      PORT: '70000',
      ISSUER: 'http://localhost:3000/?x=1',
      DATABASE_URL: 'postgres://localhost/x',
      MIGRATE_ON_START: 'maybe',
      SECRET_KEYS: 'short',
      ADMIN_EMAIL: 'root',
      SEED_FILE: 'seed.toml',
      TRUST_PROXY: 'everybody',
      TLS_CERT_FILE: '/no/such/file.pem',
      WORKERS: '0',
      LOG_LEVEL: 'loud',
      LOG_FORMAT: 'xml',
      COMPANY_COLOR: 'blue',
    };
    const { code, errors, out } = await refusal(bad);
    expect(code).toBe(78);
    expect(out).toBe('');
    const { DATA_DIR: _fine, ...named } = bad;
    for (const name of [...Object.keys(named), 'ADMIN_PASSWORD', 'TLS_KEY_FILE'])
      expect(errors).toMatch(new RegExp(`^ {2}${name} .+\\. .+`, 'm'));
    expect(errors).not.toMatch(/\n {4}at /);
    expect(existsSync(join(folder, 'secret-keys'))).toBe(false);
  });

  it('repeats no secret that is wrong', async () => {
    const { code, errors } = await refusal({
      ISSUER: 'https://login.example.com',
      SECRET_KEYS: 'unmistakable-key',
      ADMIN_EMAIL: 'root@corp.example',
      ADMIN_PASSWORD: 'unmistakable',
      DATABASE_URL: 'mysql://root:unmistakable@/',
    });
    expect(code).toBe(78);
    expect(errors).not.toContain('unmistakable');
  });

  it.each<readonly [string, NodeJS.ProcessEnv, string]>([
    ['plain http', { ISSUER: 'http://login.example.com', SECRET_KEYS: KEY }, 'ISSUER'],
    ['no SECRET_KEYS', {}, 'SECRET_KEYS'],
    ['a key that is not random', { SECRET_KEYS: Buffer.alloc(32).toString('base64url') }, 'SECRET_KEYS'],
    [
      'a short password',
      { SECRET_KEYS: KEY, ADMIN_EMAIL: 'root@corp.example', ADMIN_PASSWORD: 'x7Kp2qw9' },
      'ADMIN_PASSWORD',
    ],
    [
      'a common password',
      { SECRET_KEYS: KEY, ADMIN_EMAIL: 'root@corp.example', ADMIN_PASSWORD: 'passwordpassword123' },
      'ADMIN_PASSWORD',
    ],
    [
      'a short client secret',
      { SECRET_KEYS: KEY, ADMIN_CLIENT_ID: 'a', ADMIN_CLIENT_SECRET: 'x7Kp2qw9x7Kp2qw9' },
      'ADMIN_CLIENT_SECRET',
    ],
    ['a proxy that is everybody', { SECRET_KEYS: KEY, TRUST_PROXY: '0.0.0.0/0' }, 'TRUST_PROXY'],
    ['outgoing requests to this machine', { SECRET_KEYS: KEY, OUTBOUND_ALLOW: '127.0.0.1:8443' }, 'OUTBOUND_ALLOW'],
  ])('refuses on a production issuer: %s', async (_, env, name) => {
    const { code, errors } = await refusal({ ISSUER: 'https://login.example.com', ...env });
    expect(code).toBe(78);
    expect(errors).toMatch(new RegExp(`^ {2}${name} .+\\. .+`, 'm'));
    expect(errors.split('\n').filter((line) => line.startsWith('  '))).toHaveLength(1);
  });

  it('starts on a production issuer once all is well', async () => {
    const env = { DATA_DIR: aFolder(), ISSUER: 'https://login.example.com', SECRET_KEYS: KEY };
    const service = await start({ env });
    expect(service.out).toContain('https://login.example.com/set-up?token=');
    const metadata = await answerOf(await fetch(service.url('/.well-known/openid-configuration')));
    expect(metadata.body['issuer']).toBe('https://login.example.com');
  });

  it('does not start with a seed that cannot be applied (78), or on a port that is taken (1)', async () => {
    const seed = join(aFolder(), 'seed.json');
    cpSync(join(PROJECT, 'package.json'), seed);
    const refused = await refusal({ SEED_FILE: seed });
    expect([refused.code, refused.errors]).toEqual([78, expect.stringContaining('#/dependencies')]);
    const other = await start({ env: { DATA_DIR: aFolder() } });
    const taken = await refusal({ PORT: String(other.port) });
    expect([taken.code, taken.errors]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
  });

  it('refuses a schema that is behind when it may not migrate (78), and takes one that is not', async () => {
    const folder = aFolder();
    const { code, errors } = await refusal({ DATA_DIR: folder, MIGRATE_ON_START: 'false' });
    expect(code).toBe(78);
    expect(errors).toMatch(/migrat/i);
    await (await start({ env: { DATA_DIR: folder } })).stop();
    expect(await (await start({ env: { DATA_DIR: folder, MIGRATE_ON_START: 'false' } })).stop()).toBe(0);
  });
});

describe('npm start', () => {
  it('builds when the build is missing or older than the source, and only then; it is then the service itself', async () => {
    const copy = aFolder();
    const parts = [
      'src',
      'bin',
      'scripts',
      'ormconfig.ts',
      'nest-cli.json',
      'tsconfig.json',
      'tsconfig.build.json',
      'package.json',
      'package-lock.json',
    ];
    for (const part of parts)
      cpSync(join(PROJECT, part), join(copy, part), { recursive: true, preserveTimestamps: true });
    symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
    const choices = { root: copy, script: 'scripts/start.cjs', env: { DATA_DIR: aFolder() } };
    const main = join(copy, 'dist', 'run', 'main.js');
    const first = await start(choices);
    expect(first.errors).toContain('Building');
    expect((await fetch(first.url('/health/live'))).status).toBe(200);
    expect(await first.stop()).toBe(0); // the signal reached the service: there is no process in between
    const built = statSync(main).mtimeMs;
    const second = await start(choices);
    expect(second.errors).toBe('');
    expect(await second.stop()).toBe(0);
    expect(statSync(main).mtimeMs).toBe(built);
    const later = new Date(built + 5000);
    utimesSync(join(copy, 'src', 'main.ts'), later, later);
    const third = await ServedProcess.spawn(choices);
    running.push(third);
    await until(() => third.errors.includes('Building')); // which takes as long as the first time
  }, 240_000);
});

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url]))('WORKERS=2 [%s]', (_, url) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = url.startsWith('sqlite:')
      ? { url: `sqlite:${join(aFolder(), 'gatehouse.sqlite')}`, drop: () => Promise.resolve() }
      : await aMigratedDatabase(url);
  });

  afterAll(() => database.drop());

  it('is one service of two processes, which both serve everybody, and stops as one', async () => {
    const env = { DATA_DIR: aFolder(), DATABASE_URL: database.url, SECRET_KEYS: KEY, WORKERS: '2', ...AUTOMATION };
    const service = await start({ env });
    expect(service.out.match(/Gatehouse is ready at/g)).toHaveLength(1);
    expect(service.out.match(/set-up\?token=/g)).toHaveLength(1);
    const browser = await setUp(service);
    const token = await adminToken(service);
    const workers = workersOf(service.pid);
    expect(workers).toHaveLength(2);
    const before = workers.map(({ work }) => work);
    const headers = { authorization: `Bearer ${token}`, connection: 'close' };
    await until(async () => {
      const pages = await Promise.all(Array.from({ length: 12 }, () => browser.visit('/account')));
      for (const { url: end } of pages) expect(end.pathname).toBe('/account');
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => fetch(service.url('/api/v1/keys'), { headers }).then(({ status }) => status)),
      );
      expect(answers).toEqual(Array<number>(12).fill(200));
      return workersOf(service.pid).every(({ work }, at) => work > (before[at] ?? 0) + 3);
    });
    expect(await service.stop()).toBe(0);
    await expect(fetch(service.url('/health/live'))).rejects.toThrow();
  }, 60_000);

  it('puts another process in the place of one that ends', async () => {
    const env = { DATA_DIR: aFolder(), DATABASE_URL: database.url, SECRET_KEYS: KEY, WORKERS: '2' };
    const service = await start({ env });
    const before = workersOf(service.pid).map(({ pid }) => pid);
    expect(before).toHaveLength(2);
    process.kill(before[0] ?? 0, 'SIGKILL');
    await until(() => workersOf(service.pid).filter(({ pid }) => !before.includes(pid)).length === 1);
    const isLive = () => fetch(service.url('/health/live'), { headers: { connection: 'close' } }).then(({ ok }) => ok);
    await until(() => isLive().catch(() => false));
    expect(service.out).toContain('another takes its place');
    expect(await service.stop()).toBe(0);
  }, 60_000);

  it('stops also while it has no process, and puts none in the place of those that ended', async () => {
    const env = { DATA_DIR: aFolder(), DATABASE_URL: database.url, SECRET_KEYS: KEY, WORKERS: '2' };
    const service = await start({ env });
    for (const { pid } of workersOf(service.pid)) process.kill(pid, 'SIGKILL');
    await until(
      () => workersOf(service.pid).length === 0 && service.out.match(/another takes its place/g)?.length === 2,
    );
    expect(await service.stop()).toBe(0);
  }, 60_000);

  it('stops in order when it is told so twice, as by a terminal and by npm', async () => {
    const env = { DATA_DIR: aFolder(), DATABASE_URL: database.url, SECRET_KEYS: KEY, WORKERS: '2', DRAIN_SECONDS: '1' };
    const service = await start({ env });
    service.signal('SIGTERM');
    await until(() => service.out.includes('"stopping"'));
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(workersOf(service.pid)).toEqual([]);
  }, 60_000);
});

/** The processes that another one started, with the work each has done so far. */
function workersOf(parent: number): readonly { readonly pid: number; readonly work: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const facts = statOf(name);
      // proc(5): state, ppid, …, and as the 14th and 15th field the ticks of the processor in user and system mode.
      return Number(facts[1]) === parent ? [{ pid: Number(name), work: Number(facts[11]) + Number(facts[12]) }] : [];
    })
    .sort((a, b) => a.pid - b.pid);
}

/** The fields of /proc/<pid>/stat behind the name of the program; none when the process has just ended. */
function statOf(pid: string): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** Asks again and again, for something that another process does in its own time. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about within 30 seconds');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
