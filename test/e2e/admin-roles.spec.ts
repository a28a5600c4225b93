import { expect, it } from 'vitest';
import { ADMIN_SCOPES } from '#resources/index.js';
import type { UserInput } from '#users/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { withAuthenticator } from '../support/authenticator.js';
import { BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aUser, uniqueName, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';

const WEB = { redirect_uris: ['https://rp.example/cb'] };

/** Somebody who administers, with a token of theirs. */
interface Person {
  readonly id: string;
  readonly scope: string;
  send(method: string, path: string, body?: object): Promise<Answer>;
}

/** How somebody signed in, and how long ago when they got the token. */
interface Strength {
  readonly strong: boolean;
  readonly wait?: '16m';
}

onEveryDatabase('roles in the administration', (running) => {
  async function tokenOf(user: GivenUser, { strong, wait }: Strength): Promise<{ token: string; scope: string }> {
    const { service } = running;
    const scope = [...ADMIN_SCOPES, 'openid'];
    const bare = new BareClient(service, await aClient(service, { scope, firstParty: true, consent: 'skip' }));
    const wish = { scope: scope.join(' '), resource: `${service.issuer}/api/v1`, ...(strong && { acr_values: '2' }) };
    const browser = aBrowser(service);
    const app = strong ? await withAuthenticator(service, user) : undefined;
    const sent = bare.request(wish);
    const asked = await signIn(browser, await browser.visit(sent.url), user);
    const done = app === undefined ? asked : await browser.submit(asked, '#verify', { code: app.code() });
    if (wait !== undefined) service.clock.advance(wait);
    const again = bare.request(wish);
    const { answer } = wait === undefined ? done : await browser.visit(again.url);
    const { body } = await bare.redeem({ ...(wait === undefined ? sent : again), code: answer['code'] ?? '' });
    return { token: String(body['access_token']), scope: String(body['scope']) };
  }

  async function person(wish: Partial<UserInput>, strength: Strength = { strong: true }): Promise<Person> {
    const user = await aUser(running.service, wish);
    const { token, scope } = await tokenOf(user, strength);
    const api = await AdminApi.of(running.service, []);
    const send = (method: string, path: string, body?: object): Promise<Answer> =>
      api.send(method, path, {
        authorization: `Bearer ${token}`,
        ...(body && { body: JSON.stringify(body), type: 'application/json' }),
      });
    return { id: user.id, scope, send };
  }

  const adminScopesIn = ({ scope }: Person) => scope.split(' ').filter((name) => ADMIN_SCOPES.includes(name));

  it('give an auditor everything to read, and nothing to change', async () => {
    const auditor = await person({ adminRole: 'auditor' });
    expect(adminScopesIn(auditor).sort()).toEqual(ADMIN_SCOPES.filter((name) => name.endsWith(':read')).sort());
    for (const path of ['/clients', '/users', '/audit-events', '/keys', '/settings']) {
      expect((await auditor.send('GET', path)).status, path).toBe(200);
    }
    expect((await auditor.send('POST', '/groups', { name: uniqueName('group') })).status).toBe(403);
    const client = await aClient(running.service);
    const simulated = await auditor.send('POST', '/simulate', {
      ...{ client_id: client.clientId, user: auditor.id, scope: 'openid' },
    });
    expect([simulated.status, simulated.body['outcome']]).toEqual([200, 'issued']);
  });

  it('let the help desk unlock and reset, and never grant', async () => {
    const { service } = running;
    const [helper, alice, admin] = [
      await person({ adminRole: 'help_desk' }),
      await aUser(service),
      await AdminApi.of(service),
    ];
    const at = `/users/${alice.id}`;
    expect((await helper.send('PATCH', at, { password: 'twelve grey scooters' })).status).toBe(200);
    expect((await helper.send('PATCH', at, { required_actions: ['change_password'] })).status).toBe(200);
    for (const grant of [{ groups: ['administrators'] }, { admin_role: 'help_desk' }, { email_verified: true }]) {
      expect((await helper.send('PATCH', at, grant)).status, JSON.stringify(grant)).toBe(403);
    }
    expect((await helper.send('POST', '/users', { username: uniqueName('made') })).status).toBe(403);
    expect((await helper.send('DELETE', at)).status).toBe(403);
    expect((await helper.send('GET', '/clients')).status).toBe(403);
    expect((await helper.send('POST', '/simulate', { client_id: 'any' })).status).toBe(403);
    const colleague = await aUser(service, { adminRole: 'auditor' });
    const boss = await aUser(service, { groups: ['administrators'] });
    for (const { id } of [colleague, boss]) {
      const refused = await helper.send('PATCH', `/users/${id}`, { password: 'thirteen grey scooters' });
      expect(refused.status).toBe(403);
    }
    const theirs = async (user: GivenUser): Promise<string> => {
      const browser = aBrowser(service);
      await signIn(browser, await browser.visit(service.url('/sign-in')), user);
      const [session] = await admin.all('/sessions', { user_id: user.id });
      return `/sessions/${String(session?.['id'])}`;
    };
    for (const user of [colleague, boss, await aUser(service, { adminRole: 'owner' })]) {
      const session = await theirs(user);
      expect((await helper.send('DELETE', session)).status).toBe(403);
      expect((await admin.get(session)).status).toBe(200);
      expect((await admin.delete(session)).status).toBe(204);
    }
    expect((await helper.send('DELETE', await theirs(await aUser(service)))).status).toBe(204);
    const fail = async (): Promise<number> => {
      const browser = aBrowser(service);
      const page = await browser.visit(service.url('/sign-in'));
      return (await browser.submit(page, '#sign-in', { username: alice.username, password: 'wrong' })).status;
    };
    for (let count = 0; count < 10; count += 1) await fail();
    expect(await fail()).toBe(429);
    expect((await helper.send('GET', `${at}/lock`)).body).toEqual({ failures: 10, locked: true });
    expect((await helper.send('DELETE', `${at}/lock`)).status).toBe(204);
    expect((await helper.send('GET', `${at}/lock`)).body).toEqual({ failures: 0, locked: false });
    expect(await fail()).toBe(422);
    expect((await admin.get(at)).body).not.toHaveProperty('admin_role');
  });

  it('show a client manager the clients that they own, and let them decide about these alone', async () => {
    const [manager, admin] = [await person({ adminRole: 'client_manager' }), await AdminApi.of(running.service)];
    const foreign = await admin.made('/clients', WEB);
    const own = await manager.send('POST', '/clients', { ...WEB, client_name: 'Mine' });
    expect(own).toMatchObject({ status: 201, body: { owner: manager.id } });
    const id = String(own.body['client_id']);
    const { body } = await manager.send('GET', '/clients');
    expect((body['items'] as Json[]).map((one) => one['client_id'])).toEqual([id]);
    expect((await manager.send('PATCH', `/clients/${id}`, { client_name: 'Still mine' })).status).toBe(200);
    expect((await manager.send('POST', `/clients/${id}/secrets`)).status).toBe(201);
    for (const raise of [
      { owner: 'another' },
      { first_party: true },
      { company_approved_scope: 'openid' },
      { vetted: true },
      { scope: 'openid users:write' },
    ]) {
      expect((await manager.send('PATCH', `/clients/${id}`, raise)).status, JSON.stringify(raise)).toBe(403);
    }
    const theirs = `/clients/${String(foreign['client_id'])}`;
    for (const path of [theirs, `${theirs}/secrets`, `${theirs}/versions`, `${theirs}/versions/1`])
      expect((await manager.send('GET', path)).status).toBe(404);
    expect((await manager.send('DELETE', theirs)).status).toBe(404);
    expect((await manager.send('POST', `${theirs}/secrets`)).status).toBe(404);
    expect((await manager.send('POST', `${theirs}/versions/1/restore`)).status).toBe(404);
    expect((await manager.send('POST', `/clients/${id}/versions/1/restore`)).body).toMatchObject({
      client_name: 'Mine',
    });
    expect((await admin.patch(`/clients/${id}`, { company_approved_scope: 'openid' })).status).toBe(200);
    expect((await manager.send('POST', `/clients/${id}/versions/1/restore`)).status).toBe(403);
    expect((await admin.patch(theirs, { owner: 'nobody' })).status).toBe(422);
    expect((await admin.patch(theirs, { owner: manager.id })).body).toMatchObject({ owner: manager.id });
    expect((await manager.send('GET', theirs)).status).toBe(200);
    expect((await admin.all('/clients', { owner: manager.id })).length).toBe(2);
  });

  it('are given by others: nobody raises themselves, and owners are changed by owners', async () => {
    const { service } = running;
    const [owner, administrator] = [await person({ adminRole: 'owner' }), await person({ groups: ['administrators'] })];
    const raise = await administrator.send('PATCH', `/users/${administrator.id}`, { admin_role: 'owner' });
    expect(raise.status).toBe(403);
    const helper = await aUser(service, { adminRole: 'help_desk' });
    expect((await administrator.send('PATCH', `/users/${helper.id}`, { admin_role: 'auditor' })).status).toBe(200);
    expect((await administrator.send('PATCH', `/users/${helper.id}`, { admin_role: 'owner' })).status).toBe(403);
    expect((await administrator.send('PATCH', `/users/${owner.id}`, { status: 'disabled' })).status).toBe(403);
    expect((await administrator.send('DELETE', `/users/${owner.id}`)).status).toBe(403);
    expect((await owner.send('PATCH', `/users/${helper.id}`, { admin_role: 'owner' })).status).toBe(200);
    const weak = await AdminApi.of(service, ['users:read', 'users:write']);
    expect((await weak.patch(`/users/${helper.id}`, { admin_role: null })).status).toBe(403);
    const admin = await AdminApi.of(service);
    expect((await admin.patch(`/users/${helper.id}`, { admin_role: null })).status).toBe(200);
  });

  it('always leave an owner', async () => {
    const admin = await AdminApi.of(running.service);
    const one = await aUser(running.service, { adminRole: 'owner' });
    const owners = (await admin.all('/users')).filter((user) => user['admin_role'] === 'owner');
    for (const { id } of owners) if (id !== one.id) await admin.delete(`/users/${String(id)}`);
    for (const change of [{ admin_role: null }, { admin_role: 'auditor' }, { status: 'disabled' }]) {
      expect((await admin.patch(`/users/${one.id}`, change)).status, JSON.stringify(change)).toBe(409);
    }
    expect((await admin.delete(`/users/${one.id}`)).status).toBe(409);
    const other = await aUser(running.service, { adminRole: 'owner' });
    const left = await Promise.all([one, other].map(({ id }) => admin.patch(`/users/${id}`, { admin_role: null })));
    expect(left.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('need a fresh second factor for what is sensitive, and say so (RFC 9470 §3)', async () => {
    const weak = await person({ groups: ['administrators'] }, { strong: false });
    const strong = await person({ groups: ['administrators'] });
    const { id } = await aUser(running.service);
    const sensitive: [string, string, object?][] = [
      ['POST', '/keys/rotate', { alg: 'ES256' }],
      ['PATCH', `/users/${id}`, { password: 'fourteen grey scooters' }],
      ['PATCH', `/users/${id}`, { admin_role: 'auditor' }],
      ['PATCH', '/settings', {}],
    ];
    for (const [method, path, body] of sensitive) {
      const refused = await weak.send(method, path, body);
      expect(refused.status, path).toBe(401);
      expect(refused.headers.get('www-authenticate')).toMatch(
        /^Bearer .*error="insufficient_user_authentication".*acr_values="2", max_age="900"$/,
      );
      expect((await strong.send(method, path, body)).status, path).toBe(200);
    }
    const plain = await aUser(running.service);
    expect((await weak.send('PATCH', `/users/${plain.id}`, { name: 'Not sensitive' })).status).toBe(200);
    const stale = await person({ groups: ['administrators'] }, { strong: true, wait: '16m' });
    expect((await stale.send('GET', '/keys')).status).toBe(200);
    expect((await stale.send('POST', '/keys/rotate', { alg: 'ES256' })).status).toBe(401);
  });
});
