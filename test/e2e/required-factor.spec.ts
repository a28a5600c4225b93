import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionsService } from '#sessions/index.js';
import { UsersService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { withAuthenticator } from '../support/authenticator.js';
import { onEveryDatabase } from '../support/every-database.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { aBrowser, aUser, uniqueName } from '../support/given.js';
import { linkTo } from '../support/mailbox.js';
import { answer, aPasskeyHolder, askedOn, signInByPasskey } from '../support/passkeys.js';
import { DEMANDS, RequiredFactor } from '../support/required-factor.js';
import { signIn } from '../support/signing-in.js';
import { startService, type TestService } from '../support/start-service.js';
import { aGatehouseAsProvider, TwoSidedBrowser } from '../support/upstream-gatehouse.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW_PASSWORD = 'another long walk by the river';
const clock = new FrozenClock();
let upstream: TestService;

beforeAll(async () => {
  upstream = await startService({ clock });
});
afterAll(() => upstream.close());

onEveryDatabase(
  'a second factor that is required',
  (running) => {
    const get = <T>(type: abstract new (...parameters: never[]) => T): T =>
      running.service.app.get<T>(type, { strict: false });
    const open = (browser: UserAgent, path = '/sign-in'): Promise<Visit> => browser.visit(running.service.url(path));

    describe.each(DEMANDS)('by %s', (by) => {
      const inForce = (story: (required: RequiredFactor) => Promise<void>): Promise<void> =>
        RequiredFactor.inForce(running.service, by, story);

      it('is not passed by with a password, with or without a factor to prove', () =>
        inForce(async (required) => {
          for (const has of [true, false]) {
            const [user, browser] = [await required.somebody(), aBrowser(running.service)];
            if (has) await withAuthenticator(running.service, user);
            await signIn(browser, await open(browser), user);
            await required.expectNoSession(user.id);
            await required.expectNothingFor(browser);
            const waiting = aBrowser(running.service);
            const page = await signIn(waiting, await waiting.visit(required.client.request().url), user);
            expect(page.url.pathname).toBe(has ? '/second-factor' : '/second-factor/enrol');
            const interaction = page.url.searchParams.get('interaction') ?? '';
            expect((await open(waiting, `/oauth2/authorize/${interaction}`)).leftFor).toBeUndefined();
            await required.expectNoSession(user.id);
          }
        }));

      it('is not passed by with a passkey that does not know its holder', () =>
        inForce(async (required) => {
          await required.lift();
          const user = await required.somebody();
          const authenticator = await aPasskeyHolder(running.service, aBrowser(running.service), user);
          await get(SessionsService).endAll(user.id);
          await required.demand();
          const browser = aBrowser(running.service);
          const refused = await signInByPasskey(browser, await open(browser), authenticator, { userVerified: false });
          expect(refused.status).toBe(422);
          expect(await get(SessionsService).listByUser(user.id)).toEqual([]);
          await required.expectNothingFor(browser);
          // After a password it is a second factor all the same.
          const page = await signIn(browser, await browser.visit(required.client.request().url), user);
          const proven = authenticator.sign(askedOn(page), { userVerified: false });
          expect((await answer(browser, page, proven)).answer).toHaveProperty('code');
        }));

      it('is not passed by through a provider', () =>
        inForce(async (required) => {
          await required.lift();
          const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
          const [agent, user] = [new TwoSidedBrowser(running.service, upstream), await aUser(upstream)];
          const arrive = async (): Promise<void> => {
            const back = await agent.fetchAnswer(await open(agent.here), given.provider, user);
            await agent.here.visit(back, { site: 'cross-site' });
          };
          await arrive();
          const id = (await get(UsersService).findByLogin(String(user.claims.email)))?.id ?? '';
          await get(UsersService).update(id, { groups: required.groups });
          await get(SessionsService).endAll(id);
          await required.demand();
          await arrive();
          await required.expectNoSession(id);
          await required.expectNothingFor(agent.here);
        }));

      it('is not passed by with a new password from a mail', () =>
        inForce(async (required) => {
          const [user, browser] = [await required.somebody(), aBrowser(running.service)];
          await browser.submit(await open(browser, '/reset-password'), '#ask-reset', { username: user.username });
          const link = await linkTo(running.service, user.claims.email ?? '');
          await browser.submit(await browser.visit(link), '#set-password', { password: NEW_PASSWORD });
          expect(await get(SessionsService).listByUser(user.id)).toEqual([]);
          await signIn(browser, await open(browser), { ...user, password: NEW_PASSWORD });
          await required.expectNoSession(user.id);
          await required.expectNothingFor(browser);
        }));

      it('is not passed by with an invitation', () =>
        inForce(async (required) => {
          const email = `${uniqueName('guest')}@corp.example`;
          await (
            await AdminApi.of(running.service)
          ).made('/invitations', { email, name: 'Guest', groups: required.groups });
          const browser = aBrowser(running.service);
          const page = await browser.visit(await linkTo(running.service, email));
          await browser.submit(page, '#create-account', { password: NEW_PASSWORD });
          await required.expectNoSession((await get(UsersService).findByLogin(email))?.id ?? '');
          await required.expectNothingFor(browser);
        }));

      it('is not passed by with a session from before, and what it leads to is no new factor but a sign-in', () =>
        inForce(async (required) => {
          await required.lift();
          const [user, browser] = [await required.somebody(), aBrowser(running.service)];
          await signIn(browser, await open(browser), user);
          expect((await browser.visit(required.client.request().url)).answer).toHaveProperty('code');
          await required.demand();
          await required.expectNothingFor(browser);
          const fresh = await browser.visit(required.client.request().url);
          expect(fresh.url.pathname).toBe('/second-factor/enrol');
          clock.advance('6m');
          const stale = await browser.visit(required.client.request().url);
          expect(stale.url.pathname, 'a browser that was left open makes nobody a factor').toBe('/sign-in');
          const enrol = await signIn(browser, stale, user);
          expect(enrol.url.pathname).toBe('/second-factor/enrol');
        }));

      it('is asked for again when a remembered browser has had its time', () =>
        inForce(async (required) => {
          const user = await required.somebody();
          const app = await withAuthenticator(running.service, user);
          const browser = aBrowser(running.service);
          const page = await signIn(browser, await browser.visit(required.client.request().url), user);
          const end = await browser.submit(page, '#verify', { code: app.code(), remember: 'yes' });
          expect(end.answer).toHaveProperty('code');
          await get(SessionsService).endAll(user.id);
          clock.advance('30d');
          await signIn(browser, await open(browser), user);
          await required.expectNoSession(user.id);
          await required.expectNothingFor(browser);
        }));
    });

    it('by the client is not passed by in a browser that is remembered', () =>
      RequiredFactor.inForce(running.service, 'the client', async (required) => {
        await required.lift();
        const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
        const app = await withAuthenticator(running.service, user);
        const page = await signIn(browser, await open(browser), user);
        await browser.submit(page, '#verify', { code: app.code(), remember: 'yes' });
        await get(SessionsService).endAll(user.id);
        await required.demand();
        expect((await signIn(browser, await open(browser), user)).url.pathname).toBe('/account');
        await required.expectNothingFor(browser);
        const sent = required.client.request();
        const asked = await browser.visit(sent.url);
        clock.advance('30s');
        expect(asked.url.pathname).toBe('/second-factor');
        const { answer: got } = await browser.submit(asked, '#verify', { code: app.code() });
        const { body } = await required.client.redeem({ ...sent, code: String(got['code']) });
        expect(decodeJwt(String(body['id_token']))).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
      }));
  },
  {
    clock,
    env: (port) => ({
      ISSUER: `http://localhost:${port}`,
      SIGN_UP: 'invite',
      OUTBOUND_ALLOW: new URL(upstream.issuer).host,
    }),
  },
);
