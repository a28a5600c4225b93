import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret } from '../support/bare-client.js';
import { databaseKind } from '../support/databases.js';
import type { GivenUser } from '../support/given.js';
import { addPasskey, answer, aPasskeyHolder, askedOn } from '../support/passkeys.js';
import { Replicas } from '../support/replicas.js';
import { signIn } from '../support/signing-in.js';
import { databasesUnderTest } from '../support/start-service.js';
import type { Visit } from '../support/user-agent.js';

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
    let replicas: Replicas;

    beforeAll(async () => {
      replicas = await Replicas.start(url, { seed: { users: USERS } });
    }, 240_000);
    afterAll(() => replicas.stop());

    const one = (index: number) => replicas.one(index);
    const page = (path: string) => replicas.page(path);
    const statuses = (visits: readonly Visit[]) => {
      const counted: Record<number, number> = {};
      for (const { status } of visits) counted[status] = (counted[status] ?? 0) + 1;
      return counted;
    };

    it('one challenge answered 10 times at once signs in once (WebAuthn §13.4.3)', async () => {
      const authenticator = await aPasskeyHolder(one(0), one(0).browser(), ONCE, { synced: true });
      const browser = one(1).browser();
      const asking = await browser.visit(page('/sign-in'));
      const given = authenticator.sign(askedOn(asking));
      const browsers = replicas.copies(browser, 10);
      const visits = await Promise.all(browsers.map((each) => answer(each, asking, given)));
      expect(statuses(visits)).toEqual({ 200: 1, 422: 9 });
    });

    it('one count of an authenticator is taken once, with however many challenges it comes (WebAuthn §7.2)', async () => {
      const authenticator = await aPasskeyHolder(one(0), one(0).browser(), COUNTED);
      const browsers = replicas.browsers(6);
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
      const connection = await createConnection({ uri: replicas.databaseUrl.replace(/^mariadb:/, 'mysql:') });
      await connection.query('DELETE FROM password WHERE user_id = ?', [LEFT.id]);
      await connection.end();
      const list = await browser.visit(page('/account/passkeys'));
      const ids = list.html.tags
        .filter(({ attributes }) => attributes.get('name') === 'id')
        .map(({ attributes }) => attributes.get('value') ?? '');
      const kept = [...new Set(ids)];
      const copies = replicas.copies(browser, kept.length);
      const visits = await Promise.all(
        copies.map((copy, index) => copy.submit(list, 'action=remove', { id: kept[index] ?? '' })),
      );
      expect(statuses(visits)).toEqual({ 200: 1, 422: 1 });
      expect((await browser.visit(page('/account/passkeys'))).html.words).toContain('Passkey');
    });

    it('one password guessed for 40 names at once is let through for no more than a few beyond ten', async () => {
      const password = secret();
      const browsers = replicas.browsers(40);
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
      const browsers = replicas.browsers(40);
      const pages = await Promise.all(browsers.map((browser) => browser.visit(page('/sign-in'))));
      const visits = await Promise.all(pages.map((each, index) => signIn(browsers[index]!, each, OFFICE)));
      expect(statuses(visits)).toEqual({ 200: 40 });
    });
  },
);
