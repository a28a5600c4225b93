import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { loadSettings } from '#platform/config/index.js';
import { Database } from '#platform/database/index.js';
import { Readiness } from '#platform/observability/index.js';
import { UsersService } from '#users/index.js';
import { examineFrom } from '../../src/admin/cli/examine-from.js';
import { SettingsDatabaseProbe } from '../../src/admin/doctor/database-probe.js';
import type { DoctorParts } from '../../src/admin/doctor/doctor.js';
import { type Report, reportLines } from '../../src/admin/doctor/report.js';
import { ENTITIES, MIGRATIONS } from '../../src/schema.js';
import { databaseKind } from '../support/databases.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { MeddlingProxy, type PassingAnswer } from '../support/meddling-proxy.js';
import { databasesUnderTest, freePort, startService, type TestService } from '../support/start-service.js';

const CERTIFICATES = fileURLToPath(new URL('../support/certificates/', import.meta.url));
const CA_FILE = join(CERTIFICATES, 'ca.pem');

/** A service behind a proxy, and the doctor beside it. */
interface Deployment {
  readonly service: TestService;
  readonly proxy: MeddlingProxy;
  /** The doctor, with some variables and parts of its own. */
  examine(env?: NodeJS.ProcessEnv, parts?: Partial<DoctorParts>): Promise<Report>;
  close(): Promise<void>;
}

interface DeploymentChoices {
  readonly database?: string;
  readonly secure?: true;
  readonly env?: NodeJS.ProcessEnv;
}

