import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import type { UpstreamProvider } from '#federation/index.js';
import { SessionsService } from '#sessions/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { UsersService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { withAuthenticator, withMailCodes } from '../support/authenticator.js';
import { onEveryDatabase } from '../support/every-database.js';
import { FakeProvider } from '../support/fake-provider.js';
import { aBrowser, aUser, uniqueName } from '../support/given.js';
import { LdapServer } from '../support/ldap-server.js';
import { linkTo } from '../support/mailbox.js';
import { DEMANDS, RequiredFactor } from '../support/required-factor.js';
import { signIn } from '../support/signing-in.js';
import { aProvider } from '../support/upstream-gatehouse.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW_PASSWORD = 'another long walk by the river';
const SEARCHER = { dn: `uid=searcher,ou=people,${LdapServer.baseDn}`, password: 'only looking for people' };
const env: NodeJS.ProcessEnv = {};
let fake: FakeProvider;
let ldap: LdapServer | undefined;

beforeAll(async () => {
  fake = await FakeProvider.start();
  fake.discover('/idp', fake.url('/idp'));
  if (LdapServer.isInstalled) {
    ldap = await LdapServer.start();
    await ldap.addPerson('searcher', SEARCHER.password);
  }
  const allowed = [fake.host, ...(ldap === undefined ? [] : [ldap.allowed])].join(',');
  Object.assign(env, { ...fake.env, OUTBOUND_ALLOW: allowed, SIGN_UP: 'open' });
}, 60_000);
afterAll(async () => {
  await fake.close();
  await ldap?.close();
});

