import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKind } from '../support/databases.js';
import { MailServer } from '../support/mail-server.js';
import { ROUNDS, racer, type Racer } from '../support/racers.js';
import { Replicas } from '../support/replicas.js';
import { signIn } from '../support/signing-in.js';
import { databasesUnderTest } from '../support/start-service.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

/** As many as the throttle of second factors lets through. */
const AT_ONCE = 5;

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'second factors raced on %s',
  (_, url) => {
    let replicas: Replicas;
    let mails: MailServer;

    beforeAll(async () => {
      mails = await MailServer.start();
      const users = ['totp', 'paper', 'mail', 'tries'].flatMap((what) => ROUNDS.map((round) => racer(what, round)));
      replicas = await Replicas.start(url, {
        seed: { users: users.map((user) => ({ ...user, email_verified: true })) },
        env: { SMTP_URL: `smtp://127.0.0.1:${mails.port}` },
      });
    }, 240_000);
    afterAll(async () => {
      await replicas.stop();
      await mails.close();
    });

    const enter = async (browser: UserAgent, user: Racer): Promise<Visit> =>
      signIn(browser, await browser.visit(replicas.page('/sign-in')), user);

    /** Whether the browser came in. */
    const isIn = ({ url: { pathname }, status }: Visit): boolean => pathname === '/account' && status === 200;
    const wins = (visits: readonly Visit[]): number => visits.filter(isIn).length;

    /** Somebody who signed in and then got an authenticator app; its clock shows now, or so many time steps later. */
    async function withApp(user: Racer) {
      const browser = replicas.one(0).browser();
      await enter(browser, user);
      const page = await browser.visit(replicas.page('/account/second-factors/app'));
      const seed = (page.html.text('#key') ?? '').replaceAll(' ', '');
      const code = (stepsLater = 0): string =>
        generateSync({ secret: seed, epoch: Math.floor(Date.now() / 1000) + stepsLater * 30 });
      const added = await browser.submit(page, '#add-app', { name: 'Phone', code: code() });
      expect(added.url.search).toBe('?done=added');
      return { browser, code, list: added };
    }

    /** Browsers in which the password was given, so that the second factor is asked for. */
    async function atTheSecondStep(user: Racer): Promise<{ browser: UserAgent; page: Visit }[]> {
      const browsers = replicas.browsers(AT_ONCE);
      const pages = await Promise.all(browsers.map((browser) => enter(browser, user)));
      expect(pages.map(({ url: { pathname } }) => pathname)).toEqual(pages.map(() => '/second-factor'));
      return browsers.map((browser, index) => ({ browser, page: pages[index]! }));
    }

    it.each(ROUNDS)('one code of an authenticator app lets one in (RFC 6238 §5.2): round %i', async (round) => {
      const user = racer('totp', round);
      const { code } = await withApp(user);
      const asked = await atTheSecondStep(user);
      const next = code(1);
      const visits = await Promise.all(
        asked.map(({ browser, page }) => browser.submit(page, '#verify', { code: next })),
      );
      expect(wins(visits)).toBe(1);
      expect(visits.filter((visit) => !isIn(visit)).map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    });

    it.each(ROUNDS)('one recovery code lets one in: round %i', async (round) => {
      const user = racer('paper', round);
      const { browser, list } = await withApp(user);
      const shown = await browser.submit(list, '#make-recovery-codes');
      const [typed = ''] = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/.exec(shown.html.words) ?? [];
      const asked = await atTheSecondStep(user);
      const pages = await Promise.all(
        asked.map((one) => one.browser.visit(replicas.page('/second-factor?way=recovery_codes'))),
      );
      const visits = await Promise.all(
        asked.map((one, index) => one.browser.submit(pages[index]!, '#verify', { code: typed })),
      );
      expect(wins(visits)).toBe(1);
      expect(visits.filter((visit) => !isIn(visit)).map(({ status }) => status)).toEqual([422, 422, 422, 422]);
      const { text } = await mails.mailTo(user.email, 'A recovery code was used');
      expect(text).toContain('9');
    });

    /** A browser with the password given and a code by mail asked for. */
    async function withMail(user: Racer) {
      const own = replicas.one(0).browser();
      await enter(own, user);
      await own.submit(await own.visit(replicas.page('/account/second-factors')), '#add-mail');
      const browser = replicas.one(1).browser();
      const asked = await browser.submit(await enter(browser, user), '#send-code');
      const { text } = await mails.mailTo(user.email, 'Your code');
      return { browser, asked, code: /^\s*(\d{3} ?\d{3})\s*$/m.exec(text)?.[1] ?? '' };
    }

    it.each(ROUNDS)('one code by mail lets one in: round %i', async (round) => {
      const { browser, asked, code } = await withMail(racer('mail', round));
      const visits = await Promise.all(
        replicas.copies(browser, AT_ONCE).map((copy) => copy.submit(asked, '#verify', { code })),
      );
      expect(wins(visits)).toBe(1);
      expect(visits.filter((visit) => visit.status >= 500)).toEqual([]);
    });

    it.each(ROUNDS)('five wrong tries at once close a code by mail for the right one: round %i', async (round) => {
      const { browser, asked, code } = await withMail(racer('tries', round));
      const wrong = code.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));
      const visits = await Promise.all(
        replicas.copies(browser, AT_ONCE).map((copy) => copy.submit(asked, '#verify', { code: wrong })),
      );
      expect(wins(visits)).toBe(0);
      const late = await browser.submit(asked, '#verify', { code });
      expect([late.status, isIn(late)]).toEqual([429, false]);
    });
  },
);
