import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientsService, UsableClients } from '#clients/index.js';
import { GroupsService, UsersService } from '#users/index.js';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, aUser, uniqueName, type ClientWish } from '../support/given.js';
import { signIn } from '../support/signing-in.js';

onEveryDatabase('who may use which client', (running) => {
  async function aGroup(...memberGroups: string[]): Promise<string> {
    const name = uniqueName('group');
    await running.service.app.get(GroupsService, { strict: false }).create({ name, memberGroups });
    return name;
  }

  async function refusedVisitor(wish: ClientWish = {}) {
    const group = await aGroup();
    const client = await aClient(running.service, { allowedGroups: [group], ...wish });
    const [alice, browser, bare] = [
      await aUser(running.service),
      aBrowser(running.service),
      new BareClient(running.service, client),
    ];
    const sent = bare.request();
    const page = await signIn(browser, await browser.visit(sent.url, { site: 'cross-site' }), alice);
    return { group, client, alice, browser, bare, sent, page };
  }

  const putInto = (id: string, ...groups: string[]) =>
    running.service.app.get(UsersService, { strict: false }).update(id, { groups });

  describe('is enforced before consent, with a page that helps', () => {
    it('which says who is signed in, which application it is, and whom to ask', async () => {
      const { alice, page } = await refusedVisitor({ clientName: 'Payroll', contacts: ['payroll@acme.example'] });
      expect([page.status, page.url.pathname]).toEqual([403, '/no-access']);
      for (const said of ['Payroll is not open to you', alice.claims.name ?? '', 'payroll@acme.example']) {
        expect(page.html.words).toContain(said);
      }
      expect(page.html.has('#consent-allow')).toBe(false);
    });

    it('which leads back to the application with access_denied, once (RFC 6749 §4.1.2.1)', async () => {
      const { browser, page, sent } = await refusedVisitor();
      const back = await browser.submit(page, '#cancel');
      expect(back.answer).toMatchObject({ error: 'access_denied', state: sent.state, iss: running.service.issuer });
      const again = await browser.visit(page.url.href);
      expect([again.status, again.leftFor]).toEqual([400, undefined]);
    });

    it('from which another account gets on', async () => {
      const { browser, page, group, bare, sent } = await refusedVisitor();
      const bob = await aUser(running.service, { groups: [group] });
      const signInPage = await browser.submit(page, '#use-another-account');
      expect(signInPage.html.has('#password')).toBe(true);
      const consent = await signIn(browser, signInPage, bob);
      const { answer } = await browser.submit(consent, '#consent-allow');
      const tokens = await bare.redeem({ ...sent, code: answer['code'] ?? '' });
      expect(tokens.status).toBe(200);
    });

    it('which goes on by itself once an administrator lets the user in', async () => {
      const { browser, page, group, alice } = await refusedVisitor();
      await putInto(alice.id, group);
      const next = await browser.visit(page.url.href);
      expect(next.html.has('#consent-allow')).toBe(true);
    });

    it('whose form is only taken from the page itself', async () => {
      const { browser, page } = await refusedVisitor();
      const forged = await browser.post(page.url, { action: 'cancel', csrf: 'forged' });
      expect([forged.leftFor, forged.status]).toEqual([undefined, 400]);
      expect((await browser.visit(page.url.href)).status).toBe(403);
    });

    it('and without a page for prompt=none (OIDC Core §3.1.2.6)', async () => {
      const { browser, bare } = await refusedVisitor();
      const { answer } = await browser.visit(bare.request({ prompt: 'none' }).url, { site: 'cross-site' });
      expect(answer).toMatchObject({ error: 'access_denied' });
      const stranger = await aBrowser(running.service).visit(bare.request({ prompt: 'none' }).url);
      expect(stranger.answer['error']).toBe('login_required');
    });

    it('also for a client that is for nobody, and one of the company that skips consent', async () => {
      for (const wish of [{ allowedGroups: [] }, { firstParty: true, consent: 'skip' } as const]) {
        const { page } = await refusedVisitor(wish);
        expect(page.url.pathname).toBe('/no-access');
      }
    });
  });

  it('ends at once what was granted before: token, refresh, introspection, userinfo, and the way back in', async () => {
    const inner = await aGroup();
    const group = await aGroup(inner);
    const client = await aClient(running.service, { allowedGroups: [group] });
    const [alice, browser] = [await aUser(running.service, { groups: [inner] }), aBrowser(running.service)];
    const bare = new BareClient(running.service, client);
    const tokens = await bare.signIn(browser, alice, { scope: 'openid offline_access' });
    const waiting = await bare.obtainCode(browser, alice);
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(200);
    await putInto(alice.id);
    expect((await bare.introspect(tokens.accessToken)).body).toEqual({ active: false });
    expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
    expect((await bare.userinfo(tokens.accessToken)).status).toBe(401);
    expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
    expect((await bare.redeem(waiting)).body['error']).toBe('invalid_grant');
    expect((await browser.visit(bare.request().url, { site: 'cross-site' })).url.pathname).toBe('/no-access');
    await putInto(alice.id, group);
    expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
  });

  describe('is shown to administrators beforehand', () => {
    async function preview(clientId: string, query: Readonly<Record<string, string>>): Promise<Json> {
      const api = await AdminApi.of(running.service, ['clients:read']);
      const { status, body, text } = await api.get(`/clients/${clientId}/access`, query);
      if (status !== 200) throw new Error(text);
      return body;
    }

    it('rule by rule, with the way through the groups', async () => {
      const inner = await aGroup();
      const outer = await aGroup(inner);
      const { clientId } = await aClient(running.service, { allowedGroups: [outer] });
      const alice = await aUser(running.service, { groups: [inner] });
      for (const user of [alice.id, alice.username.toUpperCase(), alice.claims.email ?? '']) {
        expect(await preview(clientId, { user })).toMatchObject({
          client_id: clientId,
          user_id: alice.id,
          username: alice.username,
          allowed: true,
          rules: [
            { rule: 'client_active', holds: true },
            { rule: 'user_active', holds: true },
            { rule: 'group', holds: true, via: [{ group: outer, directly: false, through: [inner] }] },
            { rule: 'scope', holds: true },
          ],
        });
      }
      const bob = await aUser(running.service);
      expect(await preview(clientId, { user: bob.id })).toMatchObject({ allowed: false });
    });

    it('with what of the scope the user could grant', async () => {
      const { clientId } = await aClient(running.service, { scope: ['openid', 'users:write'] });
      const alice = await aUser(running.service);
      expect(await preview(clientId, { user: alice.id })).toMatchObject({ allowed: true, grantable_scope: 'openid' });
      expect(await preview(clientId, { user: alice.id, scope: 'users:write' })).toMatchObject({
        allowed: false,
        grantable_scope: '',
      });
    });

    it('to whoever may read clients, for users and clients that are there', async () => {
      const { clientId } = await aClient(running.service);
      const api = await AdminApi.of(running.service);
      for (const [query, pointers] of [
        [{}, ['#/user']],
        [{ user: 'nobody-at-all' }, ['#/user']],
        [{ user: 'a', other: 'b' }, ['#/other']],
        [{ user: '' }, ['#/user']],
      ] as const) {
        const refused = await api.get(`/clients/${clientId}/access`, query);
        expect([refused.status, pointersOf(refused)]).toEqual([422, pointers]);
      }
      const twice = await api.get(`/clients/${clientId}/access?user=a&user=b`);
      expect([twice.status, pointersOf(twice)]).toEqual([422, ['#/user']]);
      expect((await api.get('/clients/no-such/access', { user: 'a' })).status).toBe(404);
      const other = await AdminApi.of(running.service, ['users:read']);
      expect((await other.get(`/clients/${clientId}/access`, { user: 'a' })).status).toBe(403);
    });

    it('exactly as it comes about at sign-in, whatever the groups, states and scopes are', async () => {
      const inner = await aGroup();
      const outer = await aGroup(inner);
      const api = await AdminApi.of(running.service);
      const { clientId, ...client } = await aClient(running.service, {
        firstParty: true,
        consent: 'skip',
        scope: ['openid', 'email', 'users:read'],
      });
      const alice = await aUser(running.service);
      const bare = new BareClient(running.service, { ...client, clientId });
      const clients = running.service.app.get(ClientsService, { strict: false });
      const names = [inner, outer, 'administrators'];
      const situation = fc.record({
        groups: fc.subarray(names),
        allowedGroups: fc.option(fc.subarray(names)),
        scope: fc.subarray(['openid', 'email', 'users:read'], { minLength: 1 }),
      });
      const refusals: number[] = [];
      await fc.assert(
        fc.asyncProperty(situation, async ({ groups, allowedGroups, scope }) => {
          await putInto(alice.id, ...groups);
          await clients.update(clientId, { allowedGroups });
          const browser = aBrowser(running.service);
          await signIn(browser, await browser.visit(running.service.url('/sign-in')), alice);
          const asked = { scope: scope.join(' ') };
          const { body } = await api.get(`/clients/${clientId}/access`, { user: alice.id, ...asked });
          const visit = await browser.visit(bare.request(asked).url, { site: 'cross-site' });
          expect(visit.leftFor?.searchParams.has('code') ?? false).toBe(body['allowed']);
          expect(visit.url.pathname === '/no-access').toBe(body['allowed'] === false);
          if (body['allowed'] === false) refusals.push(1);
        }),
        { numRuns: 15, seed: 4 },
      );
      expect(refusals.length).toBeGreaterThan(1);
      expect(refusals.length).toBeLessThan(15);
    });
  });

  it('tells which applications are for somebody, from memory', async () => {
    const group = await aGroup();
    const named = (clientName: string, wish: ClientWish = {}) =>
      aClient(running.service, { clientName: `${group} ${clientName}`, ...wish });
    await named('B open');
    await named('A members', { allowedGroups: [group] });
    await named('C nobody', { allowedGroups: [] });
    await named('D disabled', { status: 'disabled' });
    await aMachine(running.service, ['openid'], { clientName: `${group} E machine` });
    const alice = await aUser(running.service, { groups: [group] });
    const usable = async (id: string) => {
      const user = await running.service.app.get(UsersService, { strict: false }).find(id);
      const clients = await running.service.app.get(UsableClients, { strict: false }).by(user ?? failed());
      return clients.map(({ clientName = '' }) => clientName).filter((name) => name.startsWith(group));
    };
    expect(await usable(alice.id)).toEqual([`${group} A members`, `${group} B open`]);
    await putInto(alice.id);
    expect(await usable(alice.id)).toEqual([`${group} B open`]);
  });
});

function failed(): never {
  throw new Error('no user');
}
