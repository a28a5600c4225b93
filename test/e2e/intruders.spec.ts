import { afterAll, beforeAll, expect, it } from 'vitest';
import { FederatedIdentities } from '#federation/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { aBrowser, aUser, type GivenUser } from '../support/given.js';
import { linkIn, mailsTo } from '../support/mailbox.js';
import { addPasskey, answer, aPasskeyHolder, askedOn, signInByPasskey } from '../support/passkeys.js';
import { signIn } from '../support/signing-in.js';
import { startService, type TestService } from '../support/start-service.js';
import { aGatehouseAsProvider, TwoSidedBrowser } from '../support/upstream-gatehouse.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW = 'a new long walk by the river';
const clock = new FrozenClock();
let upstream: TestService;

beforeAll(async () => {
  upstream = await startService({ clock });
});
afterAll(() => upstream.close());

onEveryDatabase(
  '"that was not me" shuts an intruder out',
  (running) => {
    const open = (browser: UserAgent, path = '/sign-in'): Promise<Visit> => browser.visit(running.service.url(path));
    const enter = async (user: GivenUser, browser = aBrowser(running.service)): Promise<Visit> => {
      clock.advance('2m'); // so that mails and what they tell of are told apart
      return signIn(browser, await open(browser), user);
    };
    const linkAbout = async ({ claims }: GivenUser, subject: string): Promise<string> => {
      const mail = (await mailsTo(running.service, claims.email ?? '')).find((one) => one.subject.startsWith(subject));
      if (mail === undefined) throw new Error(`no mail about ${subject}`);
      return linkIn(mail);
    };

    /** Says it by a notice, and chooses a new password by the mail that comes of it. */
    async function rescue(user: GivenUser, subject: string): Promise<GivenUser> {
      const browser = aBrowser(running.service);
      const notice = await linkAbout(user, subject);
      clock.advance('2m');
      expect((await browser.submit(await browser.visit(notice), '#not-me')).html.has('#outcome-account-secured')).toBe(
        true,
      );
      const reset = await linkAbout(user, 'Choose a new password');
      await browser.submit(await browser.visit(reset), '#set-password', { password: NEW });
      return { ...user, password: NEW };
    }

    it('who made a passkey: it signs nobody in alone, and is a second factor still', async () => {
      const alice = await aUser(running.service);
      const own = await aPasskeyHolder(running.service, aBrowser(running.service), alice);
      const thief = aBrowser(running.service);
      clock.advance('2m');
      await signInByPasskey(thief, await open(thief), own);
      clock.advance('2m');
      const { authenticator: made } = await addPasskey(running.service, thief);
      const rescued = await rescue(alice, 'New sign-in');
      const refused = await signInByPasskey(thief, await open(thief), made);
      expect([refused.status, refused.url.pathname]).toEqual([422, '/sign-in']);
      const mine = aBrowser(running.service);
      expect((await signInByPasskey(mine, await open(mine), own)).url.pathname).toBe('/account');
      const page = await enter(rescued);
      expect(page.url.pathname).toBe('/second-factor');
      const kept = await open(mine, '/account/passkeys');
      expect(kept.html.words.split('it no longer signs in by itself')).toHaveLength(2);
    });

    it('but takes no second factor away from whoever has only the mailbox', async () => {
      const alice = await aUser(running.service);
      const browser = aBrowser(running.service);
      const own = await aPasskeyHolder(running.service, browser, alice);
      const rescued = await rescue(alice, 'A way to sign in was added');
      const stranger = aBrowser(running.service);
      const asked = await enter(rescued, stranger);
      expect(asked.url.pathname).toBe('/second-factor');
      expect((await open(stranger, '/account')).url.pathname).toBe('/sign-in');
      expect((await answer(stranger, asked, own.sign(askedOn(asked)))).url.pathname).toBe('/account');
    });

    it('who linked an account elsewhere: it leads nowhere, and one from before still does', async () => {
      const [alice, bob, mallory] = [await aUser(running.service), await aUser(upstream), await aUser(upstream)];
      const [hers, theirs] = [await aGatehouse(), await aGatehouse()];
      const agent = new TwoSidedBrowser(running.service, upstream);
      await link(agent, hers, alice, bob);
      const thief = new TwoSidedBrowser(running.service, upstream);
      await link(thief, theirs, alice, mallory);
      expect(await links(alice)).toHaveLength(2);
      await rescue(alice, 'New sign-in');
      expect(await links(alice)).toMatchObject([{ subject: bob.id }]);
      const again = await thief.fetchAnswer(await open(thief.here), theirs, mallory);
      expect((await thief.here.visit(again, { site: 'cross-site' })).url.pathname).toBe('/sign-in');
    });

    const links = ({ id }: GivenUser) => running.service.app.get(FederatedIdentities, { strict: false }).listByUser(id);
    const aGatehouse = async () => (await aGatehouseAsProvider(running.service, upstream)).provider;

    async function link(
      agent: TwoSidedBrowser,
      provider: Awaited<ReturnType<typeof aGatehouse>>,
      user: GivenUser,
      there: GivenUser,
    ): Promise<void> {
      await enter(user, agent.here);
      const page = await open(agent.here, '/account/identities');
      const proven = await agent.fetchAnswer(page, provider, there);
      await agent.here.submit(await agent.here.visit(proven, { site: 'cross-site' }), '#link-account');
    }
  },
  { clock, env: (port) => ({ ISSUER: `http://localhost:${port}`, OUTBOUND_ALLOW: new URL(upstream.issuer).host }) },
);
