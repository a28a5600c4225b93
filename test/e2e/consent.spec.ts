import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { ConsentService } from '#consent/index.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { aBrowser, aSignInReadyToHappen, aUser, anApi, type ClientWish } from '../support/given.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

onEveryDatabase('consent', (running) => {
  async function aClientOfOrders(wish: ClientWish = {}) {
    const api = await anApi(running.service);
    const [read = '', write = ''] = api.scopes;
    const scope = ['openid', 'email', 'profile', 'offline_access', read, write];
    const ready = await aSignInReadyToHappen(running.service, { scope, optionalScope: ['email', write], ...wish });
    return { ...ready, api, read, write, bare: new BareClient(running.service, ready.client) };
  }

  const boxes = ({ html }: Visit) =>
    html.tags
      .filter(({ attributes }) => attributes.get('name') === 'scope' && attributes.get('type') === 'checkbox')
      .map(({ attributes }) => attributes.get('value'));

  it('says who is signed in, who asks, and what for', async () => {
    const { bare, alice, browser, read } = await aClientOfOrders();
    const page = await signIn(browser, await browser.visit(bare.request({ scope: `openid email ${read}` }).url), alice);
    const { words } = page.html;
    for (const text of [
      'Travel Desk',
      'rp.example',
      alice.username,
      `Use ${read}`,
      String(alice.claims.email),
      'Orders',
    ]) {
      expect(words).toContain(text);
    }
    expect(page.html.has('#use-another-account')).toBe(true);
    expect(page.headers.get('content-security-policy')).toMatch(/form-action 'self' https:\/\/rp\.example/);
  });

  it('leaves optional scopes to the user: what is unticked is not granted, and the token says so', async () => {
    const { bare, alice, browser, read, write } = await aClientOfOrders();
    const scope = `openid email ${read} ${write}`;
    const page = await signIn(browser, await browser.visit(bare.request({ scope }).url), alice);
    expect(boxes(page).sort()).toEqual(['email', write].sort());
    const tokens = await bare.signIn(browser, alice, { scope }, { consent: { scope: [] } });
    expect(tokens.response.body['scope']).toBe(`openid ${read}`);
    expect(decodeJwt(tokens.accessToken)['scope']).toBe(`openid ${read}`);
    expect((await bare.userinfo(tokens.accessToken)).body).toEqual({ sub: alice.id });
    expect((await bare.introspect(tokens.accessToken)).body['scope']).toBe(`openid ${read}`);
  });

  it('grants the optional ones that are ticked, and all required ones', async () => {
    const { bare, alice, browser, read, write } = await aClientOfOrders();
    const tokens = await bare.signIn(
      browser,
      alice,
      { scope: `openid email ${read} ${write}` },
      { consent: { scope: [write] } },
    );
    expect(tokens.response.body['scope']).toBe(`openid ${read} ${write}`);
  });

  it('grants no scope that was not offered, however the form was changed', async () => {
    const { bare, alice, browser, read, write } = await aClientOfOrders();
    const page = await signIn(browser, await browser.visit(bare.request({ scope: `openid ${read}` }).url), alice);
    const { action, entries } = press(page.html, '#consent-allow', {});
    for (const forged of [write, 'clients:write', 'profile']) {
      const refused = await browser.post(new URL(action, page.url), [...entries, ['scope', forged]]);
      expect([refused.status, refused.leftFor]).toEqual([400, undefined]);
    }
    const { answer } = await browser.submit(page, '#consent-allow');
    expect(answer).toHaveProperty('code');
  });

  it('is remembered, so that nobody is asked twice', async () => {
    const { bare, alice, browser, read } = await aClientOfOrders();
    await bare.signIn(browser, alice, { scope: `openid email ${read}` });
    expect((await browser.visit(bare.request({ scope: `${read} openid` }).url)).answer).toHaveProperty('code');
    const elsewhere = aBrowser(running.service);
    const page = await elsewhere.visit(bare.request({ scope: `openid email ${read}` }).url);
    expect((await signIn(elsewhere, page, alice)).answer).toHaveProperty('code');
  });

  it('is remembered for one user and one client only', async () => {
    const { bare, alice, browser } = await aClientOfOrders();
    await bare.signIn(browser, alice);
    const bob = await aUser(running.service);
    const bobs = aBrowser(running.service);
    expect((await signIn(bobs, await bobs.visit(bare.request().url), bob)).html.has('#consent-allow')).toBe(true);
    const other = await aClientOfOrders();
    expect((await browser.visit(other.bare.request().url)).html.has('#consent-allow')).toBe(true);
  });

  it('asks later only for what is new, marked as such, with the rest folded away', async () => {
    const { bare, alice, browser, read, write } = await aClientOfOrders();
    await bare.signIn(browser, alice, { scope: `openid ${read}` });
    const page = await browser.visit(bare.request({ scope: `openid email ${read} ${write}` }).url);
    expect(boxes(page).sort()).toEqual(['email', write].sort());
    const folded = page.html.tags.find(({ name }) => name === 'details');
    const details = page.html.source.slice(folded?.start, folded === undefined ? 0 : page.html.endOf(folded));
    expect(details).toContain(`Use ${read}`);
    expect(details).not.toContain(`Use ${write}`);
    const code = (await browser.submit(page, '#consent-allow', { scope: [write] })).answer['code'];
    expect(code).toBeDefined();
    const tokens = await bare.signIn(browser, alice, { scope: `openid ${read} ${write}` });
    expect(tokens.response.body['scope']).toBe(`openid ${read} ${write}`);
  });

  it.each([
    ['once', '0s', '1s'],
    ['days:30', '29d', '2d'],
  ])('lasts as long as the user says: %s', async (duration, shorter, longer) => {
    const { bare, alice, browser } = await aClientOfOrders();
    await bare.signIn(browser, alice, {}, { consent: { duration } });
    running.service.clock.advance(shorter);
    const asks = async () => {
      const again = aBrowser(running.service);
      return (await signIn(again, await again.visit(bare.request().url), alice)).html.has('#consent-allow');
    };
    expect(await asks()).toBe(duration === 'once');
    running.service.clock.advance(longer);
    expect(await asks()).toBe(true);
  });

  it('lasts until it is taken back when the user says forever', async () => {
    const { bare, alice, browser } = await aClientOfOrders();
    await bare.signIn(browser, alice, {}, { consent: { duration: 'forever' } });
    running.service.clock.advance('3650d');
    const page = await browser.visit(bare.request().url);
    expect((await signIn(browser, page, alice)).answer).toHaveProperty('code');
  });

  it('tells the client access_denied, and remembers nothing, when the user says no (RFC 6749 §4.1.2.1)', async () => {
    const { bare, alice, browser } = await aClientOfOrders();
    const sent = bare.request();
    const page = await signIn(browser, await browser.visit(sent.url), alice);
    const denied = await browser.submit(page, '#consent-deny');
    expect(denied.answer).toMatchObject({ error: 'access_denied', state: sent.state, iss: running.service.issuer });
    expect(denied.answer).not.toHaveProperty('code');
    expect((await browser.visit(bare.request().url)).html.has('#consent-allow')).toBe(true);
  });

  it('takes no decision that is not one', async () => {
    const { bare, alice, browser } = await aClientOfOrders();
    const page = await signIn(browser, await browser.visit(bare.request().url), alice);
    const { action, entries } = press(page.html, '#consent-allow', {});
    for (const decision of ['maybe', 'ALLOW', '']) {
      const forged = entries.map(([name, value]): [string, string] => [name, name === 'decision' ? decision : value]);
      const again = await browser.post(new URL(action, page.url), forged);
      expect(again.status).toBe(422);
      expect(again.html.has('#form-error')).toBe(true);
    }
  });

  it('can be given with another account, chosen on the page', async () => {
    const { bare, alice, browser } = await aClientOfOrders();
    const bob = await aUser(running.service);
    const sent = bare.request();
    const page = await signIn(browser, await browser.visit(sent.url), alice);
    const form = await browser.submit(page, '#use-another-account');
    expect(form.html.has('#password')).toBe(true);
    const { answer } = await throughEveryPage(browser, form, bob);
    const { body } = await bare.redeem({ ...sent, code: answer['code'] ?? '' });
    expect(decodeJwt(String(body['id_token'])).sub).toBe(bob.id);
  });

  it('is not asked for by a first-party client that skips, and shows in the account as given by the company', async () => {
    const { bare, alice, browser, client } = await aClientOfOrders({ firstParty: true, consent: 'skip' });
    const { answer } = await signIn(
      browser,
      await browser.visit(bare.request({ scope: 'openid offline_access' }).url),
      alice,
    );
    expect(answer).toHaveProperty('code');
    const [given] = await running.service.app.get(ConsentService, { strict: false }).listByUser(alice.id);
    expect(given).toMatchObject({ clientId: client.clientId, givenBy: 'company' });
    const page = await browser.visit(running.service.url('/account/applications'));
    expect(page.html.words).toContain('Travel Desk');
  });

  it('is asked every time by a client that any program could pretend to be (RFC 8252 §8.6)', async () => {
    const { bare, alice, browser } = await aClientOfOrders({
      profile: 'native',
      redirectUris: ['com.example.orders:/callback'],
    });
    await bare.signIn(browser, alice);
    expect((await browser.visit(bare.request().url)).html.has('#consent-allow')).toBe(true);
    expect((await browser.visit(bare.request({ prompt: 'none' }).url)).answer['error']).toBe('consent_required');
  });

  it('is asked every time by a client whose record says so', async () => {
    const { bare, alice, browser } = await aClientOfOrders({ consent: 'always' });
    await bare.signIn(browser, alice);
    expect((await browser.visit(bare.request().url)).html.has('#consent-allow')).toBe(true);
  });

  it('can be narrowed: what is unticked when asked again is not granted any more', async () => {
    const { bare, alice, browser, write } = await aClientOfOrders();
    const scope = `openid email ${write}`;
    await bare.signIn(browser, alice, { scope });
    await bare.signIn(browser, alice, { scope, prompt: 'consent' }, { consent: { scope: ['email'] } });
    expect((await browser.visit(bare.request({ scope, prompt: 'none' }).url)).answer['error']).toBe('consent_required');
    expect((await browser.visit(bare.request({ scope: 'openid email', prompt: 'none' }).url)).answer).toHaveProperty(
      'code',
    );
  });

  it('is taken back in the account, and everything that rests on it ends at once', async () => {
    const { bare, alice, browser } = await aClientOfOrders();
    const tokens = await bare.signIn(browser, alice, { scope: 'openid email offline_access' });
    const waiting = await bare.obtainCode(browser, alice);
    const other = await aClientOfOrders();
    const others = await other.bare.signIn(browser, alice);
    const page = await browser.visit(running.service.url('/account/applications'));
    const consents = await running.service.app.get(ConsentService, { strict: false }).listByUser(alice.id);
    const id = consents.find(({ clientId }) => clientId === bare.client.clientId)?.id ?? '';
    await browser.submit(page, 'action=withdraw', { id });
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await bare.redeem(waiting)).body['error']).toBe('invalid_grant');
    expect((await browser.visit(bare.request().url)).html.has('#consent-allow')).toBe(true);
    expect((await other.bare.userinfo(others.accessToken)).status).toBe(200);
  });

  it('is nobody else’s to take back', async () => {
    const { bare, alice, browser } = await aClientOfOrders();
    const tokens = await bare.signIn(browser, alice);
    const [bob, bobs] = [await aUser(running.service), aBrowser(running.service)];
    await bare.signIn(bobs, bob);
    const [consent] = await running.service.app.get(ConsentService, { strict: false }).listByUser(alice.id);
    const page = await bobs.visit(running.service.url('/account/applications'));
    const { action, entries } = press(page.html, 'action=withdraw', {});
    const forged = entries.map(([name, value]): [string, string] => [
      name,
      name === 'id' ? (consent?.id ?? '') : value,
    ]);
    await bobs.post(new URL(action, page.url), forged);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
  });

  it('notices a client that was disabled while the user was deciding (architecture 5, step 6)', async () => {
    const { bare, alice, browser, client } = await aClientOfOrders();
    const page = await signIn(browser, await browser.visit(bare.request().url), alice);
    await running.service.app.get(ClientsService, { strict: false }).update(client.clientId, { status: 'disabled' });
    const stuck = await browser.submit(page, '#consent-allow');
    expect([stuck.leftFor, stuck.status]).toEqual([undefined, 400]);
  });
});
