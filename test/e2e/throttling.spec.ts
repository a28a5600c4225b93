import { expect, it, vi } from 'vitest';
import { PasswordHasher } from '#platform/crypto/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { startService } from '../support/start-service.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

/** The addresses of clients stand in the header of a proxy that the service trusts. */
const BEHIND_A_PROXY = { env: { TRUST_PROXY: '127.0.0.1' } };

let lastAddress = 0;

/** An IPv4 address that nobody else has. */
function anAddress(): string {
  lastAddress += 1;
  return `198.18.${Math.floor(lastAddress / 250)}.${(lastAddress % 250) + 1}`;
}

onEveryDatabase(
  'sign-in throttling',
  (running) => {
    const browserAt = (address: string): UserAgent => aBrowser(running.service, { 'x-forwarded-for': address });

    const attempt = async (username: string, password: string, browser = browserAt(anAddress())): Promise<Visit> => {
      const page = await browser.visit('/sign-in');
      return browser.submit(page, '#sign-in', { username, password });
    };

    /** Guesses wrong so often, each time from another address and browser. */
    const guess = async (username: string, times: number): Promise<void> => {
      for (let time = 0; time < times; time++) {
        expect((await attempt(username, `wrong ${time}`)).status, `guess ${time + 1}`).toBe(422);
      }
    };

    const expectThrottled = (page: Visit, seconds: number | readonly [number, number]): void => {
      expect(page.status).toBe(429);
      const [least, most] = [seconds].flat();
      const wait = Number(page.headers.get('retry-after'));
      expect(wait).toBeGreaterThanOrEqual(least ?? 0);
      expect(wait).toBeLessThanOrEqual(most ?? least ?? 0);
      expect(page.html.find('form-error')?.attributes.get('role')).toBe('alert');
      expect(page.html.has('#sign-in')).toBe(true);
    };

    it('lets 10 failures for an account through in 15 minutes, and then nobody for half a minute', async () => {
      const alice = await aUser(running.service);
      await guess(alice.username, 10);
      const verify = vi.spyOn(running.service.app.get(PasswordHasher, { strict: false }), 'verify');
      const refused = await attempt(alice.username, alice.password);
      expectThrottled(refused, 30);
      expect(verify).not.toHaveBeenCalled(); // the right password is not even looked at
      verify.mockRestore();
      expect(refused.html.find('username')?.attributes.get('value')).toBe(alice.username);
      expect(refused.html.words).toMatch(/30 seconds/);
      running.service.clock.advance('30s');
      expect((await attempt(alice.username, alice.password)).url.pathname).toBe('/account');
    });

    it('lets one more through after each delay, which grows up to 15 minutes', async () => {
      const alice = await aUser(running.service);
      await guess(alice.username, 10);
      for (const delay of [30, 60, 120, 240, 480, 900, 900, 900]) {
        expectThrottled(await attempt(alice.username, 'wrong'), delay);
        running.service.clock.advance(`${delay - 1}s`);
        expectThrottled(await attempt(alice.username, alice.password), 1);
        running.service.clock.advance('1s');
        expect((await attempt(alice.username, 'wrong')).status, `after ${delay} s`).toBe(422);
      }
      running.service.clock.advance('15m');
      expect((await attempt(alice.username, alice.password)).url.pathname).toBe('/account');
    });

    it('starts anew after 15 quiet minutes', async () => {
      const alice = await aUser(running.service);
      await guess(alice.username, 9);
      running.service.clock.advance('15m');
      await guess(alice.username, 10);
      expectThrottled(await attempt(alice.username, alice.password), 30);
      running.service.clock.advance('30m');
      await guess(alice.username, 10);
      expectThrottled(await attempt(alice.username, alice.password), 30);
    });

    it('answers a name that nobody has in the same way', async () => {
      const [alice, nobody] = [await aUser(running.service), uniqueName('nobody')];
      for (const name of [alice.username, nobody]) await guess(name, 10);
      const pages = [await attempt(alice.username, 'wrong'), await attempt(nobody, 'wrong')];
      for (const page of pages) expectThrottled(page, 30);
      const texts = pages.map(({ html }, index) =>
        html.source.replaceAll(/name="csrf" value="[^"]*"/g, '').replaceAll(index === 0 ? alice.username : nobody, ''),
      );
      expect(texts[0]).toBe(texts[1]);
    });

    it('counts name and address of one user, in any spelling, as the name they typed', async () => {
      const alice = await aUser(running.service);
      const spellings = [
        alice.username,
        alice.username.toUpperCase(),
        ` ${alice.username} `,
        alice.username.normalize('NFKD'),
      ];
      for (let time = 0; time < 10; time++) {
        expect((await attempt(spellings[time % spellings.length] ?? '', 'wrong')).status).toBe(422);
      }
      for (const name of spellings) expect((await attempt(name, 'wrong')).status).toBe(429);
    });

    it('leaves other accounts alone', async () => {
      const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
      await guess(alice.username, 10);
      expect((await attempt(alice.username, alice.password)).status).toBe(429);
      expect((await attempt(bob.username, bob.password)).url.pathname).toBe('/account');
    });

    it('never counts a success: a whole office signs in from one address', async () => {
      const [alice, address] = [await aUser(running.service), anAddress()];
      for (let time = 0; time < 120; time++) {
        const page = await attempt(alice.username, alice.password, browserAt(address));
        expect(page.url.pathname, `sign-in ${time + 1}`).toBe('/account');
      }
      const [wrong] = [await attempt(alice.username, 'wrong', browserAt(address))];
      expect(wrong.status).toBe(422);
    });

    it('does not let a success in between wash failures off', async () => {
      const alice = await aUser(running.service);
      await guess(alice.username, 9);
      expect((await attempt(alice.username, alice.password)).url.pathname).toBe('/account');
      await guess(alice.username, 1);
      expectThrottled(await attempt(alice.username, alice.password), 30);
    });

    it.each([
      ['an IPv4 address', () => anAddress(), (own: string) => own, () => anAddress()],
      [
        'an IPv6 /64',
        () => `2001:db8:${(lastAddress += 1).toString(16)}:1::1`,
        (own: string) => own.replace('::1', `:${Math.floor(Math.random() * 0xffff).toString(16)}::7`),
        () => `2001:db8:${lastAddress.toString(16)}:2::1`,
      ],
    ])('lets 100 failures from %s through in 15 minutes, whatever the names', async (_, make, sibling, other) => {
      const own = make();
      for (let time = 0; time < 100; time++) {
        const page = await attempt(uniqueName('nobody'), uniqueName('wrong'), browserAt(sibling(own)));
        expect(page.status, `failure ${time + 1}`).toBe(422);
      }
      const alice = await aUser(running.service);
      expectThrottled(await attempt(alice.username, alice.password, browserAt(sibling(own))), 900);
      expect((await attempt(alice.username, alice.password, browserAt(other()))).url.pathname).toBe('/account');
      running.service.clock.advance('14m 59s');
      expectThrottled(await attempt(alice.username, alice.password, browserAt(sibling(own))), 1);
      running.service.clock.advance('1s');
      expect((await attempt(alice.username, alice.password, browserAt(sibling(own)))).url.pathname).toBe('/account');
    });

    it('takes an IPv4 address written as IPv6 for the same one', async () => {
      const address = anAddress();
      for (let time = 0; time < 100; time++) {
        await attempt(
          uniqueName('nobody'),
          uniqueName('wrong'),
          browserAt(time % 2 === 0 ? address : `::ffff:${address}`),
        );
      }
      expectThrottled(await attempt(uniqueName('nobody'), uniqueName('wrong'), browserAt(address)), 900);
    });

    it('does not count for the address what the account refused already', async () => {
      const [alice, address] = [await aUser(running.service), anAddress()];
      for (let time = 0; time < 150; time++) await attempt(alice.username, 'wrong', browserAt(address));
      const bob = await aUser(running.service);
      expect((await attempt(bob.username, bob.password, browserAt(address))).url.pathname).toBe('/account');
    });

    it('never locks an owner out who comes with a known browser', async () => {
      const alice = await aUser(running.service);
      const own = browserAt(anAddress());
      expect((await attempt(alice.username, alice.password, own)).url.pathname).toBe('/account');
      await signOutOf(own);
      await guess(alice.username, 10);
      expect((await attempt(alice.username, alice.password)).status).toBe(429);
      expect((await attempt(alice.username, alice.password, own)).url.pathname).toBe('/account');
      expect((await attempt(alice.username, alice.password)).status).toBe(429);
    });

    it('counts the failures of a known browser apart, and lets it have no more than others', async () => {
      const alice = await aUser(running.service);
      const own = browserAt(anAddress());
      await attempt(alice.username, alice.password, own);
      await signOutOf(own);
      for (let time = 0; time < 10; time++) expect((await attempt(alice.username, 'wrong', own)).status).toBe(422);
      expectThrottled(await attempt(alice.username, alice.password, own), 30);
      expect((await attempt(alice.username, alice.password)).url.pathname).toBe('/account');
    });

    it('knows a browser for its user only, not for others', async () => {
      const [alice, bob] = [await aUser(running.service), await aUser(running.service)];
      const alices = browserAt(anAddress());
      await attempt(alice.username, alice.password, alices);
      await signOutOf(alices);
      await guess(bob.username, 10);
      expect((await attempt(bob.username, bob.password, alices)).status).toBe(429);
    });

    it('knows a browser for 30 days (remembered device)', async () => {
      const alice = await aUser(running.service);
      const own = browserAt(anAddress());
      await attempt(alice.username, alice.password, own);
      await signOutOf(own);
      running.service.clock.advance('29d 23h');
      await guess(alice.username, 10);
      expect((await attempt(alice.username, 'wrong', own)).status).toBe(422);
      running.service.clock.advance('1h 1s');
      await guess(alice.username, 10);
      expect((await attempt(alice.username, alice.password, own)).status).toBe(429);
    });

    it('is exact under parallel attempts: of 40 at once 10 are tried', async () => {
      const alice = await aUser(running.service);
      const ready = await Promise.all(
        Array.from({ length: 40 }, async () => {
          const browser = browserAt(anAddress());
          return { browser, page: await browser.visit('/sign-in') };
        }),
      );
      const verify = vi.spyOn(running.service.app.get(PasswordHasher, { strict: false }), 'verify');
      const pages = await Promise.all(
        ready.map(({ browser, page }, index) =>
          browser.submit(page, '#sign-in', { username: alice.username, password: `wrong ${index}` }),
        ),
      );
      expect(verify).toHaveBeenCalledTimes(10);
      verify.mockRestore();
      expect(pages.filter(({ status }) => status === 422)).toHaveLength(10);
      expect(pages.filter(({ status }) => status === 429)).toHaveLength(30);
    });

    it('refuses nobody among 30 who sign in at once with the right password', async () => {
      const [alice, address] = [await aUser(running.service), anAddress()];
      const pages = await Promise.all(
        Array.from({ length: 30 }, () => attempt(alice.username, alice.password, browserAt(address))),
      );
      expect(pages.map(({ url }) => url.pathname)).toEqual(Array<string>(30).fill('/account'));
    });

    it('lets no more through at the end of a delay, however many come at once', async () => {
      const alice = await aUser(running.service);
      await guess(alice.username, 10);
      running.service.clock.advance('30s');
      const pages = await Promise.all(Array.from({ length: 10 }, () => attempt(alice.username, 'wrong')));
      expect(pages.filter(({ status }) => status === 422)).toHaveLength(1);
    });

    it('says how long in the language of the reader', async () => {
      const alice = await aUser(running.service);
      await guess(alice.username, 10);
      const browser = aBrowser(running.service, { 'x-forwarded-for': anAddress(), 'accept-language': 'zh-CN' });
      const page = await attempt(alice.username, 'wrong', browser);
      expectThrottled(page, 30);
      expect(page.html.text('#form-error')).toMatch(/30.*秒/);
    });

    const signOutOf = async (browser: UserAgent): Promise<void> => {
      const page = await browser.visit('/oauth2/logout');
      const done = await browser.submit(page, '#logout-confirm');
      expect(done.status).toBe(200);
      expect((await browser.visit('/account')).url.pathname).toBe('/sign-in');
    };
  },
  BEHIND_A_PROXY,
);

