import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminApi } from '../support/admin-api.js';
import { uniqueName } from '../support/given.js';
import { LdapServer } from '../support/ldap-server.js';
import { check } from './support/axe.js';
import { signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

const SEARCHER = { dn: `uid=searcher,ou=people,${LdapServer.baseDn}`, password: 'only looking for people' };
const PASSWORD = 'a walk with the directory';

describe.skipIf(!LdapServer.isInstalled)('signing in with the password of a directory, in a browser', () => {
  const env: Record<string, string> = {};
  let ldap: LdapServer;
  beforeAll(async () => {
    ldap = await LdapServer.start();
    await ldap.addPerson('searcher', SEARCHER.password);
    env['OUTBOUND_ALLOW'] = ldap.allowed;
  });
  const stage = setStage({
    env,
    prepare: async (service) =>
      (await AdminApi.of(service)).made('/directories', {
        ...{ name: 'Head office', urls: [ldap.secureUrl], base_dn: LdapServer.baseDn },
        ...{ bind_dn: SEARCHER.dn, bind_password: SEARCHER.password, ca: readFileSync(LdapServer.caFile, 'utf8') },
      }),
  });
  afterAll(() => ldap.close());

  it('leads to the application, says at the account where the password is, and says so when the directory is silent', async () => {
    const { visitor, site, service } = stage;
    const { page } = visitor;
    const username = uniqueName('ann');
    await ldap.addPerson(username, PASSWORD);
    await page.goto(site.start());
    await signIn(page, { username, password: 'another one' });
    await page.waitForSelector('#form-error');
    await signIn(page, { username, password: PASSWORD });
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().userInfo).toMatchObject({ email: `${username}@example.test` });
    await page.goto(service.url('/account/password'));
    await check(page, 'Change your password');
    expect(await page.locator('main').innerText()).toContain('directory');
    await ldap.pause();
    await visitor.context.clearCookies();
    await page.goto(service.url('/account'));
    await signIn(page, { username, password: PASSWORD });
    await page.waitForSelector('#form-error');
    await check(page, 'Sign in');
    expect(await page.getByRole('alert').innerText()).toContain('does not answer right now');
    await ldap.resume();
    await signIn(page, { username, password: PASSWORD });
    await page.waitForURL(service.url('/account'));
  });
});
