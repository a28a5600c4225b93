import { expect, it } from 'vitest';
import { AdminApi } from '../support/admin-api.js';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, anApi, aSignInReadyToHappen, aUser, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const SCOPE = 'openid email offline_access';

onEveryDatabase('what an administrator does takes effect at once: it', (running) => {
  interface Story {
    readonly api: AdminApi;
    readonly bare: BareClient;
    readonly alice: GivenUser;
    readonly browser: UserAgent;
    readonly tokens: SignedIn;
  }

  async function aSignedInUser(): Promise<Story> {
    const api = await AdminApi.of(running.service);
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const bare = new BareClient(running.service, client);
    const tokens = await bare.signIn(browser, alice, { scope: SCOPE });
    await expectAlive({ api, bare, alice, browser, tokens });
    return { api, bare, alice, browser, tokens };
  }

  /** Another client, so that introspection is asked by one that still may. */
  const introspected = async (token: string): Promise<unknown> => {
    const orders = await anApi(running.service);
    const other = new BareClient(
      running.service,
      await aClient(running.service, { scope: ['openid', ...orders.scopes] }),
    );
    return (await other.introspect(token)).body;
  };

  async function expectAlive({ bare, browser, tokens }: Story): Promise<void> {
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
    expect((await bare.introspect(tokens.accessToken)).body['active']).toBe(true);
    expect((await bare.introspect(tokens.refreshToken)).body['active']).toBe(true);
    expect((await browser.visit(running.service.url('/account'))).url.pathname).toBe('/account');
  }

  async function expectTokensDead({ bare, tokens }: Story): Promise<void> {
    const userinfo = await bare.userinfo(tokens.accessToken);
    expect(userinfo.status).toBe(401);
    expect(userinfo.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await introspected(tokens.accessToken)).toEqual({ active: false });
    expect(await introspected(tokens.refreshToken)).toEqual({ active: false });
    expect((await bare.refresh(tokens.refreshToken)).status).toBeGreaterThanOrEqual(400);
  }

  const pageOfAccount = async (browser: UserAgent): Promise<string> =>
    (await browser.visit(running.service.url('/account'))).url.pathname;

  it('ends everything of a user who is disabled, and gives nothing back when they are enabled again', async () => {
    const story = await aSignedInUser();
    const { api, bare, alice, browser, tokens } = story;
    const pending = await bare.obtainCode(browser, alice, { scope: SCOPE });
    const path = `/users/${alice.id}`;
    expect((await api.patch(path, { status: 'disabled' })).status).toBe(200);
    await expectTokensDead(story);
    expect((await bare.redeem(pending)).body['error']).toBe('invalid_grant');
    expect(await pageOfAccount(browser)).toBe('/sign-in');
    expect(await api.all('/sessions', { user_id: alice.id })).toEqual([]);
    const refused = await signIn(browser, await browser.visit(running.service.url('/sign-in')), alice);
    expect(refused.status).toBe(422);
    running.service.clock.advance('1s');
    expect((await api.patch(path, { status: 'active' })).status).toBe(200);
    await expectTokensDead(story);
    expect(await pageOfAccount(browser)).toBe('/sign-in');
    const again = await bare.signIn(browser, alice, { scope: SCOPE });
    expect((await bare.userinfo(again.accessToken)).status).toBe(200);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
  });

  it('ends everything of a user who is deleted', async () => {
    const story = await aSignedInUser();
    const { api, bare, alice, browser } = story;
    const pending = await bare.obtainCode(browser, alice, { scope: SCOPE });
    expect((await api.delete(`/users/${alice.id}`)).status).toBe(204);
    await expectTokensDead(story);
    expect((await bare.redeem(pending)).body['error']).toBe('invalid_grant');
    expect(await pageOfAccount(browser)).toBe('/sign-in');
    expect(await api.all('/consents', { user_id: alice.id })).toEqual([]);
    expect(await api.all('/sessions', { user_id: alice.id })).toEqual([]);
  });

  it('lets a user who is disabled while they decide get no further', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service);
    const api = await AdminApi.of(running.service);
    const bare = new BareClient(running.service, client);
    const consent = await signIn(browser, await browser.visit(bare.request().url), alice);
    expect(consent.html.has('#consent-allow')).toBe(true);
    await api.patch(`/users/${alice.id}`, { status: 'disabled' });
    const after = await browser.submit(consent, '#consent-allow');
    expect(after.leftFor?.searchParams.get('code') ?? null).toBeNull();
  });

  it('ends everything of a client that is disabled, and refuses it everywhere', async () => {
    const story = await aSignedInUser();
    const { api, bare, alice, browser } = story;
    const pending = await bare.obtainCode(browser, alice, { scope: SCOPE });
    const path = `/clients/${bare.client.clientId}`;
    expect((await api.patch(path, { status: 'disabled' })).status).toBe(200);
    await expectTokensDead(story);
    expect((await bare.redeem(pending)).body['error']).toBe('invalid_client');
    expect((await bare.introspect(story.tokens.accessToken)).body['error']).toBe('invalid_client');
    expect((await bare.revoke(story.tokens.refreshToken)).body['error']).toBe('invalid_client');
    const page = await browser.visit(bare.request().url);
    expect([page.status, page.leftFor]).toEqual([400, undefined]);
    expect(await pageOfAccount(browser)).toBe('/account'); // the user stays signed in
    running.service.clock.advance('1s');
    expect((await api.patch(path, { status: 'active' })).status).toBe(200);
    expect((await bare.userinfo(story.tokens.accessToken)).status).toBe(401);
    expect((await bare.refresh(story.tokens.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await bare.redeem(pending)).body['error']).toBe('invalid_grant');
    expect((await bare.signIn(browser, alice, { scope: SCOPE })).response.status).toBe(200);
  });

  it('ends everything of a client that is deleted, consents included', async () => {
    const story = await aSignedInUser();
    const { api, bare, alice, browser } = story;
    expect((await api.delete(`/clients/${bare.client.clientId}`)).status).toBe(204);
    await expectTokensDead(story);
    expect((await bare.refresh(story.tokens.refreshToken)).body['error']).toBe('invalid_client');
    expect(await api.all('/consents', { user_id: alice.id })).toEqual([]);
    expect((await browser.visit(bare.request().url)).status).toBe(400);
    const applications = await browser.visit(running.service.url('/account/applications'));
    expect(applications.html.words).not.toContain('Travel Desk');
  });

  it('ends the own tokens of a client, too', async () => {
    const api = await AdminApi.of(running.service);
    const other = await AdminApi.of(running.service, ['keys:read']);
    const authorization = `Bearer ${await other.token()}`;
    expect((await other.send('GET', '/keys', { authorization })).status).toBe(200);
    await api.patch(`/clients/${other.machine.client.clientId}`, { status: 'disabled' });
    expect((await other.send('GET', '/keys', { authorization })).status).toBe(401);
    running.service.clock.advance('1s');
    await api.patch(`/clients/${other.machine.client.clientId}`, { status: 'active' });
    expect((await other.send('GET', '/keys', { authorization })).status).toBe(401);
    expect((await other.machine.ownToken()).status).toBe(200);
  });

  it('ends every session and refresh token of a user whose password an administrator sets', async () => {
    const story = await aSignedInUser();
    const { api, bare, alice, browser } = story;
    const elsewhere = aBrowser(running.service);
    await bare.signIn(elsewhere, alice);
    const password = 'another walk by the river';
    expect((await api.patch(`/users/${alice.id}`, { password })).status).toBe(200);
    expect(await pageOfAccount(browser)).toBe('/sign-in');
    expect(await pageOfAccount(elsewhere)).toBe('/sign-in');
    await expectTokensDead(story);
    const page = await signIn(browser, await browser.visit(running.service.url('/sign-in')), { ...alice, password });
    expect(page.url.pathname).toBe('/account');
  });

  it('leaves a user alone whose record is changed otherwise', async () => {
    const story = await aSignedInUser();
    expect((await story.api.patch(`/users/${story.alice.id}`, { nickname: 'Ali', groups: [] })).status).toBe(200);
    await expectAlive(story);
    const userinfo = await story.bare.userinfo(
      (await story.bare.signIn(story.browser, story.alice, { scope: 'openid profile' })).accessToken,
    );
    expect(userinfo.body['nickname']).toBe('Ali');
  });

  it('shuts out a user who leaves the groups that may use a client', async () => {
    const api = await AdminApi.of(running.service);
    const group = String((await api.made('/groups', { name: `sales-${Math.random()}` }))['name']);
    const client = await aClient(running.service, { allowedGroups: [group] });
    const alice = await aUser(running.service, { groups: [group] });
    const [bare, browser] = [new BareClient(running.service, client), aBrowser(running.service)];
    const tokens = await bare.signIn(browser, alice, { scope: SCOPE });
    expect((await api.patch(`/users/${alice.id}`, { groups: [] })).status).toBe(200);
    expect((await bare.ask(browser, alice)).answer['error']).toBe('access_denied');
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(400);
  });

  it('takes a redirect URI away at once', async () => {
    const { api, bare, browser } = await aSignedInUser();
    const moved = await api.patch(`/clients/${bare.client.clientId}`, { redirect_uris: ['https://rp.example/new'] });
    expect(moved.status).toBe(200);
    const page = await browser.visit(bare.request().url);
    expect([page.status, page.leftFor]).toEqual([400, undefined]);
  });

  it('narrows what a client may ask for at once', async () => {
    const { api, bare, alice, browser, tokens } = await aSignedInUser();
    expect((await api.patch(`/clients/${bare.client.clientId}`, { scope: 'openid' })).status).toBe(200);
    expect((await bare.ask(browser, alice, { scope: 'email' })).answer['error']).toBe('invalid_scope');
    const refreshed = await bare.refresh(tokens.refreshToken);
    expect([refreshed.status, refreshed.body['scope']]).toEqual([200, 'openid']);
    expect((await bare.userinfo(String(refreshed.body['access_token']))).body).toEqual({ sub: alice.id });
  });
});
