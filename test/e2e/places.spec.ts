import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, anyLanguage, aUser, type GivenUser } from '../support/given.js';
import { mailTo } from '../support/mailbox.js';
import { placeDatabase } from '../support/place-database.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-places-'));
const file = join(folder, 'city.mmdb');
const PARIS = '203.0.113.7';
const FRANCE = '203.0.113.8';
const NOWHERE = '198.51.100.9';

writeFileSync(
  file,
  placeDatabase({
    [PARIS]: {
      city: { en: 'Paris', 'zh-CN': '巴黎' },
      country: { code: 'FR', names: { en: 'France', 'zh-CN': '法国' } },
    },
    [FRANCE]: { country: { code: 'FR' } },
  }),
);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

onEveryDatabase(
  'the place of a network address, from GEOIP_FILE',
  (running) => {
    const from = (address: string, language = 'en'): UserAgent =>
      aBrowser(running.service, { 'x-forwarded-for': address, 'accept-language': language });

    const enter = async (user: GivenUser, browser: UserAgent): Promise<UserAgent> => {
      running.service.clock.advance('1s');
      await signIn(browser, await browser.visit(running.service.url('/sign-in')), user);
      return browser;
    };
    const read = async (browser: UserAgent, path: string): Promise<string> =>
      (await browser.visit(running.service.url(path))).html.words;

    it('is shown with each sign-in, in the reader’s language', async () => {
      const alice = await aUser(running.service, anyLanguage());
      const english = await enter(alice, from(PARIS));
      expect(await read(english, '/account/sessions')).toContain('Paris, France');
      const chinese = await enter(alice, from(FRANCE, 'zh-CN'));
      const page = await read(chinese, '/account/sessions');
      expect(page).toContain('法国 巴黎');
      expect(page).toContain(FRANCE);
    });

    it('is shown in the security history', async () => {
      const alice = await aUser(running.service, anyLanguage());
      const browser = await enter(alice, from(FRANCE));
      expect(await read(browser, '/account/history')).toMatch(/France\s*Address 203\.0\.113\.8/);
    });

    it('is told by the mail about a new device, in the language of the account', async () => {
      const alice = await aUser(running.service);
      await enter(alice, from(NOWHERE));
      await enter(alice, from(PARIS, 'zh-CN'));
      expect((await mailTo(running.service, alice.claims.email ?? '')).text).toContain('Place: Paris, France');
    });

    it('is not made up: an address that the file does not know is shown alone', async () => {
      const browser = await enter(await aUser(running.service), from(NOWHERE));
      const page = await read(browser, '/account/sessions');
      expect(page).toContain(`Address ${NOWHERE}`);
      expect(page).not.toContain('France');
    });
  },
  { env: { GEOIP_FILE: file, TRUST_PROXY: '127.0.0.1' } },
);
