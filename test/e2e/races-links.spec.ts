import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKind } from '../support/databases.js';
import { MailServer } from '../support/mail-server.js';
import { ROUNDS, racer, type Racer } from '../support/racers.js';
import { Replicas } from '../support/replicas.js';
import { signIn } from '../support/signing-in.js';
import { databasesUnderTest } from '../support/start-service.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const AT_ONCE = 6;
const LINKED = ['reset', 'verify', 'move', 'rescue'] as const;
const CLIENT = { id: 'racing-automation', secret: 'racing-automation-has-a-secret-of-enough-characters' };

describe.each(databasesUnderTest().map((url) => [databaseKind(url), url] as const))(
  'links in mails raced on %s',
  (_, url) => {
    let replicas: Replicas;
    let mails: MailServer;

    beforeAll(async () => {
      mails = await MailServer.start();
      const users = LINKED.flatMap((what) =>
        ROUNDS.map((round) => ({ ...racer(what, round), email_verified: what !== 'verify' })),
      );
      replicas = await Replicas.start(url, {
        seed: { users },
        env: {
          SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
          SIGN_UP: 'open',
          ADMIN_CLIENT_ID: CLIENT.id,
          ADMIN_CLIENT_SECRET: CLIENT.secret,
        },
      });
    }, 240_000);
    afterAll(async () => {
      await replicas.stop();
      await mails.close();
    });

    const enter = async (browser: UserAgent, user: Pick<Racer, 'username' | 'password'>): Promise<Visit> =>
      signIn(browser, await browser.visit(replicas.page('/sign-in')), user);

    /** Whether a password lets somebody in. */
    const signsIn = async (username: string, password: string): Promise<boolean> =>
      (await enter(replicas.one(1).browser(), { username, password })).url.pathname === '/account';

    async function linkTo(address: string, about: string): Promise<string> {
      const { text } = await mails.mailTo(address, about);
      const [link] = /^https?:\/\/\S+\?\S+$/m.exec(text) ?? [];
      if (link === undefined) throw new Error(`no link in: ${text}`);
      return link;
    }

    /** Opens the link in many browsers and presses its button in all of them at once. */
    async function pressed(link: string, button: string, filling: (index: number) => Record<string, string>) {
      const browsers = replicas.browsers(AT_ONCE);
      const pages = await Promise.all(browsers.map((browser) => browser.visit(link)));
      expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
      const visits = await Promise.all(
        browsers.map((browser, index) => browser.submit(pages[index]!, button, filling(index))),
      );
      const winner = visits.findIndex(({ status }) => status === 200);
      const expected = visits.map((_visit, index) => (index === winner ? 200 : 400));
      expect(
        visits.map(({ status }) => status),
        'exactly one',
      ).toEqual(expected);
      return { winner, visit: visits[winner]! };
    }

    it.each(ROUNDS)('for a new password sets one: round %i', async (round) => {
      const { username, email } = racer('reset', round);
      const browser = replicas.one(round).browser();
      await browser.submit(await browser.visit(replicas.page('/reset-password')), '#ask-reset', { username });
      const passwordOf = (index: number): string => `walk number ${index} along the river`;
      const { winner } = await pressed(await linkTo(email, 'Choose a new password'), '#set-password', (index) => ({
        password: passwordOf(index),
      }));
      expect(await signsIn(username, passwordOf(winner))).toBe(true);
      expect(await signsIn(username, passwordOf((winner + 1) % AT_ONCE))).toBe(false);
    });

    it.each(ROUNDS)('that confirms an address does so once: round %i', async (round) => {
      const user = racer('verify', round);
      const browser = replicas.one(round).browser();
      await enter(browser, user);
      await browser.submit(await browser.visit(replicas.page('/account/email')), '#send-link');
      const link = await linkTo(user.email, 'Confirm your e-mail address');
      const { visit } = await pressed(link, '#verify-email', () => ({}));
      expect(visit.html.has('#outcome-email-confirmed')).toBe(true);
    });

    it.each(ROUNDS)('that gives an account another address does so once: round %i', async (round) => {
      const user = racer('move', round);
      const [browser, address] = [replicas.one(round).browser(), `moved-${round}@corp.example`];
      await enter(browser, user);
      const page = await browser.visit(replicas.page('/account/email'));
      await browser.submit(page, '#change-email', { email: address });
      const { visit } = await pressed(await linkTo(address, 'Confirm your new'), '#change-email', () => ({}));
      expect(visit.html.has('#outcome-email-changed')).toBe(true);
      await mails.mailTo(user.email, 'Your e-mail address was changed');
    });

    it.each(ROUNDS)('that makes an account makes one: round %i', async (round) => {
      const [browser, email] = [replicas.one(round).browser(), `newcomer-${round}@corp.example`];
      await browser.submit(await browser.visit(replicas.page('/sign-up')), '#sign-up', { email });
      const { winner, visit } = await pressed(await linkTo(email, 'Make your'), '#create-account', (index) => ({
        name: `Newcomer ${index}`,
        password: `walk number ${index} along the river`,
      }));
      expect(visit.url.pathname).toBe('/account');
      expect(visit.html.words).toContain(`Newcomer ${winner}`);
    });

    it.each(ROUNDS)('of an invitation is accepted once: round %i', async (round) => {
      const email = `guest-${round}@corp.example`;
      await invite(email);
      const { winner, visit } = await pressed(await linkTo(email, 'You are invited'), '#create-account', (index) => ({
        name: `Guest ${index}`,
        password: `walk number ${index} along the river`,
      }));
      expect(visit.url.pathname).toBe('/account');
      expect(visit.html.words).toContain(`Guest ${winner}`);
    });

    it.each(ROUNDS)('by which somebody says "that was not me" rescues once: round %i', async (round) => {
      const user = racer('rescue', round);
      await enter(replicas.one(0).browser(), user);
      await enter(replicas.one(1).browser(), user);
      const { visit } = await pressed(await linkTo(user.email, 'New sign-in'), '#not-me', () => ({}));
      expect(visit.html.has('#outcome-account-secured')).toBe(true);
      const link = await linkTo(user.email, 'Choose a new password');
      expect(mails.received.filter(({ to, text }) => to.includes(user.email) && text.includes(link))).toHaveLength(1);
      expect(await signsIn(user.username, user.password)).toBe(false);
    });

    async function invite(email: string): Promise<void> {
      const basic = Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64');
      const granted = await fetch(replicas.one(0).url('/oauth2/token'), {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=client_credentials',
      });
      const { access_token: token } = (await granted.json()) as { access_token: string };
      const invited = await fetch(replicas.one(1).url('/api/v1/invitations'), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ email }),
      });
      expect(invited.status).toBe(201);
    }
  },
);
