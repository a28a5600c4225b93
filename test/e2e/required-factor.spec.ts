import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { SessionsService } from '#sessions/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { GroupsService, UsersService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { withAuthenticator } from '../support/authenticator.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { FrozenClock } from '../support/frozen-clock.js';
import { aBrowser, aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { linkTo } from '../support/mailbox.js';
import { answer, aPasskeyHolder, askedOn, signInByPasskey } from '../support/passkeys.js';
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

/** Who demands the factor. */
const DEMANDS = ['the company', 'a group', 'the client'] as const;

onEveryDatabase(
  'a second factor that is required',
  (running) => {
    const get = <T>(type: abstract new (...parameters: never[]) => T): T =>
      running.service.app.get<T>(type, { strict: false });
    const open = (browser: UserAgent, path = '/sign-in'): Promise<Visit> => browser.visit(running.service.url(path));

    /** A client of the company, which asks for nothing by itself. */
    const aBareClient = async (): Promise<BareClient> =>
      new BareClient(running.service, await aClient(running.service, { firstParty: true, consent: 'skip' }));

    /** What the demand needs, and how it is made and taken back. */
    async function demand(by: (typeof DEMANDS)[number], group: string, { client }: BareClient) {
      const set = async (secondFactor: 'required' | 'optional'): Promise<void> => {
        const groups = get(GroupsService);
        if (by === 'the company') await get(CompanySettingsService).change({ secondFactor });
        else if (by === 'the client') await get(ClientsService).update(client.clientId, { secondFactor });
        else await groups.update((await groups.findByName(group))?.id ?? '', { secondFactor });
        clock.advance('2s'); // what other processes know is at most a second old
      };
      await set('required');
      return { lift: () => set('optional') };
    }

    /** Tries in every way to get something for the client with what the browser has; nothing may come of it. */
    async function expectNothingFor(bare: BareClient, browser: UserAgent): Promise<void> {
      const silent = await browser.visit(bare.request({ prompt: 'none' }).url);
      expect(silent.answer).toMatchObject({ error: 'login_required' });
      for (const wish of [{}, { acr_values: '1' }, { prompt: 'select_account' }, { max_age: '9999999' }]) {
        let page = await browser.visit(bare.request(wish).url, { site: 'cross-site' });
        if (page.html.has('#select-account')) page = await browser.submit(page, '#select-account');
        expect(page.leftFor, JSON.stringify(wish)).toBeUndefined();
        const interaction = page.url.searchParams.get('interaction') ?? '';
        for (const path of [`/oauth2/authorize/${interaction}`, `/consent?interaction=${interaction}`]) {
          expect((await open(browser, path)).leftFor, path).toBeUndefined();
        }
      }
    }

    describe.each(DEMANDS)('by %s', (by) => {
      let group = '';
      let lift: () => Promise<void>;
      let bare: BareClient;

      const inForce = async (story: () => Promise<void>): Promise<void> => {
        group = uniqueName('careful');
        await get(GroupsService).create({ name: group });
        bare = await aBareClient();
        ({ lift } = await demand(by, group, bare));
        try {
          await story();
        } finally {
          await lift();
        }
      };
      const somebody = (): Promise<GivenUser> => aUser(running.service, { groups: [group] });

      /** No session that says less than two factors, unless only the client demands them. */
      const expectNoSession = async (id: string): Promise<void> => {
        const sessions = await get(SessionsService).listByUser(id);
        if (by !== 'the client') expect(sessions).toEqual([]);
      };

      it('is not passed by with a password, with or without a factor to prove', () =>
        inForce(async () => {
          for (const has of [true, false]) {
            const [user, browser] = [await somebody(), aBrowser(running.service)];
            if (has) await withAuthenticator(running.service, user);
            await signIn(browser, await open(browser), user);
            await expectNoSession(user.id);
            await expectNothingFor(bare, browser);
            const waiting = aBrowser(running.service);
            const page = await signIn(waiting, await waiting.visit(bare.request().url), user);
            expect(page.url.pathname).toBe(has ? '/second-factor' : '/second-factor/enrol');
            const interaction = page.url.searchParams.get('interaction') ?? '';
            expect((await open(waiting, `/oauth2/authorize/${interaction}`)).leftFor).toBeUndefined();
            await expectNoSession(user.id);
          }
        }));

      it('is not passed by with a passkey that does not know its holder', () =>
        inForce(async () => {
          await lift();
          const user = await somebody();
          const authenticator = await aPasskeyHolder(running.service, aBrowser(running.service), user);
          await get(SessionsService).endAll(user.id);
          ({ lift } = await demand(by, group, bare));
          const browser = aBrowser(running.service);
          const refused = await signInByPasskey(browser, await open(browser), authenticator, { userVerified: false });
          expect(refused.status).toBe(422);
          expect(await get(SessionsService).listByUser(user.id)).toEqual([]);
          await expectNothingFor(bare, browser);
          // After a password it is a second factor all the same.
          const page = await signIn(browser, await browser.visit(bare.request().url), user);
          const proven = authenticator.sign(askedOn(page), { userVerified: false });
          expect((await answer(browser, page, proven)).answer).toHaveProperty('code');
        }));

      it('is not passed by through a provider', () =>
        inForce(async () => {
          await lift();
          const given = await aGatehouseAsProvider(running.service, upstream, { justInTime: true });
          const [agent, user] = [new TwoSidedBrowser(running.service, upstream), await aUser(upstream)];
          const arrive = async (): Promise<void> => {
            const back = await agent.fetchAnswer(await open(agent.here), given.provider, user);
            await agent.here.visit(back, { site: 'cross-site' });
          };
          await arrive();
          const id = (await get(UsersService).findByLogin(String(user.claims.email)))?.id ?? '';
          await get(UsersService).update(id, { groups: [group] });
          await get(SessionsService).endAll(id);
          ({ lift } = await demand(by, group, bare));
          await arrive();
          await expectNoSession(id);
          await expectNothingFor(bare, agent.here);
        }));

      it('is not passed by with a new password from a mail', () =>
        inForce(async () => {
          const [user, browser] = [await somebody(), aBrowser(running.service)];
          await browser.submit(await open(browser, '/reset-password'), '#ask-reset', { username: user.username });
          const link = await linkTo(running.service, user.claims.email ?? '');
          await browser.submit(await browser.visit(link), '#set-password', { password: NEW_PASSWORD });
          expect(await get(SessionsService).listByUser(user.id)).toEqual([]);
          await signIn(browser, await open(browser), { ...user, password: NEW_PASSWORD });
          await expectNoSession(user.id);
          await expectNothingFor(bare, browser);
        }));

      it('is not passed by with an invitation', () =>
        inForce(async () => {
          const email = `${uniqueName('guest')}@corp.example`;
          await (await AdminApi.of(running.service)).made('/invitations', { email, name: 'Guest', groups: [group] });
          const browser = aBrowser(running.service);
          const page = await browser.visit(await linkTo(running.service, email));
          await browser.submit(page, '#create-account', { password: NEW_PASSWORD });
          await expectNoSession((await get(UsersService).findByLogin(email))?.id ?? '');
          await expectNothingFor(bare, browser);
        }));

      it('is not passed by with a session from before, and what it leads to is no new factor but a sign-in', () =>
        inForce(async () => {
          await lift();
          const [user, browser] = [await somebody(), aBrowser(running.service)];
          await signIn(browser, await open(browser), user);
          expect((await browser.visit(bare.request().url)).answer).toHaveProperty('code');
          ({ lift } = await demand(by, group, bare));
          await expectNothingFor(bare, browser);
          const fresh = await browser.visit(bare.request().url);
          expect(fresh.url.pathname).toBe('/second-factor/enrol');
          clock.advance('6m');
          const stale = await browser.visit(bare.request().url);
          expect(stale.url.pathname, 'a browser that was left open makes nobody a factor').toBe('/sign-in');
          const enrol = await signIn(browser, stale, user);
          expect(enrol.url.pathname).toBe('/second-factor/enrol');
        }));

      it('is asked for again when a remembered browser has had its time', () =>
        inForce(async () => {
          const user = await somebody();
          const app = await withAuthenticator(running.service, user);
          const browser = aBrowser(running.service);
          const page = await signIn(browser, await browser.visit(bare.request().url), user);
          const end = await browser.submit(page, '#verify', { code: app.code(), remember: 'yes' });
          expect(end.answer).toHaveProperty('code');
          await get(SessionsService).endAll(user.id);
          clock.advance('30d');
          await signIn(browser, await open(browser), user);
          await expectNoSession(user.id);
          await expectNothingFor(bare, browser);
        }));
    });

    it('by the client is not passed by in a browser that is remembered', async () => {
      const [user, bare, browser] = [await aUser(running.service), await aBareClient(), aBrowser(running.service)];
      const app = await withAuthenticator(running.service, user);
      const page = await signIn(browser, await open(browser), user);
      await browser.submit(page, '#verify', { code: app.code(), remember: 'yes' });
      await get(SessionsService).endAll(user.id);
      const { lift } = await demand('the client', '', bare);
      expect((await signIn(browser, await open(browser), user)).url.pathname).toBe('/account');
      await expectNothingFor(bare, browser);
      const asked = await browser.visit(bare.request().url);
      const sent = bare.request();
      clock.advance('30s');
      expect(asked.url.pathname).toBe('/second-factor');
      const again = await browser.visit(sent.url);
      const { answer: got } = await browser.submit(again, '#verify', { code: app.code() });
      const { body } = await bare.redeem({ ...sent, code: String(got['code']) });
      expect(decodeJwt(String(body['id_token']))).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
      await lift();
    });
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
