import { expect, it } from 'vitest';
import { AdminApi, faultsOf, itemsOf, pointersOf, type Json } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { anApi } from '../support/given.js';
import { expectCursorsChecked, expectUnknownParametersRefused } from '../support/keyset-pages.js';

const CALLBACK = 'https://rp.example/callback';

onEveryDatabase('templates of clients over REST', (running) => {
  const templatesOf = async (api: AdminApi): Promise<readonly Json[]> =>
    itemsOf((await api.get('/client-templates')).body);

  it('are listed with what they fill in and what has to be given', async () => {
    const api = await AdminApi.of(running.service, ['clients:read']);
    const templates = await templatesOf(api);
    expect(templates.map(({ name }) => name)).toEqual(['web', 'single-page', 'native', 'machine', 'device', 'agent']);
    const web = await api.get('/client-templates/web');
    expect(web.status).toBe(200);
    expect(web.body).toEqual(templates[0]);
    expect(web.body).toMatchObject({
      members: { scope: 'openid profile email', grant_types: ['authorization_code'], require_pkce: true },
      needs: ['redirect_uris'],
      awaits: [],
    });
    expect((await api.get('/client-templates/other')).status).toBe(404);
    const listing = {
      path: '/client-templates',
      key: 'name',
      make: () => Promise.reject(new Error('nobody makes one')),
    };
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    const [first, second] = [await api.get(listing.path, { limit: '5' }), templates[5]];
    const rest = await api.get(listing.path, { cursor: String(first.body['next_cursor']) });
    expect([itemsOf(rest.body), rest.body['next_cursor']]).toEqual([[second], null]);
  });

  it('name as missing exactly what discovery does not offer', async () => {
    const api = await AdminApi.of(running.service);
    const discovery = await fetch(running.service.url('/.well-known/openid-configuration'));
    const { grant_types_supported: offered } = (await discovery.json()) as { grant_types_supported: string[] };
    for (const { members, awaits } of await templatesOf(api)) {
      for (const grant of (members as { grant_types: string[] }).grant_types) expect(offered).toContain(grant);
      for (const grant of awaits as string[]) expect(offered).not.toContain(grant);
    }
  });

  it('register a client that is as they say, whatever else it is given', async () => {
    const api = await AdminApi.of(running.service);
    for (const { name, members, needs } of await templatesOf(api)) {
      const given = (needs as string[]).includes('redirect_uris') ? { redirect_uris: [CALLBACK] } : {};
      const made = await api.made('/clients', { template: name, client_name: `A ${String(name)}`, ...given });
      expect(made, String(name)).toMatchObject({ ...(members as Json), ...given, client_name: `A ${String(name)}` });
      expect(made).not.toHaveProperty('template');
      expect('client_secret' in made).toBe(made['token_endpoint_auth_method'] !== 'none');
      expect((await api.get(`/clients/${String(made['client_id'])}`)).status).toBe(200);
    }
  });

  it('give way to members that are sent', async () => {
    const api = await AdminApi.of(running.service);
    const orders = await anApi(running.service);
    const scope = orders.scopes.join(' ');
    const made = await api.made('/clients', { template: 'machine', scope, access_token_lifetime: 60 });
    expect(made).toMatchObject({
      profile: 'm2m',
      grant_types: ['client_credentials'],
      scope,
      access_token_lifetime: 60,
    });
  });

  it('refuse what contradicts them, each fault once, with its place', async () => {
    const api = await AdminApi.of(running.service);
    const contradicted = await api.post('/clients', {
      ...{ template: 'single-page', redirect_uris: [CALLBACK], profile: 'm2m' },
      token_endpoint_auth_method: 'client_secret_basic',
    });
    expect(contradicted.status).toBe(422);
    expect(faultsOf(contradicted).map(({ pointer }) => pointer)).toEqual(['#/profile', '#/token_endpoint_auth_method']);
    expect(faultsOf(contradicted)[1]?.detail).toContain('template single-page');
    const noRedirect = await api.post('/clients', { template: 'web' });
    expect([noRedirect.status, pointersOf(noRedirect)]).toEqual([422, ['#/redirect_uris']]);
    const unknown = await api.post('/clients', { template: 'fortran', redirect_uris: [CALLBACK] });
    expect([unknown.status, pointersOf(unknown)]).toEqual([422, ['#/template']]);
  });

  it('are shown by a dry run, and are no member of a client afterwards', async () => {
    const api = await AdminApi.of(running.service);
    const body = { template: 'native', redirect_uris: ['com.example.app:/callback'] };
    const rehearsed = await api.post('/clients?dry_run=true', body);
    expect(rehearsed.status).toBe(200);
    expect(rehearsed.body['result']).toMatchObject({ profile: 'native', token_endpoint_auth_method: 'none' });
    const made = await api.made('/clients', body);
    const patched = await api.patch(`/clients/${String(made['client_id'])}`, { template: 'web' });
    expect([patched.status, pointersOf(patched)]).toEqual([422, ['#/template']]);
  });
});