onEveryDatabase(
  'failures in all',
  (running) => {
    it('beyond 1,000 a minute slow everybody down a little and lock nobody out', async () => {
      const alice: GivenUser = await aUser(running.service);
      const at = (address: string): UserAgent => aBrowser(running.service, { 'x-forwarded-for': address });
      const attempt = async (browser: UserAgent, username: string, password: string): Promise<Visit> =>
        browser.submit(await browser.visit('/sign-in'), '#sign-in', { username, password });
      for (let round = 0; round < 20; round++) {
        const address = anAddress();
        const pages = await Promise.all(
          Array.from({ length: 50 }, () => attempt(at(address), uniqueName('nobody'), uniqueName('wrong'))),
        );
        expect(pages.every(({ status }) => status === 422)).toBe(true);
      }
      const slowed = await attempt(at(anAddress()), alice.username, alice.password);
      expect(slowed.status).toBe(429);
      expect(slowed.headers.get('retry-after')).toBe('1');
      running.service.clock.advance('1s');
      expect((await attempt(at(anAddress()), alice.username, alice.password)).url.pathname).toBe('/account');
    }, 120_000);
  },
  BEHIND_A_PROXY,
);

it('does not believe an address that no trusted proxy vouches for', async () => {
  const service = await startService();
  try {
    for (let time = 0; time < 101; time++) {
      const browser = aBrowser(service, { 'x-forwarded-for': anAddress() });
      const page = await browser.visit('/sign-in');
      const { status } = await browser.submit(page, '#sign-in', {
        username: uniqueName('nobody'),
        password: uniqueName('wrong'),
      });
      expect(status).toBe(time < 100 ? 422 : 429);
    }
  } finally {
    await service.close();
  }
});