onEveryDatabase(
  'the routes to a session where a second factor is required',
  (running) => {
    const get = <T>(type: abstract new (...parameters: never[]) => T): T =>
      running.service.app.get<T>(type, { strict: false });
    const open = (browser: UserAgent, path = '/sign-in'): Promise<Visit> => browser.visit(running.service.url(path));

    describe.each(DEMANDS)('by %s', (by) => {
      const inForce = (story: (required: RequiredFactor) => Promise<void>): Promise<void> =>
        RequiredFactor.inForce(running.service, by, story);

      it('lead from a link for a new password to the factor, in the request that waited', () =>
        inForce(async (required) => {
          for (const has of [true, false]) {
            const [user, browser] = [await required.somebody(), aBrowser(running.service)];
            if (has) await withAuthenticator(running.service, user);
            if (has) await withMailCodes(running.service, user);
            const waiting = await browser.visit(required.client.request().url);
            const ask = await browser.visit(new URL(hrefOf(waiting, 'forgot-password'), waiting.url));
            running.service.clock.advance('1s'); // so that the newest mail is the one that this asks for
            await browser.submit(ask, '#ask-reset', { username: user.username });
            const link = await linkTo(running.service, user.claims.email ?? '');
            const set = await browser.submit(await browser.visit(link), '#set-password', { password: NEW_PASSWORD });
            const onward = await browser.visit(new URL(hrefOf(set, 'onward'), set.url));
            expect(onward.html.has('#password')).toBe(true);
            const next = await signIn(browser, onward, { ...user, password: NEW_PASSWORD });
            expect(next.url.pathname).toBe(has ? '/second-factor' : '/second-factor/enrol');
            const query = next.url.search;
            expect((await open(browser, `/second-factor${query}&way=mail_code`)).html.has('#send-code')).toBe(false);
            await required.expectNoSession(user.id);
            await required.expectNothingFor(browser);
          }
        }));

      it('lead from a link that confirms an address to nothing but that', () =>
        inForce(async (required) => {
          const claims = { email: `${uniqueName('nora')}@corp.example` };
          const wish = { claims, groups: required.groups, requiredActions: ['verify_email' as const] };
          const [user, browser] = [await aUser(running.service, wish), aBrowser(running.service)];
          await withAuthenticator(running.service, user);
          await required.lift();
          const app = await withAuthenticator(running.service, user);
          const page = await signIn(browser, await open(browser), user);
          const asked = await browser.submit(page, '#verify', { code: app.code() });
          expect(asked.url.pathname).toBe('/sign-in/verify-email');
          running.service.clock.advance('1s');
          await browser.submit(asked, '#send-link');
          const link = await linkTo(running.service, claims.email);
          await required.demand();
          const again = aBrowser(running.service);
          await signIn(again, await open(again), user);
          const done = await again.submit(await again.visit(link), '#verify-email');
          expect(done.html.has('#outcome-email-confirmed')).toBe(true);
          for (const path of ['/account', '/sign-in/verify-email']) {
            expect((await open(again, path)).url.pathname, path).not.toBe('/account');
          }
          await required.expectNoSession(user.id);
          await required.expectNothingFor(again);
        }));

      it('lead from a link that makes an account to setting a factor up', () =>
        inForce(async (required) => {
          const [browser, email] = [aBrowser(running.service), `${uniqueName('newcomer')}@corp.example`];
          const waiting = await browser.visit(required.client.request().url);
          const ask = await browser.visit(new URL(hrefOf(waiting, 'sign-up-link'), waiting.url));
          await browser.submit(ask, '#sign-up', { email });
          const form = await browser.visit(await linkTo(running.service, email));
          const made = await browser.submit(form, '#create-account', { name: 'Nora', password: NEW_PASSWORD });
          const { id = '' } = (await get(UsersService).findByLogin(email)) ?? {};
          if (by === 'a group') return; // whoever makes an account alone is in none
          expect(made.url.pathname).toBe('/second-factor/enrol');
          expect(made.html.has('#use-mail'), 'next to a link in a mail').toBe(false);
          await required.expectNoSession(id);
          await required.expectNothingFor(browser);
        }));

      it.skipIf(!LdapServer.isInstalled)('lead from the password of a directory to the factor', () =>
        inForce(async (required) => {
          const api = await AdminApi.of(running.service);
          const directory = await api.made('/directories', {
            name: uniqueName('directory'),
            urls: [ldap?.secureUrl],
            ca: readFileSync(LdapServer.caFile, 'utf8'),
            bind_dn: SEARCHER.dn,
            bind_password: SEARCHER.password,
            base_dn: LdapServer.baseDn,
          });
          const [username, password] = [uniqueName('ann'), 'a walk with the directory'];
          await ldap?.addPerson(username, password);
          await required.lift();
          const first = aBrowser(running.service);
          expect((await signIn(first, await open(first), { username, password })).url.pathname).toBe('/account');
          const { id = '' } = (await get(UsersService).findByLogin(username)) ?? {};
          await get(UsersService).update(id, { groups: required.groups });
          await required.demand();
          for (const has of [false, true]) {
            if (has) await withAuthenticator(running.service, { id, username, password, claims: {} });
            const browser = aBrowser(running.service);
            const page = await signIn(browser, await browser.visit(required.client.request().url), {
              username,
              password,
            });
            expect(page.url.pathname).toBe(has ? '/second-factor' : '/second-factor/enrol');
            await required.expectNothingFor(browser);
          }
          await api.send('DELETE', `/directories/${String(directory['id'])}`);
        }),
      );

      it.each([
        ['is trusted and had one', true, ['pwd', 'otp'], ['fed', 'mfa'], '2'],
        ['is trusted and says so in one word', true, ['mfa'], ['fed', 'mfa'], '2'],
        ['is trusted and had none', true, ['pwd'], ['fed'], '1'],
        ['is not trusted and had one', false, ['pwd', 'otp', 'mfa'], ['fed'], '1'],
      ] as const)('through a provider that %s (RFC 8176 §2)', (_how, trustAmr, said, amr, acr) =>
        inForce(async (required) => {
          await required.lift();
          const provider = await aProviderThat(trustAmr);
          const person = { sub: uniqueName('sub'), preferred_username: uniqueName('pat'), amr: said };
          const arrival = async () => {
            const [browser, sent] = [aBrowser(running.service), required.client.request()];
            return { browser, sent, page: await arrive(provider, person, browser, await browser.visit(sent.url)) };
          };
          const claimsOf = async ({ sent, page }: Awaited<ReturnType<typeof arrival>>) => {
            const { body } = await required.client.redeem({ ...sent, code: String(page.answer['code']) });
            return decodeJwt(String(body['id_token']));
          };
          expect(await claimsOf(await arrival())).toMatchObject({ amr, acr });
          const { id = '' } = (await get(UsersService).findByLogin(person.preferred_username)) ?? {};
          await get(UsersService).update(id, { groups: required.groups });
          await get(SessionsService).endAll(id);
          await required.demand();
          const again = await arrival();
          if (acr === '2') {
            expect(await claimsOf(again)).toMatchObject({ amr, acr });
            return;
          }
          expect(again.page.url.pathname).toBe('/second-factor/enrol');
          await required.expectNoSession(id);
          await required.expectNothingFor(again.browser);
        }),
      );
    });

    function aProviderThat(trustAmr: boolean): Promise<UpstreamProvider> {
      return aProvider(running.service, {
        ...{ preset: 'oidc', slug: uniqueName('idp'), issuer: fake.url('/idp'), justInTime: true, trustAmr },
        ...{ clientId: 'gatehouse', clientSecret: 'shared-with-the-provider' },
      });
    }

    /** Comes through a provider that says who it is, and how they signed in there. */
    async function arrive(provider: UpstreamProvider, person: object, browser: UserAgent, start: Visit) {
      const departed = await browser.visit(new URL(hrefOf(start, `idp-${provider.slug}`), start.url));
      const asked = departed.leftFor ?? new URL('about:blank');
      const now = running.service.clock.epochSeconds();
      const id_token = await fake.idToken({
        ...{ iss: fake.url('/idp'), aud: 'gatehouse', iat: now, exp: now + 300, ...person },
        nonce: asked.searchParams.get('nonce'),
      });
      fake.on('/token', () => ({ access_token: 'at', token_type: 'bearer', id_token }));
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'the-code');
      back.searchParams.set('state', asked.searchParams.get('state') ?? '');
      return browser.visit(back, { site: 'cross-site' });
    }

    it('through a trusted provider are no passkey, where only that will do', async () => {
      const provider = await aProviderThat(true);
      const person = { sub: uniqueName('sub'), amr: ['pwd', 'hwk', 'mfa'] };
      await get(CompanySettingsService).change({ secondFactor: 'required', secondFactorKinds: ['passkey'] });
      try {
        const browser = aBrowser(running.service);
        const page = await arrive(provider, person, browser, await open(browser));
        expect(page.url.pathname).toBe('/second-factor/enrol');
        expect((await open(browser, '/account')).url.pathname).toBe('/sign-in');
      } finally {
        await get(CompanySettingsService).change({}, { toDefault: ['secondFactor', 'secondFactorKinds'] });
      }
    });

    it('change and read nothing at a step that is not due yet', async () => {
      const wish = { requiredActions: ['change_password' as const, 'verify_email' as const] };
      const [user, browser] = [await aUser(running.service, wish), aBrowser(running.service)];
      const app = await withAuthenticator(running.service, user);
      await get(CompanySettingsService).change({ termsVersion: '1', termsUri: 'https://corp.example/terms' });
      try {
        const page = await signIn(browser, await open(browser), user);
        for (const step of ['change-password', 'verify-email', 'accept-terms']) {
          expect((await open(browser, `/sign-in/${step}`)).url.pathname, step).toBe('/second-factor');
          const posted = await browser.post(running.service.url(`/sign-in/${step}`), {
            ...{ password: NEW_PASSWORD, accept_terms: 'yes', version: '1' },
          });
          expect(posted.url.pathname, step).toBe('/second-factor');
        }
        expect(await get(PasswordsService).matches(user.id, user.password)).toBe(true);
        const next = await browser.submit(page, '#verify', { code: app.code() });
        expect(next.url.pathname).toBe('/sign-in/change-password');
        expect((await open(browser, '/sign-in/accept-terms')).url.pathname).toBe('/sign-in/change-password');
      } finally {
        await get(CompanySettingsService).change({}, { toDefault: ['termsVersion', 'termsUri'] });
      }
    });
  },
  { env: () => ({ ...env }) },
);

function hrefOf(page: Visit, id: string): string {
  const href = page.html.find(id)?.attributes.get('href');
  if (href === undefined) throw new Error(`no #${id} at ${page.url.href}: ${page.html.words.slice(0, 300)}`);
  return href;
}
