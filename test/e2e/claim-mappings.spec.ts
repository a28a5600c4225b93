import { describe, expect, it } from 'vitest';
import { decodeJwt } from 'jose';
import { AdminApi, pointersOf, type Json } from '../support/admin-api.js';
import { BareClient, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, anApi, aUser, uniqueName } from '../support/given.js';
import { signIn } from '../support/signing-in.js';

let counter = 0;

/** A name that also attributes can have. */
function unused(kind: string): string {
  counter += 1;
  return `${kind}_${counter}_${uniqueName('x').replace(/\W/g, '')}`;
}

onEveryDatabase('claims that are mapped for scopes and clients', (running) => {
  async function aCompany() {
    const api = await AdminApi.of(running.service);
    const [scope, attribute, group] = [uniqueName('staff'), unused('floor'), uniqueName('sales')];
    await api.made('/scopes', { name: scope, title: 'Where you work' });
    await api.made('/groups', { name: group });
    await api.made('/user-attributes', {
      ...{ name: attribute, type: 'number', title: 'Floor' },
      translations: { 'zh-CN': { title: '楼层' } },
    });
    const alice = await aUser(running.service, { groups: [group], attributes: { [attribute]: 3 } });
    const client = await aClient(running.service, { scope: ['openid', 'email', 'offline_access', scope] });
    const map = (body: Json, path = `/scopes/${scope}/claim-mappings`) => api.made(path, body);
    return { api, scope, attribute, group, alice, client, map, bare: new BareClient(running.service, client) };
  }

  const tokensOf = async (tokens: SignedIn, bare: BareClient) => ({
    idToken: decodeJwt(tokens.idToken),
    userinfo: (await bare.userinfo(tokens.accessToken)).body,
    accessToken: decodeJwt(tokens.accessToken),
    introspection: (await bare.introspect(tokens.accessToken)).body,
  });

  it('go to the ID token, to userinfo and into access tokens, as each says', async () => {
    const { scope, attribute, group, alice, map, bare } = await aCompany();
    await map({ claim: 'floor', source: 'attribute', attribute, include_in: ['id_token'] });
    await map({ claim: 'groups', source: 'groups', groups: 'all' });
    await map({ claim: 'tenant', source: 'constant', value: { name: 'acme' }, include_in: ['access_token'] });
    await map({ claim: 'seller', source: 'group', group, value: true, include_in: ['userinfo', 'access_token'] });
    const tokens = await bare.signIn(aBrowser(running.service), alice, { scope: `openid ${scope}` });
    const { idToken, userinfo, accessToken, introspection } = await tokensOf(tokens, bare);
    expect(idToken).toMatchObject({ floor: 3, groups: [group], sub: alice.id });
    expect(idToken).not.toHaveProperty('seller');
    expect(userinfo).toEqual({ sub: alice.id, groups: [group], seller: true });
    expect(accessToken).toMatchObject({ tenant: { name: 'acme' }, seller: true });
    expect(accessToken).not.toHaveProperty('groups');
    expect(introspection).toMatchObject({ active: true, tenant: { name: 'acme' }, seller: true });
    expect(introspection).not.toHaveProperty('floor');
  });

  it('go nowhere without their scope', async () => {
    const { alice, map, bare } = await aCompany();
    await map({ claim: 'groups', source: 'groups', include_in: ['id_token', 'userinfo', 'access_token'] });
    const tokens = await bare.signIn(aBrowser(running.service), alice, { scope: 'openid' });
    for (const said of Object.values(await tokensOf(tokens, bare))) expect(said).not.toHaveProperty('groups');
  });

  it('follow the user at once: groups, nested groups, attributes', async () => {
    const { api, scope, attribute, group, alice, map, bare } = await aCompany();
    await map({ claim: 'floor', source: 'attribute', attribute, include_in: ['userinfo'] });
    await map({ claim: 'groups', source: 'groups', include_in: ['userinfo', 'access_token'] });
    const tokens = await bare.signIn(aBrowser(running.service), alice, { scope: `openid offline_access ${scope}` });
    const outer = uniqueName('outer');
    await api.made('/groups', { name: outer, member_groups: [group] });
    await api.patch(`/users/${alice.id}`, { attributes: { [attribute]: 4 } });
    const both = [group, outer].sort();
    expect((await bare.userinfo(tokens.accessToken)).body).toMatchObject({ floor: 4, groups: both });
    expect((await bare.introspect(tokens.accessToken)).body['groups']).toEqual(both);
    await api.patch(`/users/${alice.id}`, { groups: [], attributes: null });
    expect((await bare.userinfo(tokens.accessToken)).body).toEqual({ sub: alice.id });
    const refreshed = await bare.refresh(tokens.refreshToken);
    expect(decodeJwt(String(refreshed.body['access_token']))).not.toHaveProperty('groups');
  });

  it('are for one client instead of every client, and name the groups that it is for', async () => {
    const { api, scope, group, alice, map, bare, client } = await aCompany();
    const other = uniqueName('other');
    await api.made('/groups', { name: other });
    await api.patch(`/users/${alice.id}`, { groups: [group, other] });
    await map({ claim: 'groups', source: 'groups' });
    const path = `/clients/${client.clientId}/claim-mappings`;
    const own = await map({ claim: 'groups', scope, source: 'groups', groups: 'assigned' }, path);
    expect((await api.get(path)).body['items']).toEqual([own]);
    await api.patch(`/clients/${client.clientId}`, { allowed_groups: [group] });
    const tokens = await bare.signIn(aBrowser(running.service), alice, { scope: `openid ${scope}` });
    expect(decodeJwt(tokens.idToken)['groups']).toEqual([group]);
    const elsewhere = new BareClient(running.service, await aClient(running.service, { scope: ['openid', scope] }));
    const others = await elsewhere.signIn(aBrowser(running.service), alice, { scope: `openid ${scope}` });
    expect(decodeJwt(others.idToken)['groups']).toEqual([group, other].sort());
    await map({ claim: 'tier', source: 'constant', value: 'gold', include_in: ['userinfo'] }, path);
    const again = await bare.signIn(aBrowser(running.service), alice, { scope: 'openid' });
    expect((await bare.userinfo(again.accessToken)).body).toEqual({ sub: alice.id, tier: 'gold' });
  });

  it('are in the tokens that a client gets for itself, as far as they are about no user, also in opaque ones', async () => {
    const { api } = await aCompany();
    const { identifier, scopes } = await anApi(running.service, { accessTokenFormat: 'opaque' });
    const [scope = ''] = scopes;
    const machine = new BareClient(running.service, await aMachine(running.service, scopes));
    const path = `/scopes/${scope}/claim-mappings`;
    const claims = [
      { claim: 'tenant', source: 'constant', value: 'acme' },
      { claim: 'groups', source: 'groups' },
    ];
    for (const body of claims) await api.made(path, { ...body, include_in: ['access_token'] });
    const token = String((await machine.ownToken({ resource: identifier })).body['access_token']);
    const { body } = await machine.introspect(token);
    expect(body).toMatchObject({ active: true, tenant: 'acme', sub: machine.client.clientId });
    expect(body).not.toHaveProperty('groups');
  });

  it('can be asked for by name (OIDC Core §5.5), where the client may have their scope', async () => {
    const { scope, attribute, alice, map, bare } = await aCompany();
    await map({ claim: 'floor', source: 'attribute', attribute, include_in: ['userinfo'] });
    const claims = JSON.stringify({ id_token: { floor: null }, userinfo: { floor: { value: 4 } } });
    const browser = aBrowser(running.service);
    const sent = bare.request({ scope: 'openid', claims });
    const consent = await signIn(browser, await browser.visit(sent.url, { site: 'cross-site' }), alice);
    expect(consent.html.words).toContain('Floor');
    const { answer } = await browser.submit(consent, '#consent-allow');
    const tokens = (await bare.redeem({ ...sent, code: answer['code'] ?? '' })).body;
    expect(decodeJwt(String(tokens['id_token']))['floor']).toBe(3);
    expect((await bare.userinfo(String(tokens['access_token']))).body).not.toHaveProperty('floor');

    const narrow = new BareClient(running.service, await aClient(running.service, { scope: ['openid'] }));
    const kept = await narrow.signIn(aBrowser(running.service), alice, { scope: 'openid', claims });
    expect(decodeJwt(kept.idToken)).not.toHaveProperty('floor');
    expect(scope).not.toBe('openid');
  });

  it('are shown on the consent page with their values, under the words for them', async () => {
    const { scope, attribute, group, alice, map, bare } = await aCompany();
    await map({ claim: 'floor', source: 'attribute', attribute });
    const page = async (language: string) => {
      const browser = aBrowser(running.service);
      const asked = bare.request({ scope: `openid ${scope}`, ui_locales: language });
      const start = await browser.visit(asked.url, { site: 'cross-site' });
      const consent = await signIn(browser, start, alice);
      return consent.html.words;
    };
    expect(await page('en')).toMatch(/Where you work .*Floor: 3/);
    expect(await page('zh-CN')).toContain('楼层: 3');
    await map({ claim: 'groups', source: 'groups' });
    expect(await page('en')).toMatch(new RegExp(`Floor: 3, Your groups: ${group}`));
    expect(await page('zh-CN')).toContain('楼层: 3');
  });

  it('are named in the metadata as long as they are there, those for single clients aside', async () => {
    const { api, client, map } = await aCompany();
    const [claim, own] = [uniqueName('claim'), uniqueName('own')];
    const { id } = await map({ claim, source: 'constant', value: 1 }, '/scopes/openid/claim-mappings');
    await map({ claim: own, source: 'constant', value: 1 }, `/clients/${client.clientId}/claim-mappings`);
    const supported = async () => {
      const response = await fetch(running.service.url('/.well-known/openid-configuration'));
      return ((await response.json()) as Json)['claims_supported'] as readonly string[];
    };
    expect(await supported()).toContain(claim);
    expect(await supported()).not.toContain(own);
    await api.delete(`/scopes/openid/claim-mappings/${String(id)}`);
    expect(await supported()).not.toContain(claim);
  });

  it('leave pairwise subjects alone (OIDC Core §8.1)', async () => {
    const { scope, alice, map } = await aCompany();
    await map({ claim: 'tier', source: 'constant', value: 1, include_in: ['id_token', 'access_token'] });
    const wish = { subjectType: 'pairwise', scope: ['openid', scope] } as const;
    const bare = new BareClient(running.service, await aClient(running.service, wish));
    const tokens = await bare.signIn(aBrowser(running.service), alice, { scope: `openid ${scope}` });
    expect(decodeJwt(tokens.idToken)).toMatchObject({ tier: 1 });
    expect(decodeJwt(tokens.idToken).sub).not.toBe(alice.id);
    expect(decodeJwt(tokens.accessToken).sub).toBe(decodeJwt(tokens.idToken).sub);
  });

  describe('over REST', () => {
    it('are made, read, changed and deleted, each at its own address', async () => {
      const { api, scope, attribute, client } = await aCompany();
      const path = `/scopes/${scope}/claim-mappings`;
      const made = await api.post(path, { claim: 'floor', source: 'attribute', attribute });
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({ claim: 'floor', scope, source: 'attribute', attribute });
      expect(made.body['include_in']).toEqual(['id_token', 'userinfo']);
      const one = `${path}/${String(made.body['id'])}`;
      expect(made.headers.get('location')).toBe(running.service.url(`/api/v1${one}`));
      expect((await api.get(one)).body).toEqual(made.body);
      expect((await api.post(path, { claim: 'floor', source: 'constant', value: 1 })).status).toBe(409);
      const changed = await api.patch(one, {
        source: 'constant',
        attribute: null,
        value: [1],
        include_in: ['userinfo'],
      });
      expect(changed.body).toMatchObject({ source: 'constant', value: [1], include_in: ['userinfo'] });
      expect(changed.body).not.toHaveProperty('attribute');
      expect((await api.get(`/scopes/openid/claim-mappings/${String(made.body['id'])}`)).status).toBe(404);
      expect((await api.get(`/clients/${client.clientId}/claim-mappings/${String(made.body['id'])}`)).status).toBe(404);
      expect((await api.delete(one)).status).toBe(204);
      expect((await api.delete(one)).status).toBe(404);
      expect((await api.post('/scopes/none/claim-mappings', { claim: 'a', source: 'constant', value: 1 })).status).toBe(
        404,
      );
      expect((await api.get('/clients/none/claim-mappings')).status).toBe(404);
    });

    it.each<[string, Json, string]>([
      ['what has a meaning already (attack: another user by a mapped sub)', { claim: 'sub' }, '#/claim'],
      ['the issuer', { claim: 'iss' }, '#/claim'],
      ['a confirmation key', { claim: 'cnf' }, '#/claim'],
      ['the address of the user', { claim: 'email' }, '#/claim'],
      ['an attribute that nobody declared', { source: 'attribute', attribute: 'nothing', value: null }, '#/attribute'],
      ['a group that nobody made', { source: 'group', group: 'nobody' }, '#/group'],
      ['a member of another source', { prefix: 'x' }, '#/prefix'],
      ['a source that is none', { source: 'script' }, '#/source'],
      ['a place that is none', { include_in: ['refresh_token'] }, '#/include_in'],
      ['nowhere', { include_in: [] }, '#/include_in'],
      ['nothing', { value: null }, '#/value'],
      ['what is not known', { script: '1' }, '#/script'],
    ])('refuse %s', async (_, wish, pointer) => {
      const api = await AdminApi.of(running.service);
      const body = { claim: uniqueName('claim'), source: 'constant', value: 1, ...wish };
      const refused = await api.post('/scopes/openid/claim-mappings', body);
      expect([refused.status, pointersOf(refused)]).toEqual([422, [pointer]]);
    });

    it('are changed by whoever may change what they hang on', async () => {
      const { scope, client } = await aCompany();
      const scopes = await AdminApi.of(running.service, ['scopes:read', 'scopes:write']);
      const clients = await AdminApi.of(running.service, ['clients:read', 'clients:write']);
      const body = { claim: 'a', source: 'constant', value: 1 };
      const [ofScope, ofClient] = [`/scopes/${scope}/claim-mappings`, `/clients/${client.clientId}/claim-mappings`];
      expect((await clients.post(ofScope, body)).status).toBe(403);
      expect((await scopes.post(ofClient, body)).status).toBe(403);
      expect((await scopes.post(ofScope, body)).status).toBe(201);
      expect((await clients.post(ofClient, body)).status).toBe(201);
      const foreign = await clients.post(ofClient, { ...body, scope: 'no such scope' });
      expect([foreign.status, pointersOf(foreign)]).toEqual([422, ['#/scope']]);
    });

    it('go with their scope, client and attribute', async () => {
      const { api, scope, attribute, client, map } = await aCompany();
      const ofScope = await map({ claim: 'a', source: 'constant', value: 1 });
      const path = `/clients/${client.clientId}/claim-mappings`;
      const ofAttribute = await map({ claim: 'b', source: 'attribute', attribute }, path);
      expect((await api.delete(`/user-attributes/${attribute}`)).status).toBe(204);
      expect((await api.get(`${path}/${String(ofAttribute['id'])}`)).status).toBe(404);
      expect((await api.delete(`/scopes/${scope}`)).status).toBe(204);
      await api.made('/scopes', { name: scope, title: 'Anew' });
      expect((await api.get(`/scopes/${scope}/claim-mappings/${String(ofScope['id'])}`)).status).toBe(404);
      expect((await api.delete(`/clients/${client.clientId}`)).status).toBe(204);
    });
  });
});
