import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../support/admin-api.js';
import { basic, encoded, post } from '../support/bare-client.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { uniqueName } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { build, ServedProcess } from '../support/served-process.js';
import { databasesUnderTest, freePort } from '../support/start-service.js';

const MACHINE = { clientId: 'automation', secret: 'the-automation-secret-of-the-audit-file-tests' };
const PATIENCE = { timeout: 60_000, interval: 200 };

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'the audit file of the built service [%s]',
  (kind, url) => {
    let folder: string;
    let file: string;
    let database: TestDatabase;
    let issuer: string;
    const processes: ServedProcess[] = [];

    beforeAll(async () => {
      build();
      folder = mkdtempSync(join(tmpdir(), 'gatehouse-audit-file-'));
      file = join(folder, 'audit.jsonl');
      database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'audit.sqlite')}` : url);
      issuer = `http://localhost:${await freePort()}`;
    }, 240_000);

    afterAll(async () => {
      for (const process of processes) process.kill();
      await Promise.all(processes.map(({ ended }) => ended));
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function start(): Promise<ServedProcess> {
      const env = {
        ISSUER: issuer,
        DATA_DIR: folder,
        DATABASE_URL: database.url,
        SECRET_KEYS: Buffer.alloc(32, 7).toString('base64url'),
        ADMIN_CLIENT_ID: MACHINE.clientId,
        ADMIN_CLIENT_SECRET: MACHINE.secret,
        AUDIT_FILE: file,
      };
      const started = await ServedProcess.start({ env });
      processes.push(started);
      return started;
    }

    /** Registers users, each of which is at least one event. */
    async function happen(at: ServedProcess, times: number): Promise<void> {
      const authorization = basic(MACHINE.clientId, MACHINE.secret);
      const { body } = await post(at, '/oauth2/token', encoded({ grant_type: 'client_credentials' }), {
        authorization,
      });
      for (let time = 0; time < times; time += 1) {
        const { status, text } = await post(at, '/api/v1/users', JSON.stringify({ username: uniqueName('told') }), {
          authorization: `Bearer ${String(body['access_token'])}`,
          'content-type': 'application/json',
        });
        expect(status, text).toBe(201);
      }
    }

    const lines = (path: string): Json[] =>
      existsSync(path)
        ? readFileSync(path, 'utf8')
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as Json)
        : [];
    const registered = (path: string) => lines(path).filter(({ name }) => name === 'user.registered').length;
    const sequences = (path: string) => lines(path).map(({ sequence }) => Number(sequence));

    it('is told each event once by however many processes, through a rotation, a signal and a restart', async () => {
      const first = await start();
      const second = kind === 'sqlite' ? first : await start();
      await happen(first, 3);
      await happen(second, 3);
      await expect.poll(() => registered(file), PATIENCE).toBe(6);
      renameSync(file, `${file}.1`);
      first.signal('SIGHUP');
      await happen(second, 2);
      await expect.poll(() => registered(file), PATIENCE).toBe(2);
      await happen(first, 1); // the signal has not ended it
      await expect.poll(() => registered(file), PATIENCE).toBe(3);
      await first.stop();
      if (second !== first) await second.stop();
      const third = await start();
      await happen(third, 2);
      await expect.poll(() => registered(file), PATIENCE).toBe(5);
      const all = [...sequences(`${file}.1`), ...sequences(file)];
      expect(all).toEqual(all.map((_, index) => index + 1));
    }, 240_000);
  },
);
