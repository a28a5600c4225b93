import { expect, it } from 'vitest';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { anApi, aSignInReadyToHappen } from '../support/given.js';
import { signIn } from '../support/signing-in.js';

onEveryDatabase('what the company approves for everybody', (running) => {
  async function ready(approved: (read: string) => readonly string[]) {
    const admin = await AdminApi.of(running.service);
    const api = await anApi(running.service);
    const [read = '', write = ''] = api.scopes;
    const scope = ['openid', 'email', 'offline_access', read, write];
    const made = await aSignInReadyToHappen(running.service, { scope, optionalScope: [write] });
    const path = `/clients/${made.client.clientId}`;
    const change = async (names: readonly string[] | null) => {
      const answer = await admin.patch(path, { company_approved_scope: names?.join(' ') ?? null });
      running.service.clock.advance('2s');
      return answer;
    };
    await change(approved(read));
    return { ...made, admin, bare: new BareClient(running.service, made.client), read, write, path, change };
  }

  it('is granted without a question, and stands in the account as approved by the company', async () => {
    const { bare, alice, browser, admin, read } = await ready((name) => ['openid', 'email', name]);
    const scope = `openid email ${read}`;
    const { answer } = await signIn(browser, await browser.visit(bare.request({ scope }).url), alice);
    expect(answer).toHaveProperty('code');
    const page = await browser.visit('/account/applications');
    expect(page.html.words).toContain('Allowed by Gatehouse');
    expect(page.html.words).toContain('approved by Gatehouse');
    const [consent] = await admin.all('/consents', { user_id: alice.id });
    expect(consent).toMatchObject({ given_by: 'company' });
    expect((await browser.visit(bare.request({ scope, prompt: 'none' }).url)).answer).toHaveProperty('code');
  });

  it('leaves the rest to the user, who sees what the company approved', async () => {
    const { bare, alice, browser, admin, read, write } = await ready((name) => ['openid', name]);
    const page = await signIn(
      browser,
      await browser.visit(bare.request({ scope: `openid email ${read} ${write}` }).url),
      alice,
    );
    expect(page.html.words).toContain('Already allowed');
    expect(page.html.words).toContain('approved by Gatehouse');
    expect((await browser.submit(page, '#consent-allow', { scope: [] })).answer).toHaveProperty('code');
    const [consent] = await admin.all('/consents', { user_id: alice.id });
    expect(consent?.['given_by']).toBe('user');
    const givers = (consent?.['scopes'] as readonly Json[]).map((one) => [one['scope'], one['given_by']]);
    expect(givers.sort()).toEqual(
      [
        ['openid', 'company'],
        ['email', 'user'],
        [read, 'company'],
      ].sort(),
    );
    expect((await browser.visit('/account/applications')).html.words).toContain('approved by Gatehouse');
  });

  it('ends for everybody at once when the company takes it back, and the user is asked again', async () => {
    const { bare, alice, browser, read, change } = await ready((name) => ['openid', 'offline_access', name]);
    const scope = `openid email offline_access ${read}`;
    const tokens = await bare.signIn(browser, alice, { scope }, { consent: { duration: 'forever' } });
    const ofRefresh = async () => (await bare.introspect(tokens.refreshToken)).body['scope'];
    expect(await ofRefresh()).toBe(scope);
    await change(['openid', 'offline_access']);
    expect(await ofRefresh()).toBe('openid email offline_access');
    expect((await bare.refresh(tokens.refreshToken, { scope: read })).body['error']).toBe('invalid_scope');
    const page = await browser.visit(bare.request({ scope }).url);
    expect(page.html.words).toContain(`Use ${read}`);
    await browser.submit(page, '#consent-allow', { duration: 'forever' });
    await change(null);
    const asked = await browser.visit(bare.request({ scope }).url);
    expect(asked.html.has('#consent-allow')).toBe(true);
    await browser.submit(asked, '#consent-allow', { duration: 'forever' });
    expect((await browser.visit(bare.request({ scope }).url)).answer).toHaveProperty('code');
  });

  it('stays when the company takes back what the user approved, too', async () => {
    const { bare, alice, browser, read, change } = await ready(() => []);
    const scope = `openid offline_access ${read}`;
    const tokens = await bare.signIn(browser, alice, { scope }, { consent: { duration: 'forever' } });
    await change(['openid', read]);
    await bare.signIn(browser, alice, { scope });
    await change(null);
    expect((await bare.introspect(tokens.refreshToken)).body['scope']).toBe(scope);
    expect((await browser.visit(bare.request({ scope }).url)).answer).toHaveProperty('code');
  });

  it('is part of what the client may ask', async () => {
    const { admin, path, change } = await ready(() => ['openid']);
    expect((await admin.get(path)).body['company_approved_scope']).toBe('openid');
    expect(pointersOf(await change(['openid', 'address']))).toEqual(['#/company_approved_scope']);
  });

  it('shows the page all the same when the client asks for it (OIDC Core §3.1.2.1)', async () => {
    const { bare, alice, browser } = await ready(() => ['openid']);
    const page = await signIn(browser, await browser.visit(bare.request({ prompt: 'consent' }).url), alice);
    expect(page.html.has('#consent-allow')).toBe(true);
  });
});
