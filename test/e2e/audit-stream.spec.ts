import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { databaseKind } from '../support/databases.js';
import { aUser } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { databasesUnderTest, startService, type TestService } from '../support/start-service.js';
import { StatementCount } from '../support/statement-count.js';
import { SyslogReceiver } from '../support/syslog-receiver.js';

const CA_FILE = fileURLToPath(new URL('../support/certificates/ca.pem', import.meta.url));

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'the audit log, told outside [%s]',
  (kind, url) => {
    let folder: string;
    let file: string;
    let service: TestService | undefined;
    const closing: (() => Promise<unknown>)[] = [];

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'gatehouse-audit-'));
    });
    beforeEach(() => {
      file = join(mkdtempSync(join(folder, 'log-')), 'audit.jsonl');
      return async () => {
        await service?.close();
        service = undefined;
        for (const close of closing.splice(0)) await close();
      };
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    const running = (): TestService => {
      if (service === undefined) throw new Error('no service runs');
      return service;
    };
    const run = (name: string) => running().app.get(JobsService, { strict: false }).runNow(name);
    const start = async (env: NodeJS.ProcessEnv) => {
      service = await startService({ database: url, env });
    };

    /** Something happens, is sealed, and is told. */
    async function happen(destination: 'file' | 'syslog', times = 3): Promise<void> {
      for (let time = 0; time < times; time += 1) await aUser(running());
      await run('seal-audit');
      await run(`stream-audit-${destination}`);
    }

    const lines = (path = file): Json[] =>
      readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Json);
    const sequences = (path = file): number[] => lines(path).map(({ sequence }) => Number(sequence));
    const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

    async function lag(): Promise<string | undefined> {
      const text = await (await fetch(running().url('/metrics'))).text();
      return text.split('\n').find((line) => line.startsWith('gatehouse_audit_stream_lag_events{'));
    }

    it('is in a file as the admin API answers it, line by line in the order of its seals, for nobody else to read', async () => {
      await start({ AUDIT_FILE: file });
      await happen('file');
      const told = lines();
      expect(sequences()).toEqual(upTo(told.length));
      const exported = await (await AdminApi.of(running(), ['audit-events:read'])).all('/audit-events');
      for (const line of told) expect(exported).toContainEqual(line);
      expect(told.map(({ name }) => name)).toContain('user.registered');
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });

    it('goes on in a new file when the old one was moved away, and after half a line on a line of its own', async () => {
      await start({ AUDIT_FILE: file });
      await happen('file');
      const before = sequences().length;
      renameSync(file, `${file}.1`);
      await happen('file');
      expect(sequences(`${file}.1`)).toEqual(upTo(before));
      const all = before + sequences().length;
      expect(sequences()).toEqual(upTo(all, before + 1));
      appendFileSync(file, '{"half":');
      await happen('file', 1);
      const written = readFileSync(file, 'utf8').trimEnd().split('\n');
      expect(written.filter((line) => line === '{"half":')).toHaveLength(1);
      expect(Number((JSON.parse(written.at(-1) ?? '') as Json)['sequence'])).toBeGreaterThan(all);
    });

    it('waits while the folder is not there, shows how far it is behind, and catches up', async () => {
      const late = join(dirname(file), 'later', 'audit.jsonl');
      await start({ AUDIT_FILE: late });
      await happen('file');
      const count = new StatementCount(running());
      expect(await lag()).toMatch(/destination="file"\} [1-9]\d*$/);
      // counting them takes the longer the further behind it is
      expect(count.asked.filter((sql) => /COUNT\(.*audit_event\b.*sequence.* > /s.test(sql))).toEqual([]);
      expect(running().logs.text).toContain('the audit file takes nothing and is tried again in 5 s');
      mkdirSync(dirname(late));
      await run('stream-audit-file');
      expect(() => lines(late)).toThrow('ENOENT');
      running().clock.advance('6s');
      await run('stream-audit-file');
      expect(sequences(late)).toEqual(upTo(lines(late).length));
      expect(await lag()).toMatch(/destination="file"\} 0$/);
    });

    it('goes on after a restart where it was, without a gap or a repetition', async () => {
      const embedded = `sqlite:${join(dirname(file), 'restart.sqlite')}`;
      const database = await aMigratedDatabase(kind === 'sqlite' ? embedded : url);
      closing.push(() => database.drop());
      const env = {
        AUDIT_FILE: file,
        DATABASE_URL: database.url,
        SECRET_KEYS: Buffer.alloc(32, 9).toString('base64url'),
        ISSUER: 'http://localhost:4999',
      };
      await start(env);
      await happen('file');
      const before = lines().length;
      await aUser(running());
      await run('seal-audit');
      await running().close();
      await start(env);
      await happen('file');
      expect(lines().length).toBeGreaterThan(before + 3);
      expect(sequences()).toEqual(upTo(lines().length));
    });

    it.each(['tcp', 'tls', 'udp'] as const)('reaches a syslog server by %s (RFC 5424)', async (transport) => {
      const receiver = await new SyslogReceiver()[transport]();
      closing.push(() => receiver.close());
      const host = transport === 'tls' ? 'localhost' : '127.0.0.1';
      await start({ AUDIT_SYSLOG_URL: `${transport}://${host}:${receiver.port}`, OUTBOUND_CA_FILE: CA_FILE });
      await happen('syslog');
      await expect.poll(() => receiver.messages.length).toBeGreaterThan(2);
      expect(receiver.sequences).toEqual(upTo(receiver.messages.length));
      const [first] = receiver.messages;
      expect(first).toMatchObject({ priority: 110, application: 'gatehouse', structured: '[meta sequenceId="1"]' });
      expect(first?.kind).toBe(first?.event['name']);
      const told = receiver.messages.length;
      await run('stream-audit-syslog');
      await happen('syslog', 1);
      await expect.poll(() => receiver.messages.length).toBeGreaterThan(told);
      expect(receiver.sequences).toEqual(upTo(receiver.messages.length));
    });

    it('backs off from a syslog server that is down or hangs up, and then tells it everything in order', async () => {
      const receiver = await new SyslogReceiver().tcp();
      const { port } = receiver;
      await receiver.close();
      await start({ AUDIT_SYSLOG_URL: `tcp://127.0.0.1:${port}` });
      await happen('syslog');
      expect(running().logs.text).toContain('the audit syslog takes nothing and is tried again in 5 s');
      receiver.hangsUp = true;
      await receiver.tcp();
      closing.push(() => receiver.close());
      await run('stream-audit-syslog');
      running().clock.advance('6s');
      await run('stream-audit-syslog');
      expect(running().logs.text).toContain('is tried again in 10 s');
      expect(await lag()).toMatch(/destination="syslog"\} [1-9]\d*$/);
      receiver.hangsUp = false;
      running().clock.advance('6s');
      await run('stream-audit-syslog');
      expect(receiver.messages).toEqual([]);
      running().clock.advance('5s');
      await happen('syslog');
      expect(receiver.sequences).toEqual(upTo(receiver.messages.length));
      expect(await lag()).toMatch(/destination="syslog"\} 0$/);
    });

    it('is told nowhere to a TLS server that nobody trusts', async () => {
      const receiver = await new SyslogReceiver().tls();
      closing.push(() => receiver.close());
      await start({ AUDIT_SYSLOG_URL: `tls://localhost:${receiver.port}` });
      await happen('syslog');
      expect(receiver.messages).toEqual([]);
      expect(await lag()).toMatch(/destination="syslog"\} [1-9]\d*$/);
    });
  },
);
