import { expect, it } from 'vitest';
import { ConsentService } from '#consent/index.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import { anApi, aSignInReadyToHappen, type ClientWish } from '../support/given.js';

const FOREVER = { consent: { duration: 'forever' } };
const PAGE = '/account/applications';

onEveryDatabase('an approval, scope by scope', (running) => {
  async function approved(duration = 'forever', wish: ClientWish = {}) {
    const api = await anApi(running.service, { accessTokenFormat: 'opaque' });
    const [read = '', write = ''] = api.scopes;
    const scope = ['openid', 'email', 'offline_access', read, write];
    const made = await aSignInReadyToHappen(running.service, { scope, optionalScope: ['email', write], ...wish });
    const bare = new BareClient(running.service, made.client);
    const tokens = await bare.signIn(made.browser, made.alice, { scope: scope.join(' ') }, { consent: { duration } });
    const [consent] = await running.service.app.get(ConsentService, { strict: false }).listByUser(made.alice.id);
    return { ...made, bare, tokens, read, write, id: consent?.id ?? '', scope: scope.join(' ') };
  }

  const scopeOf = async (bare: BareClient, token: string) => (await bare.introspect(token)).body['scope'];

  async function everything(bare: BareClient, tokens: SignedIn) {
    const identity = await bare.refresh(tokens.refreshToken, { scope: 'openid' });
    return {
      access: await scopeOf(bare, tokens.accessToken),
      refreshed: identity.body['scope'] ?? identity.body['error'],
      refresh: await scopeOf(bare, String(identity.body['refresh_token'])),
      userinfo: await bare.userinfo(String(identity.body['access_token'])),
    };
  }

  it('is narrowed by its user: introspection, userinfo and the next refresh are narrower at once', async () => {
    const { bare, browser, tokens, read, write, id } = await approved();
    expect(await scopeOf(bare, tokens.accessToken)).toBe(`openid email offline_access ${read} ${write}`);
    const done = await browser.submit(await browser.visit(PAGE), 'action=narrow', { id, scope: [write] });
    expect(done.html.words).toContain('has lost what you unticked');
    expect(await scopeOf(bare, tokens.accessToken)).toBe(`openid offline_access ${read} ${write}`);
    expect(await scopeOf(bare, tokens.refreshToken)).toBe(`openid offline_access ${read} ${write}`);
    const now = await bare.refresh(tokens.refreshToken);
    expect(now.body['scope']).toBe(`openid offline_access ${read} ${write}`);
    expect((await bare.refresh(String(now.body['refresh_token']), { scope: 'email' })).body['error']).toBe(
      'invalid_scope',
    );
    const page = await browser.visit(bare.request({ scope: 'openid email' }).url);
    expect(page.html.has('#consent-allow')).toBe(true);
    expect(page.html.words).toContain('new');
    expect((await browser.visit(bare.request({ scope: `openid ${write}` }).url)).answer).toHaveProperty('code');
  });

  it('keeps what the client cannot do without, whatever the form says', async () => {
    const { bare, browser, tokens, read, id } = await approved();
    await browser.submit(await browser.visit(PAGE), 'action=narrow', { id, scope: [] });
    expect(await scopeOf(bare, tokens.accessToken)).toBe(`openid offline_access ${read}`);
  });

  it('is nobody else’s to narrow', async () => {
    const [one, other] = [await approved(), await approved()];
    const { action, entries } = press((await other.browser.visit(PAGE)).html, 'action=narrow', { scope: [] });
    const forged = entries.map(([name, value]): [string, string] => [name, name === 'id' ? one.id : value]);
    await other.browser.post(new URL(action, running.service.url('/')), forged);
    expect(await scopeOf(one.bare, one.tokens.accessToken)).toContain('email');
  });

  it('ends a scope that is unticked when everything is asked again, in every token there is', async () => {
    const { bare, browser, alice, tokens, read, write, scope } = await approved();
    await bare.signIn(browser, alice, { scope, prompt: 'consent' }, { consent: { scope: [write] } });
    expect(await scopeOf(bare, tokens.accessToken)).toBe(`openid offline_access ${read} ${write}`);
  });

  it('runs out with immediate effect, for what it was given for and no more', async () => {
    const { bare, browser, alice, tokens } = await approved('days:30');
    running.service.clock.advance('10d');
    const kept = await bare.signIn(browser, alice, { scope: 'openid offline_access' });
    const before = await everything(bare, kept);
    expect(before).toMatchObject({ refreshed: 'openid' });
    expect(before.userinfo.status).toBe(200);
    running.service.clock.advance('20d');
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
    expect((await bare.userinfo(kept.accessToken)).status).toBe(401);
    expect((await bare.introspect(kept.accessToken)).body).toEqual({ active: false });
  });

  it('runs out within the life of a token, also to the minute', async () => {
    const { bare, browser, alice, read, write, scope } = await approved('days:1', { consentMaxDays: 1 });
    running.service.clock.advance('86100s');
    const tokens = await bare.signIn(browser, alice, { scope });
    expect(await scopeOf(bare, tokens.accessToken)).toBe(`openid email offline_access ${read} ${write}`);
    running.service.clock.advance('299s');
    expect((await bare.introspect(tokens.accessToken)).body['active']).toBe(true);
    running.service.clock.advance('1s');
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
  });

  it('lasts longer for tokens, too, when it is given for longer', async () => {
    const { bare, browser, alice, tokens, scope } = await approved('days:1', { consentMaxDays: 1 });
    await bare.signIn(browser, alice, { scope, prompt: 'consent' }, FOREVER);
    running.service.clock.advance('2d');
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
  });

  it('keeps what was granted for this time only as long as its tokens', async () => {
    const { bare, tokens } = await approved('once');
    running.service.clock.advance('1d');
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
  });

  it('is on record with what was taken back', async () => {
    const api = await AdminApi.of(running.service);
    const { browser, alice, write, id } = await approved();
    await browser.submit(await browser.visit(PAGE), 'action=narrow', { id, scope: [write] });
    const [event] = await api.all('/audit-events', { user_id: alice.id, name: 'consent.narrowed' });
    expect(event?.['details']).toEqual({ scopes: ['email'], claims: [] });
  });
});
