import { expect, it } from 'vitest';
import { AuditService } from '#audit/index.js';
import { Database } from '#platform/database/index.js';
import { SprayMarkEntity } from '../../src/authentication/spray/spray-mark.entity.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, uniqueName } from '../support/given.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

/** The addresses of clients stand in the header of a proxy that the service trusts. */
const BEHIND_A_PROXY = { env: { TRUST_PROXY: '127.0.0.1' } };

let lastAddress = 0;

function anAddress(): string {
  lastAddress += 1;
  return `198.19.${Math.floor(lastAddress / 250)}.${(lastAddress % 250) + 1}`;
}

onEveryDatabase(
  'password spraying',
  (running) => {
    const browserAt = (address: string): UserAgent => aBrowser(running.service, { 'x-forwarded-for': address });

    async function attempt(username: string, password: string, browser = browserAt(anAddress())): Promise<Visit> {
      const page = await browser.visit('/sign-in');
      return browser.submit(page, '#sign-in', { username, password });
    }

    const alarms = async () => {
      const { items } = await running.service.app
        .get(AuditService, { strict: false })
        .list({ name: 'sign_in.spray_detected' }, { limit: 50 });
      return items.map(({ details }) => details);
    };

    it('with one password from many addresses is noticed at the tenth name, told once, and refused for the hour', async () => {
      const before = (await alarms()).length;
      const password = uniqueName('Summer2026!');
      const bob = await aUser(running.service);
      for (let name = 1; name < 10; name++) {
        expect((await attempt(uniqueName('sprayed'), password)).status).toBe(422);
      }
      expect(await alarms()).toHaveLength(before);
      expect((await attempt(bob.username, password)).status, 'the tenth, which somebody has').toBe(422);
      const told = await alarms();
      expect(told).toHaveLength(before + 1);
      expect(told[0]).toMatchObject({ kind: 'password', names: 10 });
      const [unknown, known] = [await attempt(uniqueName('sprayed'), password), await attempt(bob.username, password)];
      for (const refused of [unknown, known]) {
        expect(refused.status).toBe(429);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3600);
      }
      const words = (page: Visit, name: string) => page.html.words.replace(name, '');
      expect(words(known, bob.username)).toBe(words(unknown, 'sprayed').replace(/sprayed-\S+/, ''));
      expect((await attempt(bob.username, bob.password)).url.pathname, 'another password').toBe('/account');
      expect((await attempt(uniqueName('sprayed'), `${password}!`)).status).toBe(422);
      expect(await alarms()).toHaveLength(before + 1);
      running.service.clock.advance('1h');
      expect((await attempt(uniqueName('sprayed'), password)).status, 'an hour later').toBe(422);
    });

    it('of one address against many names is noticed at the thirtieth, and told; an office may sit there, so nobody waits', async () => {
      const before = (await alarms()).length;
      const [address, bob] = [anAddress(), await aUser(running.service)];
      for (let name = 0; name < 30; name++) {
        expect((await attempt(uniqueName('walked'), `guess ${name}`, browserAt(address))).status).toBe(422);
      }
      const [told] = await alarms();
      expect(await alarms()).toHaveLength(before + 1);
      expect(told).toMatchObject({ kind: 'address', names: 30 });
      expect((await attempt(uniqueName('walked'), 'one more', browserAt(address))).status).toBe(422);
      expect(await alarms()).toHaveLength(before + 1);
      expect((await attempt(bob.username, bob.password, browserAt(address))).url.pathname).toBe('/account');
    });

    it('does not keep a user out of the browser that they know, nor count what goes wrong there', async () => {
      const bob = await aUser(running.service);
      const own = browserAt(anAddress());
      const signOut = () => {
        own.cookies.take(new URL(running.service.issuer), ['gatehouse-session=; Path=/; Max-Age=0']);
      };
      await attempt(bob.username, bob.password, own);
      signOut();
      for (let time = 0; time < 9; time++) await attempt(bob.username, 'typed wrong at home', own);
      for (let name = 0; name < 10; name++) await attempt(uniqueName('sprayed'), bob.password);
      expect((await attempt(bob.username, bob.password)).status, 'in another browser').toBe(429);
      expect((await attempt(bob.username, bob.password, own)).url.pathname).toBe('/account');
    });

    it('is not one who tries one account again and again, nor an office that mistypes', async () => {
      const before = (await alarms()).length;
      const [address, name] = [anAddress(), uniqueName('one')];
      for (let time = 0; time < 10; time++) await attempt(name, 'the same', browserAt(address));
      for (let person = 0; person < 28; person++) {
        expect((await attempt(uniqueName('person'), `typo of ${person}`, browserAt(address))).status).toBe(422);
      }
      expect(await alarms()).toHaveLength(before);
    });

    it('is known by keyed digests alone, which end with their window', async () => {
      const [password, name] = [uniqueName('very secret'), uniqueName('somebody')];
      await attempt(name, password);
      const rows = await running.service.app.get(Database, { strict: false }).rows(SprayMarkEntity).find();
      expect(rows.length).toBeGreaterThan(0);
      const hour = running.service.clock.now().getTime() + 3_600_000;
      for (const { digest, groupDigest, expiresAt } of rows) {
        expect(digest).toMatch(/^[\w-]{43}$/);
        expect(groupDigest).toMatch(/^[\w-]{43}$/);
        expect(expiresAt.getTime()).toBeLessThanOrEqual(hour);
      }
      expect(running.service.logs.text).not.toContain(password);
    });

    it('is measured', async () => {
      const metrics = await (await fetch(running.service.url('/metrics'))).text();
      expect(metrics).toMatch(/gatehouse_sign_in_sprays_total\{kind="password"\} [1-9]/);
      expect(metrics).toMatch(/gatehouse_sign_in_sprays_total\{kind="address"\} [1-9]/);
    });
  },
  BEHIND_A_PROXY,
);
