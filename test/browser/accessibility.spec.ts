import { describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { SetUpLinks } from '#authentication/index.js';
import { CompanySettingsService } from '#settings/index.js';
import { BareClient } from '../support/bare-client.js';
import { AdminApi } from '../support/admin-api.js';
import { aClient, aUser, uniqueName } from '../support/given.js';
import { linkTo } from '../support/mailbox.js';
import { aPng } from '../support/pictures.js';
import { givenFrom, selfRegistered } from '../support/self-registered.js';
import { check } from './support/axe.js';
import { aVisitor, signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

describe('every page for everybody: WCAG 2.2 AA by axe-core, in light and dark, at 320 and 1280 px', () => {
  const stage = setStage({
    client: {
      clientName: 'Reisekostenabrechnungsverwaltungsgesellschaft',
      optionalScope: ['email', 'address'],
      policyUri: 'https://travel.acme.example/privacy',
      tosUri: 'https://travel.acme.example/terms',
    },
    scope: 'openid profile email address offline_access',
    env: { CLIENT_REGISTRATION: 'open' },
  });

  it('sign-in, also with an error, and consent', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await check(page, 'Sign in');
    await signIn(page, { ...alice, password: 'a wrong one' });
    await page.waitForSelector('#form-error');
    await check(page, 'Sign in');
    await page.evaluate(`document.querySelector('form').noValidate = true`);
    await signIn(page, { username: '', password: '' });
    await page.waitForSelector('#username-error');
    await check(page, 'Sign in');
    await signIn(page, alice);
    await page.waitForSelector('#consent-allow');
    await check(page, 'wants to use your');
    await page.uncheck('input[name=scope][value=address]');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(site.start({ scope: 'openid profile address' }));
    await page.click('details summary');
    await check(page, 'wants to use your');
  });

  it('sign-in after too many wrong passwords', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    for (let tries = 0; tries < 11; tries++) {
      await signIn(page, { ...alice, password: 'a wrong one' });
      await page.waitForSelector('#form-error');
    }
    expect(await page.getByRole('alert').innerText()).toContain('paused');
    await check(page, 'Sign in');
  });

  it('sign-in again, and the choice of an account', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    await page.goto(service.url('/account'));
    await check(page, 'Sign in');
    await signIn(page, alice);
    await page.goto(site.start({ prompt: 'login' }));
    await check(page, 'Sign in again');
    await page.goto(site.start({ prompt: 'select_account' }));
    await check(page, 'Choose an account');
  });

  it('account, applications, sessions', async () => {
    const { visitor, site, service, alice, browser } = stage;
    const { page } = visitor;
    await page.goto(service.url('/account/applications'));
    await signIn(page, alice);
    await page.waitForSelector('nav');
    await check(page, 'Applications');
    await page.goto(site.start());
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(service.url('/account'));
    await check(page, 'Your account');
    await page.goto(service.url('/account/applications'));
    await check(page, 'Applications');
    for (let others = 0; others < 2; others++) {
      const other = await aVisitor(browser);
      await other.page.goto(service.url('/account'));
      await signIn(other.page, alice);
      await other.page.waitForURL(service.url('/account'));
      await other.close();
    }
    await page.goto(service.url('/account/sessions'));
    await check(page, 'Where you are signed in');
    await page
      .getByRole('button', { name: /Sign out/ })
      .first()
      .click();
    await page.getByRole('status').waitFor();
    await check(page, 'Where you are signed in');
  });

  it('profile, also refused and with a picture, my apps, and the own password', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const name = 'Reisekostenabrechnungsbeauftragtenstellvertretung';
    const attribute = { name: 'stellvertretung', type: 'string', title: name, list: true };
    const api = await AdminApi.of(service);
    await api.made('/user-attributes', { ...attribute, visible_to: 'user', editable_by: 'user' });
    await page.goto(service.url('/account/profile'));
    await signIn(page, alice);
    await page.waitForSelector('#profile');
    await check(page, 'Your profile');
    await page.setInputFiles('#picture', {
      name: 'a.png',
      mimeType: 'image/png',
      buffer: aPng({ width: 64, height: 64 }),
    });
    await page.click('#set-picture');
    await page.waitForSelector('#remove-picture');
    await check(page, 'Your profile');
    await page.fill('#website', 'nowhere');
    await page.click('#save-profile');
    await page.waitForSelector('#form-error');
    await check(page, 'Your profile');
    await page.goto(service.url('/account/apps'));
    await check(page, 'Your applications');
    await page.goto(service.url('/account/password'));
    await check(page, 'Change your password');
  });

  it('the mails of a developer, and one of them', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    await page.goto(service.url('/reset-password'));
    await page.fill('#username', alice.username);
    await page.click('#ask-reset');
    await linkTo(service, alice.claims.email ?? '');
    await page.goto(service.url('/dev/mails'));
    await check(page, 'Mails');
  });

  it('what is known of oneself, linked accounts, and the end of the account', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    await service.app.get(CompanySettingsService, { strict: false }).change({ accountDeletion: 'self-service' });
    await page.goto(service.url('/account/history'));
    await signIn(page, alice);
    await page.waitForURL(service.url('/account/history'));
    await check(page, 'What happened with your account');
    await page.goto(service.url('/account/identities'));
    await check(page, 'Accounts elsewhere that lead here');
    await page.goto(service.url('/account/export'));
    await check(page, 'What is kept of you');
    await page.click('#to-delete');
    await check(page, 'Delete your account');
  });

  it('signing out, and after it', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    await page.goto(service.url('/account'));
    await signIn(page, alice);
    await page.getByRole('link', { name: 'Sign out' }).click();
    await check(page, 'Sign out?');
    await page.click('#logout-confirm');
    await check(page, 'You have signed out');
  });

  it('errors: a bad request, a page that is not there, a finished sign-in', async () => {
    const { visitor, site, service } = stage;
    const { page } = visitor;
    await page.goto(service.url('/oauth2/authorize?client_id=nobody&response_type=code'));
    await check(page, "request can't be answered");
    await page.goto(service.url('/no-such-page'));
    await check(page, 'There is no page here');
    await page.goto(site.start());
    const again = page.url();
    await page.click('#cancel');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(again);
    await check(page, 'finished');
  });

  it('consent to claims that are asked for by name', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    const claims = { userinfo: { phone_number: { essential: true }, email: null }, id_token: { birthdate: null } };
    await page.goto(site.start({ scope: 'openid profile', claims: JSON.stringify(claims) }));
    await signIn(page, alice);
    await page.waitForSelector('#consent-allow');
    await check(page, 'wants to use your');
  });

  it('consent to claims of the company, with their values', async () => {
    const { visitor, service } = stage;
    const { page } = visitor;
    const [scope, attribute] = [uniqueName('staff'), 'abteilungsbezeichnung'];
    const api = await AdminApi.of(service);
    await api.made('/scopes', { name: scope, title: 'Where you work' });
    await api.made('/user-attributes', { name: attribute, type: 'string', title: 'Department' });
    const mappings = `/scopes/${scope}/claim-mappings`;
    await api.made(mappings, { claim: 'department', source: 'attribute', attribute, include_in: ['id_token'] });
    await api.made(mappings, { claim: 'groups', source: 'groups', groups: 'all', include_in: ['userinfo'] });
    const value = 'Reisekostenabrechnungsverwaltungsgesellschaftsaufsicht';
    const user = await aUser(service, { attributes: { [attribute]: value } });
    const client = await aClient(service, { clientName: 'Directory', scope: ['openid', scope] });
    await page.goto(new BareClient(service, client).request({ scope: `openid ${scope}` }).url);
    await signIn(page, user);
    await page.waitForSelector('#consent-allow');
    await check(page, 'wants to use your');
    const text = await page.locator('main').innerText();
    for (const said of ['Where you work', value]) expect(text).toContain(said);
  });

  it('sign-in and consent for an application that registered itself', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const registered = await selfRegistered(service, {
      client_name: 'Reisekostenvoranschlagsgenehmigungsverfahren',
      policy_uri: 'https://rp.example/privacy',
      tos_uri: 'https://rp.example/terms',
    });
    await page.goto(new BareClient(service, givenFrom(registered)).request({ scope: 'openid email' }).url);
    await check(page, 'Sign in');
    await signIn(page, alice);
    await page.waitForSelector('#consent-allow');
    await check(page, 'wants to use your');
  });

  it('an error in a request object', async () => {
    const { visitor, site, service } = stage;
    const request = { client_id: site.client.clientId, request: 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA' };
    await visitor.page.goto(service.url(`/oauth2/authorize?${new URLSearchParams(request).toString()}`));
    await check(visitor.page, "request can't be answered");
  });

  it('signing out at applications', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    const waiting = `${site.origin}/waiting`;
    const clients = service.app.get(ClientsService, { strict: false });
    await clients.update(site.client.clientId, { frontchannelLogoutUri: waiting });
    await page.route(`${waiting}**`, () => undefined); // never answered, so that the page stays
    await page.clock.install();
    await page.goto(site.start());
    await signIn(page, alice);
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(site.signOut);
    await page.click('#logout-confirm', { noWaitAfter: true });
    await page.waitForSelector('#continue');
    await check(page, 'Signing you out');
    await clients.update(site.client.clientId, { frontchannelLogoutUri: null });
  });

  it('set-up, also with an error, and the next steps', async () => {
    const { visitor, service } = stage;
    const { page } = visitor;
    const link = await service.app.get(SetUpLinks, { strict: false }).issue();
    await page.goto(link ?? '');
    await check(page, 'Set up your sign-in service');
    await page.fill('#email', 'root@acme.example');
    await page.fill('#name', 'Root');
    await page.fill('#password', 'password12345678');
    await page.click('#set-up');
    await page.waitForSelector('#form-error, .steps');
    await check(page, 'Set up your sign-in service');
    await page.fill('#password', 'a river runs through the meadow');
    await page.click('#set-up');
    await page.waitForSelector('.steps');
    await check(page, 'is ready');
    await page.goto(service.url('/account'));
    await check(page, 'Your account');
  });

  it('the documentation of the administration API', { timeout: 120_000 }, async () => {
    const { visitor, service } = stage;
    await visitor.page.goto(service.url('/api/docs'));
    await check(visitor.page, 'API');
  });

  it('a user with a very long name', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    const name = 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff der Ältere von und zu Rechtsschutzversicherung';
    const long = await aUser(service, {
      claims: { ...alice.claims, name, email: `${'a'.repeat(60)}@${'b'.repeat(60)}.example` },
    });
    await page.goto(site.start());
    await signIn(page, long);
    await page.waitForSelector('#consent-allow');
    await check(page, 'wants to use your');
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(service.url('/account'));
    await check(page, 'Your account');
  });
});
