import { hash as argon2id } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';

const PASSWORD = 'a walk of many years ago';

onEveryDatabase(
  'the cost of password hashes, as it is set (RFC 9106 §4)',
  (running) => {
    it('is that of new passwords, and of old ones from their next sign-in on', async () => {
      const passwords = running.service.app.get(PasswordsService, { strict: false });
      const alice = await aUser(running.service);
      expect(await passwords.hashOf(alice.id)).toMatch(/^\$argon2id\$v=19\$m=20480,t=3,p=1\$/);
      const hash = await argon2id(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      await passwords.set(alice.id, { hash });
      const enter = async (password: string): Promise<string> => {
        const browser = aBrowser(running.service);
        const page = await signIn(browser, await browser.visit('/sign-in'), { ...alice, password });
        return page.url.pathname;
      };
      expect(await enter('another password')).toBe('/sign-in');
      expect(await passwords.hashOf(alice.id)).toBe(hash);
      expect(await enter(PASSWORD)).toBe('/account');
      const renewed = await passwords.hashOf(alice.id);
      expect(renewed).toMatch(/^\$argon2id\$v=19\$m=20480,t=3,p=1\$/);
      expect(await enter(PASSWORD)).toBe('/account');
      expect(await passwords.hashOf(alice.id)).toBe(renewed);
    });
  },
  {
    realPasswordHasher: true,
    env: { PASSWORD_HASH_MEMORY_KIB: '20480', PASSWORD_HASH_PASSES: '3' },
  },
);
