import { expect, it } from 'vitest';
import { PasskeysService, RecoveryCodes } from '#authentication/index.js';
import { CompanySettingsService, type CompanySettings } from '#settings/index.js';
import { withMailCodes } from '../support/authenticator.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aUser } from '../support/given.js';
import { aPasskeyHolder, ON_A_NAMED_HOST } from '../support/passkeys.js';
import { signIn } from '../support/signing-in.js';

onEveryDatabase(
  'second factors on the account pages',
  (running) => {
    const company = async (changes: Partial<CompanySettings>): Promise<void> => {
      await running.service.app.get(CompanySettingsService, { strict: false }).change(changes);
    };

    it('keep the last passkey where the company requires a factor, until there is another', async () => {
      const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
      await aPasskeyHolder(running.service, browser, user);
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

    it('give no recovery codes to whoever has no factor that they stand in for', async () => {
      const [user, browser] = [await aUser(running.service), aBrowser(running.service)];
      await signIn(browser, await browser.visit(running.service.url('/sign-in')), user);
      const page = await browser.visit(running.service.url('/account/second-factors'));
      await browser.submit(page, 'action=recovery');
      expect(await running.service.app.get(RecoveryCodes, { strict: false }).find(user.id)).toBeUndefined();
    });
  },
  ON_A_NAMED_HOST,
);
