import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { PasskeysService, PasswordsService } from '#authentication/index.js';
import { SessionsService } from '#sessions/index.js';
import { CompanySettingsService, SECOND_FACTOR_KINDS, type CompanySettings } from '#settings/index.js';
import { UsersService } from '#users/index.js';
import { Authenticator, withAuthenticator, withMailCodes, withRecoveryCodes } from '../support/authenticator.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { linkTo } from '../support/mailbox.js';
import { answer, askedOn } from '../support/passkeys.js';
import { signIn } from '../support/signing-in.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const NEW_PASSWORD = 'another long walk by the river';

onEveryDatabase(
  'a second factor that is set up during the sign-in',
  (running) => {
    const get = <T>(type: abstract new (...parameters: never[]) => T): T =>
      running.service.app.get<T>(type, { strict: false });
    const open = (browser: UserAgent, path: string): Promise<Visit> => browser.visit(running.service.url(path));

    async function whileSettingsAre(changes: Partial<CompanySettings>, story: () => Promise<void>): Promise<void> {
      await get(CompanySettingsService).change(changes);
      try {
        await story();
      } finally {
        const names = Object.keys(changes) as (keyof CompanySettings)[];
        await get(CompanySettingsService).change({}, { toDefault: names });
      }
    }

    const atEnrolment = async (user: GivenUser) => {
      const browser = aBrowser(running.service);
      return { browser, page: await signIn(browser, await open(browser, '/sign-in'), user) };
    };

    it('offers a passkey, which is proven before the session begins (WebAuthn §7.1, §7.2)', () =>
      whileSettingsAre({ secondFactor: 'required' }, async () => {
        const user = await aUser(running.service);
        const { browser, page } = await atEnrolment(user);
        expect(page.url.pathname).toBe('/second-factor/enrol');
        const authenticator = new SoftwareAuthenticator(new URL(running.service.issuer).origin);
        const made = await answer(browser, page, authenticator.register(askedOn(page)));
        expect(made.html.has('#recovery-codes')).toBe(true);
        expect(await get(SessionsService).listByUser(user.id)).toEqual([]);
        const asked = await browser.submit(made, '#continue');
        expect(asked.url.pathname).toBe('/second-factor');
        const done = await answer(browser, asked, authenticator.sign(askedOn(asked)));
        expect(done.url.pathname).toBe('/account');
        const [session] = await get(SessionsService).listByUser(user.id);
        expect(session).toMatchObject({ acr: 'phr', factors: ['passkey'] });
      }));

    it('offers only a passkey where the client demands what nothing else reaches (OIDC Core §5.5.1.1)', async () => {
      const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
      const bare = new BareClient(
        running.service,
        await aClient(running.service, { firstParty: true, consent: 'skip' }),
      );
      const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['phr'] } } });
      const sent = bare.request({ claims });
      const page = await signIn(browser, await browser.visit(sent.url), user);
      expect([page.url.pathname, page.html.has('#add-app'), page.html.has('#use-mail')]).toEqual([
        '/second-factor/enrol',
        false,
        false,
      ]);
      const authenticator = new SoftwareAuthenticator(new URL(running.service.issuer).origin);
      const made = await answer(browser, page, authenticator.register(askedOn(page)));
      const asked = await browser.submit(made, '#continue');
      const { answer: got } = await answer(browser, asked, authenticator.sign(askedOn(asked)));
      const { body } = await bare.redeem({ ...sent, code: String(got['code']) });
      expect(decodeJwt(String(body['id_token']))).toMatchObject({ acr: 'phr' });
    });

    it('takes no passkey that was made elsewhere, and none where they are not allowed', () =>
      whileSettingsAre({ secondFactor: 'required' }, async () => {
        const user = await aUser(running.service);
        const { browser, page } = await atEnrolment(user);
        const elsewhere = new SoftwareAuthenticator('https://elsewhere.example');
        const refused = await answer(browser, page, elsewhere.register(askedOn(page)));
        expect([refused.status, refused.html.has('#form-error')]).toEqual([422, true]);
        const authenticator = new SoftwareAuthenticator(new URL(running.service.issuer).origin);
        await get(CompanySettingsService).change({ secondFactorKinds: ['totp'] });
        const late = await answer(browser, refused, authenticator.register(askedOn(refused)));
        await get(CompanySettingsService).change({}, { toDefault: ['secondFactorKinds'] });
        expect(late.html.source).not.toContain('data-passkey="create"');
        expect(await get(PasskeysService).countOfUser(user.id)).toBe(0);
      }));

    it('says what to do where only codes by mail are allowed and the sign-in rests on the mailbox', () =>
      whileSettingsAre({ secondFactor: 'required', secondFactorKinds: ['mail_code'] }, async () => {
        const user = await aUser(running.service);
        const browser = aBrowser(running.service);
        await browser.submit(await open(browser, '/reset-password'), '#ask-reset', { username: user.username });
        const link = await linkTo(running.service, user.claims.email ?? '');
        await browser.submit(await browser.visit(link), '#set-password', { password: NEW_PASSWORD });
        const { page } = await atEnrolment({ ...user, password: NEW_PASSWORD });
        expect(page.html.words).toContain('Ask your administrator for a new password');
        expect(page.html.has('#sign-in-again')).toBe(false);
        // An administrator does, and the mailbox is a second proof again.
        await get(PasswordsService).set(user.id, user.password);
        expect((await atEnrolment(user)).page.html.has('#use-mail')).toBe(true);
      }));

    it('leads whoever just made the account by a link to one more sign-in, which rests on the password', () =>
      whileSettingsAre({ secondFactor: 'required', secondFactorKinds: ['mail_code'] }, async () => {
        const [browser, email] = [aBrowser(running.service), `${uniqueName('newcomer')}@corp.example`];
        await browser.submit(await open(browser, '/sign-up'), '#sign-up', { email });
        const form = await browser.visit(await linkTo(running.service, email));
        const made = await browser.submit(form, '#create-account', { name: 'Nora', password: NEW_PASSWORD });
        expect(made.html.words).toContain('Sign in once with your new password');
        const again = await open(browser, made.html.find('sign-in-again')?.attributes.get('href') ?? '');
        const user = { username: email, password: NEW_PASSWORD };
        expect((await signIn(browser, again, user)).html.has('#use-mail')).toBe(true);
      }));

    it('asks for an administrator where the address is not confirmed', () =>
      whileSettingsAre({ secondFactor: 'required', secondFactorKinds: ['mail_code'] }, async () => {
        const user = await aUser(running.service, { claims: { email: `${uniqueName('nora')}@corp.example` } });
        expect((await atEnrolment(user)).page.html.words).toContain('Ask your administrator to confirm it');
      }));

    describe('of one user, by enrol_factor', () => {
      const wish = { requiredActions: ['enrol_factor' as const] };
      const actionsOf = async ({ id }: GivenUser) => (await get(UsersService).find(id))?.requiredActions;

      it('is set up at the next sign-in, and then the demand is met', async () => {
        const user = await aUser(running.service, wish);
        const browser = aBrowser(running.service);
        const page = await signIn(browser, await open(browser, '/sign-in'), user);
        expect(page.url.pathname).toBe('/second-factor/enrol');
        expect((await open(browser, '/account')).url.pathname).toBe('/sign-in');
        const seed = (page.html.text('#key') ?? '').replaceAll(' ', '');
        const code = new Authenticator(running.service, seed).code();
        const codes = await browser.submit(page, '#add-app', { code });
        expect((await browser.submit(codes, '#continue')).url.pathname).toBe('/account');
        expect(await actionsOf(user)).toEqual([]);
      });

      it('is met by proving one that there is, of a kind that will do', async () => {
        const user = await aUser(running.service, wish);
        const app = await withAuthenticator(running.service, user);
        await get(UsersService).update(user.id, wish);
        const browser = aBrowser(running.service);
        const asked = await signIn(browser, await open(browser, '/sign-in'), user);
        expect((await browser.submit(asked, '#verify', { code: app.code() })).url.pathname).toBe('/account');
        expect(await actionsOf(user)).toEqual([]);
      });

      it('is not met by recovery codes, nor by a kind that will not do', () =>
        whileSettingsAre(
          { secondFactorKinds: SECOND_FACTOR_KINDS.filter((kind) => kind !== 'mail_code') },
          async () => {
            const user = await aUser(running.service, wish);
            await withRecoveryCodes(running.service, user);
            await withMailCodes(running.service, user);
            expect(await actionsOf(user)).toEqual(['enrol_factor']);
            await withAuthenticator(running.service, user);
            expect(await actionsOf(user)).toEqual([]);
          },
        ));
    });
  },
  { env: (port) => ({ ISSUER: `http://localhost:${port}`, SIGN_UP: 'open' }) },
);
