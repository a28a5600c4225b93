import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, makeDataSource } from '#platform/database/index.js';
import { JobsService } from '#platform/jobs/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { databaseKind, type TestDatabase } from '../support/databases.js';
import { aBrowser, aClient, aUser } from '../support/given.js';
import { aMigratedDatabase } from '../support/migrated-databases.js';
import { build, ServedProcess } from '../support/served-process.js';
import { databasesUnderTest, freePort, startService, type TestService } from '../support/start-service.js';

const GRANTS = 4000;
const AT_ONCE = 200;

/** So many grants of somebody as it would take a real company to make. */
async function multiplyGrants({ app }: TestService, userId: string): Promise<void> {
  const { dataSource } = app.get(Database, { strict: false });
  const [grant = {}] = await dataSource.query<Json[]>('SELECT * FROM authorization_grant WHERE user_id = ?', [userId]);
  const columns = Object.keys(grant);
  const row = `(${columns.map(() => '?').join(', ')})`;
  for (let made = 1; made < GRANTS; made += AT_ONCE) {
    const grants = Array.from({ length: AT_ONCE }, (_, n) => ({ ...grant, id: `copy-${made + n}` }));
    await dataSource.query(
      `INSERT INTO authorization_grant (${columns.join(', ')}) VALUES ${grants.map(() => row).join(', ')}`,
      grants.flatMap((one) => columns.map((column) => one[column as keyof typeof one])),
    );
  }
}

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'an end to what was issued, begun by a process that is killed [%s]',
  (kind, url) => {
    let folder: string;
    let database: TestDatabase;
    let env: NodeJS.ProcessEnv;
    let killed: ServedProcess | undefined;

    beforeAll(async () => {
      build();
      folder = mkdtempSync(join(tmpdir(), 'gatehouse-killed-'));
      database = await aMigratedDatabase(kind === 'sqlite' ? `sqlite:${join(folder, 'killed.sqlite')}` : url);
      const port = await freePort();
      env = {
        PORT: String(port),
        ISSUER: `http://localhost:${port}`,
        DATA_DIR: folder,
        DATABASE_URL: database.url,
        SECRET_KEYS: Buffer.alloc(32, 8).toString('base64url'),
      };
    }, 240_000);

    afterAll(async () => {
      killed?.kill();
      await killed?.ended;
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('is brought to its end by another, and ends what is selected and nothing else', async () => {
      const first = await startService({ database: url, env });
      const wish = { scope: ['openid', 'offline_access'], firstParty: true, consent: 'skip' } as const;
      const given = await aClient(first, wish);
      const [alice, bob] = [await aUser(first), await aUser(first)];
      const client = new BareClient(first, given);
      const theirs = await client.signIn(aBrowser(first), alice, { scope: 'openid offline_access' });
      const others = await client.signIn(aBrowser(first), bob, { scope: 'openid offline_access' });
      await multiplyGrants(first, alice.id);
      const api = await AdminApi.of(first);
      const { id, total } = await api.made('/jobs/revocations', { user_id: alice.id });
      await first.close();

      killed = await ServedProcess.start({ env });
      // Beside the process, which answers nobody while it works on an embedded database.
      const watcher = await (await makeDataSource(database.url, { entities: [], migrations: [] })).initialize();
      const done = async (): Promise<number> => {
        const [row] = await watcher.query<Json[]>('SELECT done FROM bulk_job WHERE id = ?', [id]);
        return Number(row?.['done']);
      };
      await expect.poll(done, { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
      killed.kill();
      expect(await killed.ended).toBeNull();
      await watcher.destroy();

      const second = await startService({ database: url, env });
      try {
        const [{ done: before, state } = {}] = await second.app
          .get(Database, { strict: false })
          .dataSource.query<Json[]>('SELECT done, state FROM bulk_job WHERE id = ?', [id]);
        expect([state, Number(before) > 0, Number(before) < Number(total)]).toEqual(['pending', true, true]);
        await second.app.get(JobsService, { strict: false }).runNow('bulk-jobs');
        const { body } = await (await AdminApi.of(second)).get(`/jobs/${String(id)}`);
        expect(body).toMatchObject({ state: 'done', done: total, total, errors: [] });
        const later = new BareClient(second, given);
        const active = async (token: string) => (await later.introspect(token)).body['active'];
        expect([await active(theirs.accessToken), await active(theirs.refreshToken)]).toEqual([false, false]);
        expect([await active(others.accessToken), await active(others.refreshToken)]).toEqual([true, true]);
      } finally {
        await second.close();
      }
    }, 120_000);
  },
);
