import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret } from '../support/bare-client.js';
import { CommandLine } from '../support/command-line.js';
import { databaseKind, makeDatabase, type TestDatabase } from '../support/databases.js';
import type { GivenUser } from '../support/given.js';
import { addPasskey, answer, aPasskeyHolder, askedOn } from '../support/passkeys.js';
import { ServiceProcess } from '../support/service-process.js';
import { signIn } from '../support/signing-in.js';
import { databasesUnderTest, freePort } from '../support/start-service.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const USERS = ['once', 'counted', 'left', 'office'].map((username) => ({
  id: `racing-${username}`,
  username,
  password: `a race of ${username} along the bank`,
}));
const [ONCE, COUNTED, LEFT, OFFICE] = USERS.map(({ id, ...rest }) => ({ ...rest, id, claims: {} })) as [
  GivenUser,
  GivenUser,
  GivenUser,
  GivenUser,
];

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'passkeys and throttles raced on %s',
  (_, url) => {
    const isEmbedded = databaseKind(url) === 'sqlite';
    let folder: string;
    let database: TestDatabase;
    let processes: readonly ServiceProcess[] = [];

    beforeAll(async () => {
      CommandLine.build();
      folder = mkdtempSync(join(tmpdir(), 'gatehouse-races-'));
      database = await makeDatabase(isEmbedded ? `sqlite:${join(folder, 'races.sqlite')}` : url);
      const seedFile = join(folder, 'seed.json');
      writeFileSync(seedFile, JSON.stringify({ users: USERS }));
      // One process owns an embedded database; of a server's, several make one service.
      const ports = await Promise.all(Array.from({ length: isEmbedded ? 1 : 2 }, () => freePort()));
      const env = {
        ISSUER: `http://localhost:${ports[0] ?? 0}`,
        DATABASE_URL: database.url,
        SECRET_KEYS: Buffer.alloc(32, 5).toString('base64url'),
        SEED_FILE: seedFile,
      };
      processes = await Promise.all(ports.map((port) => ServiceProcess.start(port, env)));
    }, 240_000);

    afterAll(async () => {
      await Promise.all(processes.map((one) => one.stop()));
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    });

    const one = (index: number): ServiceProcess => {
      const chosen = processes[index % processes.length];
      if (chosen === undefined) throw new Error('no process runs');
      return chosen;
    };
    const page = (path: string) => one(0).issuer + path;
    const statuses = (visits: readonly Visit[]) => {
      const counted: Record<number, number> = {};
      for (const { status } of visits) counted[status] = (counted[status] ?? 0) + 1;
      return counted;
    };

    /** The same browser, with its cookies, as another process sees it. */
    function sameBrowser(browser: UserAgent, index: number): UserAgent {
      const copy = one(index).browser();
      copy.cookies.take(
        new URL(one(0).issuer),
        (browser.cookies.header(new URL(one(0).issuer)) ?? '').split('; ').map((pair) => `${pair}; Path=/`),
      );
      return copy;
    }

    it('one challenge answered 10 times at once signs in once (WebAuthn §13.4.3)', async () => {
      const authenticator = await aPasskeyHolder(one(0), one(0).browser(), ONCE, { synced: true });
      const browser = one(1).browser();
      const asking = await browser.visit(page('/sign-in'));
      const given = authenticator.sign(askedOn(asking));
      const browsers = Array.from({ length: 10 }, (_unused, index) => sameBrowser(browser, index));
      const visits = await Promise.all(browsers.map((each) => answer(each, asking, given)));
      expect(statuses(visits)).toEqual({ 200: 1, 422: 9 });
    });

    it('one count of an authenticator is taken once, with however many challenges it comes (WebAuthn §7.2)', async () => {
      const authenticator = await aPasskeyHolder(one(0), one(0).browser(), COUNTED);
      const browsers = Array.from({ length: 6 }, (_unused, index) => one(index).browser());
      const pages = await Promise.all(browsers.map((browser) => browser.visit(page('/sign-in'))));
      const visits = await Promise.all(
        pages.map((each, index) => answer(browsers[index]!, each, authenticator.sign(askedOn(each), { signCount: 9 }))),
      );
      expect(statuses(visits)).toEqual({ 200: 1, 422: 5 });
    });

    it.skipIf(isEmbedded)('two passkeys of a user without a password, removed at once, leave one', async () => {
      const browser = one(0).browser();
      await aPasskeyHolder(one(0), browser, LEFT);
      await addPasskey(one(0), browser);
      const connection = await createConnection({ uri: database.url.replace(/^mariadb:/, 'mysql:') });
      await connection.query('DELETE FROM password WHERE user_id = ?', [LEFT.id]);
      await connection.end();
      const list = await browser.visit(page('/account/passkeys'));
      const ids = list.html.tags
        .filter(({ attributes }) => attributes.get('name') === 'id')
        .map(({ attributes }) => attributes.get('value') ?? '');
      const visits = await Promise.all(
        [...new Set(ids)].map((id, index) => sameBrowser(browser, index).submit(list, 'action=remove', { id })),
      );
      expect(statuses(visits)).toEqual({ 200: 1, 422: 1 });
      expect((await browser.visit(page('/account/passkeys'))).html.words).toContain('Passkey');
    });

    it('one password guessed for 40 names at once is let through for no more than a few beyond ten', async () => {
      const password = secret();
      const browsers = Array.from({ length: 40 }, (_unused, index) => one(index).browser());
      const pages = await Promise.all(browsers.map((browser) => browser.visit(page('/sign-in'))));
      const guess = (from: number, to: number) =>
        Promise.all(
          pages
            .slice(from, to)
            .map((each, index) =>
              browsers[from + index]!.submit(each, '#sign-in', { username: `nobody-${from + index}`, password }),
            ),
        );
      expect(statuses(await guess(0, 20))[422]).toBeGreaterThanOrEqual(10);
      expect(statuses(await guess(20, 40))).toEqual({ 429: 20 });
    });

    it('40 right passwords for one account at once are all let in: throttles count failures, in whichever process', async () => {
      const browsers = Array.from({ length: 40 }, (_unused, index) => one(index).browser());
      const pages = await Promise.all(browsers.map((browser) => browser.visit(page('/sign-in'))));
      const visits = await Promise.all(pages.map((each, index) => signIn(browsers[index]!, each, OFFICE)));
      expect(statuses(visits)).toEqual({ 200: 40 });
    });
  },
);
