import { expect, it } from 'vitest';
import { PasskeysService, RecoveryCodes, SecondFactors } from '#authentication/index.js';
import { CompanySettingsService, SECOND_FACTOR_KINDS, type CompanySettings } from '#settings/index.js';
import { withAuthenticator, withMailCodes, withRecoveryCodes } from '../support/authenticator.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser, type GivenUser } from '../support/given.js';
import { aPasskeyHolder, ON_A_NAMED_HOST, signInByPasskey } from '../support/passkeys.js';
import { signIn } from '../support/signing-in.js';

const PAGE = '/account/second-factors';
const EVERY_KIND = [...SECOND_FACTOR_KINDS];

onEveryDatabase(
  'second factors on the account pages',
  (running) => {
    const company = async (changes: Partial<CompanySettings>): Promise<void> => {
      await running.service.app.get(CompanySettingsService, { strict: false }).change(changes);
    };

    /** Somebody who signed in by a passkey of theirs, which is all that is asked for where a factor is required. */
    const byPasskey = async () => {
      const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
      const authenticator = await aPasskeyHolder(running.service, aBrowser(running.service), user);
      await signInByPasskey(browser, await browser.visit(running.service.url('/sign-in')), authenticator);
      return { user, browser };
    };

    it('keep the last passkey where the company requires a factor, until there is another', async () => {
      const { user, browser } = await byPasskey();
      const passkeys = running.service.app.get(PasskeysService, { strict: false });
      const id = (await passkeys.listByUser(user.id))[0]?.id ?? '';
      await company({ secondFactor: 'required' });
      try {
        const page = await browser.visit(running.service.url('/account/passkeys'));
        expect((await browser.submit(page, 'action=remove', { id })).status).toBe(422);
        expect(await passkeys.countOfUser(user.id)).toBe(1);
        await withMailCodes(running.service, user);
        await browser.submit(page, 'action=remove', { id });
        expect(await passkeys.countOfUser(user.id)).toBe(0);
      } finally {
        await company({ secondFactor: 'optional' });
      }
    });

    it('take recovery codes along when the last passkey goes, as they stand in for nothing then', async () => {
      const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
      await aPasskeyHolder(running.service, browser, user);
      await withRecoveryCodes(running.service, user);
      const id = (await running.service.app.get(PasskeysService, { strict: false }).listByUser(user.id))[0]?.id ?? '';
      const page = await browser.visit(running.service.url('/account/passkeys'));
      expect((await browser.submit(page, 'action=remove', { id })).url.search).toBe('?done=removed');
      expect(await codesOf(user)).toBeUndefined();
    });

    it('keep one where one is required, when the last two are removed at the same moment', async () => {
      const { user, browser } = await byPasskey();
      await withAuthenticator(running.service, user);
      const passkeys = running.service.app.get(PasskeysService, { strict: false });
      const passkey = (await passkeys.listByUser(user.id))[0]?.id ?? '';
      const app = await onlyFactorOf(user);
      const [ofFactors, ofPasskeys] = [
        await browser.visit(running.service.url(PAGE)),
        await browser.visit(running.service.url('/account/passkeys')),
      ];
      await company({ secondFactor: 'required' });
      try {
        await Promise.all([
          browser.submit(ofFactors, 'action=remove', { id: app }),
          browser.submit(ofPasskeys, 'action=remove', { id: passkey }),
        ]);
        expect((await passkeys.countOfUser(user.id)) + (await factorsOf(user)).length).toBe(1);
      } finally {
        await company({ secondFactor: 'optional' });
      }
    });

    const signedIn = async () => {
      const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
      await signIn(browser, await browser.visit(running.service.url('/sign-in')), user);
      return { user, open: () => browser.visit(running.service.url(PAGE)), browser };
    };
    const factorsOf = ({ id }: GivenUser) => running.service.app.get(SecondFactors, { strict: false }).listByUser(id);
    const codesOf = ({ id }: GivenUser) => running.service.app.get(RecoveryCodes, { strict: false }).find(id);

    it('give recovery codes to whoever has a factor that they stand in for, and to nobody else', async () => {
      const { user, open, browser } = await signedIn();
      expect((await open()).html.source).not.toContain('value="recovery"');
      await withMailCodes(running.service, user);
      const page = await open();
      await running.service.app.get(SecondFactors, { strict: false }).remove(user.id, await onlyFactorOf(user));
      await browser.submit(page, 'action=recovery');
      expect(await codesOf(user), 'of a page that is older than the removal').toBeUndefined();
      await withMailCodes(running.service, user);
      await browser.submit(page, 'action=recovery');
      expect(await codesOf(user)).toMatchObject({ unused: 10 });
    });

    const onlyFactorOf = async (user: GivenUser): Promise<string> => (await factorsOf(user))[0]?.id ?? '';

    it('give no recovery codes where the company does not allow that kind', async () => {
      const { user, open, browser } = await signedIn();
      await withMailCodes(running.service, user);
      const page = await open();
      await company({ secondFactorKinds: ['totp', 'mail_code'] });
      try {
        expect((await open()).html.source).not.toContain('value="recovery"');
        await browser.submit(page, 'action=recovery');
        expect(await codesOf(user)).toBeUndefined();
      } finally {
        await company({ secondFactorKinds: EVERY_KIND });
      }
    });

    it('keep the last factor of a kind that will do where one is required; one of another kind may go', async () => {
      const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
      await withMailCodes(running.service, user);
      const phone = await withAuthenticator(running.service, user);
      const asked = await signIn(browser, await browser.visit(running.service.url('/sign-in')), user);
      await browser.submit(asked, '#verify', { code: phone.code() });
      const factors = await factorsOf(user);
      const [mail, app] = ['mail_code', 'totp'].map((kind) => factors.find((factor) => factor.kind === kind)?.id);
      const page = await browser.visit(running.service.url(PAGE));
      await company({ secondFactor: 'required', secondFactorKinds: ['totp', 'recovery_codes'] });
      try {
        const kept = await browser.submit(page, 'action=remove', { id: app ?? '' });
        expect([kept.url.search, (await factorsOf(user)).length]).toEqual(['?done=needed', 2]);
        await browser.submit(page, 'action=remove', { id: mail ?? '' });
        expect(await factorsOf(user)).toMatchObject([{ id: app, kind: 'totp' }]);
      } finally {
        await company({ secondFactor: 'optional', secondFactorKinds: EVERY_KIND });
      }
      await browser.submit(page, 'action=remove', { id: app ?? '' });
      expect(await factorsOf(user)).toEqual([]);
    });
  },
  ON_A_NAMED_HOST,
);
