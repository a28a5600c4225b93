import { expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { SessionsService, type Session } from '#sessions/index.js';
import { UsersService } from '#users/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { ProbeStepModule } from '../support/probe-step.module.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

onEveryDatabase(
  'a sign-in that needs more than its first proof',
  (running) => {
    const url = (path: string): string => running.service.url(path);

    const sessionsOf = ({ id }: GivenUser): Promise<Session[]> =>
      running.service.app.get(SessionsService, { strict: false }).listByUser(id);

    const stepper = (): Promise<GivenUser> => aUser(running.service, { username: uniqueName('stepper') });

    /** Somebody who has typed a right password and has two steps before them. */
    const half = async (path = '/sign-in'): Promise<{ browser: UserAgent; user: GivenUser; page: Visit }> => {
      const [browser, user] = [aBrowser(running.service), await stepper()];
      return { browser, user, page: await signIn(browser, await browser.visit(url(path)), user) };
    };

    const pass = (browser: UserAgent, step: string, query = ''): Promise<Visit> =>
      browser.post(url(`/probe-step/${step}${query}`), {});

    it('has no session until every step is done, and then one that says how it was proven', async () => {
      const { browser, user, page } = await half('/sign-in?return_to=/account/sessions');
      expect(page.url.pathname).toBe('/probe-step/first');
      expect(await sessionsOf(user)).toEqual([]);
      expect((await browser.visit(url('/account'))).url.pathname).toBe('/sign-in');
      expect((await pass(browser, 'first')).url.pathname).toBe('/probe-step/second');
      expect(await sessionsOf(user)).toEqual([]);
      expect((await pass(browser, 'second')).url.pathname).toBe('/account/sessions');
      expect(await sessionsOf(user)).toMatchObject([{ amr: ['pwd', 'otp'], acr: '2', factors: ['first', 'second'] }]);
    });

    it('asks nothing more of whoever needs nothing more', async () => {
      const [browser, user] = [aBrowser(running.service), await aUser(running.service)];
      const end = await signIn(browser, await browser.visit(url('/sign-in')), user);
      expect(end.url.pathname).toBe('/account');
      expect(await sessionsOf(user)).toMatchObject([{ amr: ['pwd'], acr: '1', factors: [] }]);
    });

    it('goes back to the authorization request that waits, which gets no code before', async () => {
      const [browser, user] = [aBrowser(running.service), await stepper()];
      const bare = new BareClient(running.service, await aClient(running.service));
      const start = await browser.visit(bare.request({ scope: 'openid' }).url, { site: 'cross-site' });
      const page = await signIn(browser, start, user);
      const interaction = page.url.searchParams.get('interaction') ?? '';
      expect(page.url.pathname).toBe('/probe-step/first');
      const skipped = await browser.visit(url(`/oauth2/authorize/${interaction}`));
      expect(skipped.url.pathname).toBe('/sign-in');
      const query = `?interaction=${interaction}`;
      await pass(browser, 'first', query);
      expect((await pass(browser, 'second', query)).html.has('#consent-allow')).toBe(true);
    });

    it('belongs to the browser that it began in', async () => {
      const { user } = await half();
      const other = aBrowser(running.service);
      await other.visit(url('/sign-in'));
      expect((await pass(other, 'first')).url.pathname).toBe('/sign-in');
      expect(await sessionsOf(user)).toEqual([]);
    });

    it('is kept apart from what else the browser is asked, and given up for a later one', async () => {
      const { browser, user } = await half();
      const bare = new BareClient(running.service, await aClient(running.service));
      const start = await browser.visit(bare.request({ scope: 'openid' }).url, { site: 'cross-site' });
      const waiting = start.url.searchParams.get('interaction') ?? '';
      expect((await pass(browser, 'first', `?interaction=${waiting}`)).url.pathname).toBe('/sign-in');
      const later = await stepper();
      const page = await signIn(browser, await browser.visit(url('/sign-in')), later);
      expect(page.html.source).toContain(later.username);
      await pass(browser, 'first');
      await pass(browser, 'second');
      expect([(await sessionsOf(user)).length, (await sessionsOf(later)).length]).toEqual([0, 1]);
    });

    it('is over after 15 minutes', async () => {
      const { browser, user } = await half();
      running.service.clock.advance('14m');
      expect((await pass(browser, 'first')).url.pathname).toBe('/probe-step/second');
      running.service.clock.advance('61s');
      expect((await pass(browser, 'second')).url.pathname).toBe('/sign-in');
      expect(await sessionsOf(user)).toEqual([]);
    });

    it('gives one session, however often the last step is sent', async () => {
      const { browser, user } = await half();
      await pass(browser, 'first');
      const ends = await Promise.all([1, 2, 3].map(() => pass(browser, 'second')));
      expect(ends.map(({ url: { pathname } }) => pathname)).toContain('/account');
      expect(await sessionsOf(user)).toHaveLength(1);
      await browser.visit(url('/account'));
      expect((await pass(browser, 'second')).url.pathname).toBe('/account');
      expect(await sessionsOf(user)).toHaveLength(1);
    });

    it.each([
      ['is disabled', (id: string, users: UsersService) => users.update(id, { status: 'disabled' })],
      ['is deleted', (id: string, users: UsersService) => users.delete(id)],
    ])('ends when its user %s', async (_what, change) => {
      const { browser, user } = await half();
      await pass(browser, 'first');
      await change(user.id, running.service.app.get(UsersService, { strict: false }));
      expect((await pass(browser, 'second')).url.pathname).toBe('/sign-in');
      expect(await sessionsOf(user)).toEqual([]);
    });

    it('ends when the password changes', async () => {
      const { browser, user } = await half();
      const passwords = running.service.app.get(PasswordsService, { strict: false });
      await passwords.set(user.id, 'another long walk by the river');
      expect((await pass(browser, 'first')).url.pathname).toBe('/sign-in');
      expect(await sessionsOf(user)).toEqual([]);
    });
  },
  { module: (settings) => ProbeStepModule.forRoot(settings) },
);
