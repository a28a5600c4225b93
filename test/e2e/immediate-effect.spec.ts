import { expect, it } from 'vitest';
import { PasswordsService } from '#authentication/index.js';
import { ClientsService } from '#clients/index.js';
import { UsersService } from '#users/index.js';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aMachine, anApi, aSignInReadyToHappen } from '../support/given.js';

onEveryDatabase('immediate effect', (running) => {
  const users = () => running.service.app.get(UsersService, { strict: false });
  const clients = () => running.service.app.get(ClientsService, { strict: false });

  /** A user with a session, a JWT, an opaque token, refresh tokens of both kinds, and a code in flight. */
  async function aUserInTheMidstOfIt() {
    const api = await anApi(running.service, { accessTokenFormat: 'opaque' });
    const scope = ['openid', 'email', 'offline_access', ...api.scopes];
    const ready = await aSignInReadyToHappen(running.service, { scope });
    const bare = new BareClient(running.service, ready.client);
    const online = await bare.signIn(ready.browser, ready.alice, { scope: 'openid' });
    const offline = await bare.signIn(ready.browser, ready.alice, { scope: 'openid email offline_access' });
    const opaque = await bare.signIn(ready.browser, ready.alice, { scope: api.scopes[0] ?? '' });
    const inFlight = await bare.obtainCode(ready.browser, ready.alice);
    return { ...ready, bare, online, offline, opaque, inFlight };
  }

  type Story = Awaited<ReturnType<typeof aUserInTheMidstOfIt>>;

  /** What of it still works, as a list of names. */
  async function whatWorks({ bare, browser, online, offline, opaque, inFlight }: Story): Promise<string[]> {
    const isActive = async (token: string) => (await bare.introspect(token)).body['active'] === true;
    const refreshes = async ({ refreshToken }: SignedIn) => (await bare.refresh(refreshToken)).status === 200;
    const silent = await browser.visit(bare.request({ prompt: 'none' }).url);
    const checks: [string, boolean][] = [
      ['userinfo', (await bare.userinfo(online.accessToken)).status === 200],
      ['introspection of a JWT', await isActive(offline.accessToken)],
      ['introspection of an opaque token', await isActive(opaque.accessToken)],
      ['introspection of a refresh token', await isActive(offline.refreshToken)],
      ['code', (await bare.redeem(inFlight)).status === 200],
      ['refresh', await refreshes(online)],
      ['offline refresh', await refreshes(offline)],
      ['session', silent.leftFor?.searchParams.get('code') != null],
    ];
    return checks.filter(([, works]) => works).map(([name]) => name);
  }

  it('is there to be lost', async () => {
    expect(await whatWorks(await aUserInTheMidstOfIt())).toEqual([
      'userinfo',
      'introspection of a JWT',
      'introspection of an opaque token',
      'introspection of a refresh token',
      'code',
      'refresh',
      'offline refresh',
      'session',
    ]);
  });

  it('of disabling a user: nothing works, and enabling brings nothing back', async () => {
    const story = await aUserInTheMidstOfIt();
    await users().update(story.alice.id, { status: 'disabled' });
    expect(await whatWorks(story)).toEqual([]);
    await users().update(story.alice.id, { status: 'active' });
    expect(await whatWorks(story)).toEqual([]);
  });

  it('of deleting a user', async () => {
    const story = await aUserInTheMidstOfIt();
    await users().delete(story.alice.id);
    expect(await whatWorks(story)).toEqual([]);
  });

  it('of disabling a client: it cannot even ask', async () => {
    const { bare, browser, offline, client } = await aUserInTheMidstOfIt();
    await clients().update(client.clientId, { status: 'disabled' });
    expect((await bare.userinfo(offline.accessToken)).status).toBe(401);
    expect(await bare.refresh(offline.refreshToken)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await bare.introspect(offline.accessToken)).toMatchObject({ status: 401 });
    const page = await browser.visit(bare.request().url);
    expect([page.status, page.leftFor, page.html.text('#error-code')]).toEqual([400, undefined, 'invalid_client']);
  });

  it('of disabling a client, for good: enabling it brings no token back', async () => {
    const story = await aUserInTheMidstOfIt();
    await clients().update(story.client.clientId, { status: 'disabled' });
    running.service.clock.advance('1s');
    await clients().update(story.client.clientId, { status: 'active' });
    expect(await whatWorks(story)).toEqual(['session']);
  });

  it('of deleting a client', async () => {
    const { bare, browser, offline, client } = await aUserInTheMidstOfIt();
    await clients().delete(client.clientId);
    expect((await bare.userinfo(offline.accessToken)).status).toBe(401);
    expect(await bare.refresh(offline.refreshToken)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await browser.visit(bare.request().url)).status).toBe(400);
  });

  it('of disabling a client on the tokens of its own (RFC 7662 §4)', async () => {
    const watcher = await aMachine(running.service, ['clients:read']);
    const api = await anApi(running.service, { introspectionClients: [watcher.clientId] });
    const machine = await aMachine(running.service, api.scopes);
    const token = String((await new BareClient(running.service, machine).ownToken()).body['access_token']);
    const asApi = new BareClient(running.service, watcher);
    expect((await asApi.introspect(token)).body['active']).toBe(true);
    await clients().update(machine.clientId, { status: 'disabled' });
    expect((await asApi.introspect(token)).body).toEqual({ active: false });
  });

  it('of a new password: sessions and refresh tokens end everywhere', async () => {
    const story = await aUserInTheMidstOfIt();
    await running.service.app.get(PasswordsService, { strict: false }).set(story.alice.id, 'another walk by the lake');
    expect(await whatWorks(story)).toEqual([]);
    const page = await aBrowser(running.service).visit(story.bare.request().url);
    expect(page.html.has('#password')).toBe(true);
  });
});