async function deploy({ database = 'sqlite::memory:', secure, env = {} }: DeploymentChoices = {}): Promise<Deployment> {
  let port = 0;
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-doctor-'));
  const tls = {
    cert: readFileSync(join(CERTIFICATES, 'localhost.pem'), 'utf8'),
    key: readFileSync(join(CERTIFICATES, 'localhost.key.pem'), 'utf8'),
  };
  const proxy = await MeddlingProxy.listen(() => port, secure && tls);
  // A database in memory is one process's own, and the doctor is another.
  const file = database.startsWith('sqlite:') ? { DATABASE_URL: `sqlite:${join(folder, 'gatehouse.sqlite')}` } : {};
  const service = await startService({
    database,
    // Made some time ago, so that the keys are not those of this very moment.
    clock: new FrozenClock(new Date(Date.now() - 60_000)),
    realPasswordHasher: true,
    env: { ISSUER: proxy.url, ...file, ...env },
  });
  port = service.settings.server.port;
  // The doctor has the machine's clock: what it makes must not seem to come from the future.
  service.clock.advance('5m');
  const { url, dataDir } = service.settings.database;
  const own = { ISSUER: proxy.url, PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: url, LOG_LEVEL: 'silent' };
  return {
    service,
    proxy,
    examine: (more = {}, parts = {}) => {
      const settings = { ...own, ...(secure && { OUTBOUND_CA_FILE: CA_FILE }), MIGRATE_ON_START: 'false', ...more };
      return examineFrom(loadSettings(settings, { terminal: false }), process.stderr, parts);
    },
    close: async () => {
      await proxy.close();
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function lines({ checks }: Report, verdict: string): string[] {
  return checks.filter((finding) => finding.verdict === verdict).map(({ check }) => check);
}

/** Exactly this line is red, and it says this, and what to do. */
function expectOnlyRed(report: Report, check: string, says: RegExp | string): void {
  expect(lines(report, 'red')).toEqual([check]);
  expect(report.healthy).toBe(false);
  const finding = report.checks.find((line) => line.check === check);
  expect(finding?.says).toMatch(says);
  expect(finding?.remedy).toMatch(/\w+ .*\.$/);
}

function rewriting(path: RegExp, change: (answer: PassingAnswer) => void): (answer: PassingAnswer) => void {
  return (answer) => {
    if (path.test(answer.path)) change(answer);
  };
}

async function everyoneKnown({ app }: TestService): Promise<string[]> {
  const users = await app.get(UsersService, { strict: false }).list({}, { limit: 100 });
  const clients = await app.get(ClientsService, { strict: false }).list({ limit: 100 });
  return [...users.items.map(({ username }) => username), ...clients.items.map(({ clientId }) => clientId)];
}

for (const url of databasesUnderTest()) {
  describe(`the doctor at a running deployment [${databaseKind(url)}]`, () => {
    let deployment: Deployment;

    beforeAll(async () => {
      deployment = await deploy({ database: url });
    });
    afterEach(() => {
      deployment.proxy.behave();
    });
    afterAll(() => deployment.close());

    it('finds nothing red when all is well, and leaves nothing behind', async () => {
      const before = await everyoneKnown(deployment.service);
      const report = await deployment.examine();
      expect(lines(report, 'red')).toEqual([]);
      expect(lines(report, 'skipped')).toEqual([]);
      expect(lines(report, 'note')).toEqual(['https', 'mail']);
      expect(report.healthy).toBe(true);
      expect(reportLines(report).at(-1)).toBe('Nothing is red.');
      expect(await everyoneKnown(deployment.service)).toEqual(before);
    });

    describe('metadata (OIDC Discovery §4.3, RFC 8414 §3.3)', () => {
      const documents = /^\/\.well-known\//;

      it('is red when a proxy rewrites the issuer', async () => {
        deployment.proxy.meddle = rewriting(documents, (answer) => {
          answer.body = answer.body.replace(/"issuer":"[^"]*"/, '"issuer":"http://internal:3000"');
        });
        expectOnlyRed(await deployment.examine(), 'metadata', /the issuer is "http:\/\/internal:3000"/);
      });

      it('is red when an endpoint is not below the issuer', async () => {
        deployment.proxy.meddle = rewriting(documents, (answer) => {
          answer.body = answer.body.replace(/"token_endpoint":"[^"]*"/, '"token_endpoint":"http://internal/token"');
        });
        expectOnlyRed(await deployment.examine(), 'metadata', 'not below the issuer: token_endpoint');
      });

      it('is red when the two documents differ', async () => {
        deployment.proxy.meddle = rewriting(/oauth-authorization-server/, (answer) => {
          answer.body = answer.body.replace('"S256"', '"S256","plain"');
        });
        expectOnlyRed(await deployment.examine(), 'metadata', 'the two documents differ');
      });

      it('is red when one of the documents is not passed on', async () => {
        deployment.proxy.meddle = rewriting(/oauth-authorization-server/, (answer) => {
          answer.status = 404;
        });
        expectOnlyRed(await deployment.examine(), 'metadata', /oauth-authorization-server answers 404/);
      });
    });

    it('clock: is red when the service has another time', async () => {
      deployment.proxy.meddle = (answer) => {
        answer.headers.date = new Date(Date.now() + 300_000).toUTCString();
      };
      expectOnlyRed(await deployment.examine(), 'clock', /is (299|300|301) s ahead of/);
    });

    it('database: is red when nobody answers at DATABASE_URL', async () => {
      const report = await deployment.examine({ DATABASE_URL: `mariadb://root@127.0.0.1:${await freePort()}/gone` });
      expectOnlyRed(report, 'database', /ECONNREFUSED/);
      expect(lines(report, 'skipped')).toEqual([
        'database-clock',
        'schema',
        'keys',
        'secret-keys',
        'jwks',
        'proxy',
        'sign-in',
      ]);
    });

    it('database-clock: is red when the database has another time', async () => {
      const { database } = deployment.service.settings;
      const probe = new SettingsDatabaseProbe(database.url, { entities: ENTITIES, migrations: MIGRATIONS });
      const slow = {
        ping: () => probe.ping(),
        pending: () => probe.pending(),
        now: async () => new Date((await probe.now()).getTime() - 90_000),
      };
      expectOnlyRed(await deployment.examine({}, { database: slow }), 'database-clock', /is 90 s behind/);
      await probe.close();
    });

    it('schema: is red when it is behind, and the doctor does not change it', async () => {
      const { dataSource } = deployment.service.app.get(Database, { strict: false });
      const [last] = await dataSource.query<{ id: number; timestamp: string | number; name: string }[]>(
        'SELECT id, timestamp, name FROM migrations ORDER BY id DESC LIMIT 1',
      );
      if (last === undefined) throw new Error('there are no migrations');
      await dataSource.query(`DELETE FROM migrations WHERE id = ${last.id}`);
      const reports = [await deployment.examine(), await deployment.examine()];
      await dataSource.query(
        `INSERT INTO migrations (id, timestamp, name) VALUES (${last.id}, ${last.timestamp}, '${last.name}')`,
      );
      for (const report of reports) expectOnlyRed(report, 'schema', `is behind by 1: ${last.name}`);
    });

    it('keys: is red when an algorithm has no active key', async () => {
      const { dataSource } = deployment.service.app.get(Database, { strict: false });
      const move = (by: string) =>
        dataSource.query(`UPDATE signing_key SET activates_at = activates_at ${by} WHERE algorithm = 'PS256'`);
      await move('+ 3600000');
      const report = await deployment.examine();
      await move('- 3600000');
      expectOnlyRed(report, 'keys', 'no active key for PS256');
      expect(report.checks.find(({ check }) => check === 'keys')?.remedy).toContain('key rotate --alg PS256 --now');
    });

    it('secret-keys: is red when SECRET_KEYS does not open the private keys', async () => {
      const report = await deployment.examine({ SECRET_KEYS: 'nQ3vZrT0yXc7Lk2bWm9sPd5fGh8jAe1uVi4oRt6yUqE' });
      expectOnlyRed(report, 'secret-keys', /SECRET_KEYS no longer lists the key/);
    });

    describe('jwks (OIDC Core §10.1.1)', () => {
      const jwks = rewriting.bind(undefined, /^\/oauth2\/jwks/);

      it('is red when a key of the ring is not served', async () => {
        deployment.proxy.meddle = jwks((answer) => {
          const { keys } = JSON.parse(answer.body) as { keys: { alg: string }[] };
          answer.body = JSON.stringify({ keys: keys.filter(({ alg }) => alg !== 'EdDSA') });
        });
        expectOnlyRed(await deployment.examine(), 'jwks', /lacks EdDSA/);
      });

      it('is red when a key is served that is not in the ring', async () => {
        deployment.proxy.meddle = jwks((answer) => {
          const { keys } = JSON.parse(answer.body) as { keys: { kid: string; alg: string }[] };
          answer.body = JSON.stringify({ keys: [...keys, { ...keys[0], kid: 'stray' }] });
        });
        expectOnlyRed(await deployment.examine(), 'jwks', /not in the key ring: \w+ stray/);
      });
    });

    describe('mail', () => {
      it('is green when the mail server takes our sign-in, and red when it does not', async () => {
        const server = new SMTPServer({
          allowInsecureAuth: true,
          disabledCommands: ['STARTTLS'],
          onAuth: ({ password }, _session, done) => {
            done(password === 'right' ? null : new Error('no'), { user: 'gatehouse' });
          },
        });
        await new Promise<void>((resolve) => {
          server.listen(0, '127.0.0.1', resolve);
        });
        const { port } = server.server.address() as { port: number };
        const smtp = (password: string) => ({ SMTP_URL: `smtp://gatehouse:${password}@127.0.0.1:${port}` });
        const [right, wrong] = [await deployment.examine(smtp('right')), await deployment.examine(smtp('wrong'))];
        await new Promise<void>((resolve) => {
          server.close(resolve);
        });
        expect(right.checks.find(({ check }) => check === 'mail')?.verdict).toBe('green');
        expectOnlyRed(wrong, 'mail', /EAUTH/);
      });

      it('is red when nobody listens there', async () => {
        const report = await deployment.examine({ SMTP_URL: `smtp://127.0.0.1:${await freePort()}` });
        expectOnlyRed(report, 'mail', /cannot be used/);
      });
    });

    describe('sign-in', () => {
      it('is red when the token endpoint is out of order, and what was made for it is removed', async () => {
        const before = await everyoneKnown(deployment.service);
        deployment.proxy.meddle = rewriting(/^\/oauth2\/token/, (answer) => {
          answer.status = 502;
          answer.body = 'bad gateway';
        });
        expectOnlyRed(await deployment.examine(), 'sign-in', /the token endpoint answered 502/);
        expect(await everyoneKnown(deployment.service)).toEqual(before);
      });

      it('is red when a page of the flow does not come', async () => {
        deployment.proxy.meddle = rewriting(/^\/consent/, (answer) => {
          answer.status = 500;
        });
        expectOnlyRed(await deployment.examine(), 'sign-in', /\/consent answered 500 \(support code \w+\)/);
      });

      it('is red when the answer to the client names another issuer (RFC 9207 §2.4)', async () => {
        deployment.proxy.meddle = rewriting(/^\/oauth2\/authorize\//, (answer) => {
          answer.headers.location = answer.headers.location?.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fevil.example');
        });
        expectOnlyRed(await deployment.examine(), 'sign-in', 'iss is not the issuer');
      });
    });

    describe('service', () => {
      const skipped = ['metadata', 'https', 'clock', 'jwks', 'proxy', 'sign-in'];

      it('is red when nobody listens at the issuer', async () => {
        const report = await deployment.examine({ ISSUER: `http://127.0.0.1:${await freePort()}` });
        expectOnlyRed(report, 'service', 'cannot be reached: ECONNREFUSED');
        expect(lines(report, 'skipped')).toEqual(skipped);
      });

      it('is red when something else answers there', async () => {
        deployment.proxy.meddle = (answer) => {
          answer.status = 404;
        };
        expectOnlyRed(await deployment.examine(), 'service', /answers 404, as no Gatehouse would/);
      });

      it('is red when it turns requests away', async () => {
        // Nothing takes that back, so this test is the last of its service.
        deployment.service.app.get(Readiness).drain();
        expectOnlyRed(await deployment.examine(), 'service', 'is not ready: serving');
      });
    });
  });
}

/** What a proxy should do to the headers of the requests that it passes on. */
function honest({ 'x-forwarded-for': _said, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return { ...headers, 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' };
}

describe('the doctor at a deployment whose proxy ends TLS', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await deploy({ secure: true, env: { TRUST_PROXY: '127.0.0.1' } });
  });
  afterEach(() => {
    deployment.proxy.behave();
    deployment.proxy.forward = honest;
  });
  afterAll(() => deployment.close());

  it('finds nothing red when all is well', async () => {
    deployment.proxy.forward = honest;
    const report = await deployment.examine();
    expect(lines(report, 'red')).toEqual([]);
    expect(lines(report, 'skipped')).toEqual([]);
    expect(report.checks.find(({ check }) => check === 'proxy')?.says).toContain('203.0.113.7');
  });

  it('https: is red when the proxy drops Strict-Transport-Security (RFC 6797 §6.1)', async () => {
    deployment.proxy.meddle = (answer) => {
      answer.headers = { ...answer.headers, 'strict-transport-security': undefined };
      delete answer.headers['strict-transport-security'];
    };
    expectOnlyRed(await deployment.examine(), 'https', 'Strict-Transport-Security is missing');
  });

  it('service: is red when the proxy says that requests came over http', async () => {
    deployment.proxy.forward = (headers) => ({ ...honest(headers), 'x-forwarded-proto': 'http' });
    expectOnlyRed(await deployment.examine(), 'service', /came over http, though the issuer is https/);
  });

  it('proxy: is red when the proxy passes on the address that a stranger claims', async () => {
    deployment.proxy.forward = (headers) => ({ ...headers, 'x-forwarded-proto': 'https' });
    expectOnlyRed(await deployment.examine(), 'proxy', 'X-Forwarded-For of a stranger is believed');
  });

  it('proxy: is red when the proxy passes on the scheme that a stranger claims', async () => {
    deployment.proxy.forward = (headers) => ({
      'x-forwarded-proto': 'https',
      ...headers,
      'x-forwarded-for': '203.0.113.7',
    });
    expectOnlyRed(await deployment.examine(), 'proxy', 'X-Forwarded-Proto of a stranger is believed');
  });

  it('service: is red when the certificate is of an authority that nobody knows', async () => {
    const report = await deployment.examine({ OUTBOUND_CA_FILE: undefined });
    expectOnlyRed(report, 'service', /cannot be reached: \w*CERT|UNABLE_TO_VERIFY/);
    expect(report.checks[0]?.remedy).toContain('OUTBOUND_CA_FILE');
  });
});
