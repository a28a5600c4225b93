import { beforeAll, beforeEach, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { ADMIN_SCOPES } from '#resources/index.js';
import { AdminApi, type Json } from '../support/admin-api.js';
import { aPerson, type Person } from '../support/admin-person.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aClient, aMachine, uniqueName } from '../support/given.js';

const WEB: Json = { redirect_uris: ['https://rp.example/cb'] };
const MACHINE: Json = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] };
const ADMINISTRATOR = { groups: ['administrators'] };
const EVERYTHING = ADMIN_SCOPES.join(' ');

onEveryDatabase('admin scopes of clients', (running) => {
  let people: Readonly<Record<'owner' | 'administrator' | 'manager', Person>>;

  beforeAll(async () => {
    const { service } = running;
    people = {
      owner: await aPerson(service, { adminRole: 'owner' }),
      administrator: await aPerson(service, ADMINISTRATOR),
      manager: await aPerson(service, { adminRole: 'client_manager' }),
    };
  });

  beforeEach(async () => {
    // Access tokens are good for ten minutes, and a sign-in counts as fresh for fifteen.
    const { owner, administrator, manager } = people;
    people = { owner: await owner.again(), administrator: await administrator.again(), manager: await manager.again() };
  });

  const ownedBy = async ({ id }: Person, scope: readonly string[]): Promise<string> => {
    const client = await aMachine(running.service, scope, { owner: id });
    return `/clients/${client.clientId}`;
  };

  it('are given by owners and by programs with every admin scope, and by nobody else', async () => {
    const { owner, administrator, manager } = people;
    for (const scope of [EVERYTHING, 'clients:read clients:write', 'clients:read']) {
      const wish = { ...MACHINE, scope };
      for (const [name, person] of Object.entries({ administrator, manager })) {
        expect((await person.send('POST', '/clients', wish)).status, `${name} ${scope}`).toBe(403);
      }
      const made = await owner.send('POST', '/clients', wish);
      expect([made.status, made.body['scope']]).toEqual([201, scope]);
    }
    const web = await administrator.send('POST', '/clients', { ...WEB, scope: 'openid users:write' });
    expect([web.status, web.body['detail']]).toEqual([403, 'Only an owner gives admin scopes to clients.']);
    const templated = { template: 'machine', client_name: 'Worker', scope: 'users:read' };
    expect((await administrator.send('POST', '/clients', templated)).status).toBe(403);
    expect((await administrator.send('POST', '/clients?dry_run=true', templated)).status).toBe(403);
    const some = await AdminApi.of(running.service, ['clients:read', 'clients:write', 'users:read']);
    for (const scope of ['users:write', 'users:read', 'clients:write']) {
      expect((await some.post('/clients', { ...MACHINE, scope })).status, scope).toBe(403);
    }
    const all = await AdminApi.of(running.service);
    expect((await all.post('/clients', { ...MACHINE, scope: EVERYTHING })).status).toBe(201);
  });

  it('are not come by in a change either, nor by way of a version', async () => {
    const { owner, administrator, manager } = people;
    const path = await ownedBy(manager, []);
    for (const person of [administrator, manager]) {
      expect((await person.send('PATCH', path, { scope: 'clients:write' })).status).toBe(403);
    }
    expect((await owner.send('PATCH', path, { scope: 'clients:write' })).status).toBe(200);
    expect((await owner.send('PATCH', path, { scope: '' })).status).toBe(200);
    for (const person of [administrator, manager]) {
      expect((await person.send('POST', `${path}/versions/2/restore`)).status).toBe(403);
    }
    expect((await owner.send('POST', `${path}/versions/2/restore`)).body).toMatchObject({ scope: 'clients:write' });
  });

  it('keep whoever could not give them from acting as a client that has them: no secret, no key, no address', async () => {
    const { owner, administrator, manager } = people;
    const path = await ownedBy(manager, ['clients:read', 'clients:write']);
    const jwks = {
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
          y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        },
      ],
    };
    const web = await aClient(running.service, { scope: ['openid', 'clients:write'], owner: manager.id });
    const openings: [string, string, object?][] = [
      ['POST', `${path}/secrets`],
      ['PATCH', path, { token_endpoint_auth_method: 'client_secret_jwt' }],
      ['PATCH', path, { token_endpoint_auth_method: 'private_key_jwt', jwks }],
      ['PATCH', `/clients/${web.clientId}`, { redirect_uris: ['https://mallory.example/cb'] }],
    ];
    for (const person of [administrator, manager]) {
      for (const [method, at, body] of openings) {
        expect((await person.send(method, at, body)).status, JSON.stringify(body)).toBe(403);
      }
    }
    const { clientId } = await aClient(running.service, { scope: ['openid', 'users:write'] });
    const hashed = { id_token_signed_response_alg: 'HS256' };
    expect((await administrator.send('PATCH', `/clients/${clientId}`, hashed)).status).toBe(403);
    expect(await running.service.app.get(ClientsService, { strict: false }).find(clientId)).not.toHaveProperty(
      'idTokenSignedResponseAlg',
      'HS256',
    );
    expect((await owner.send('POST', `${path}/secrets`)).status).toBe(201);
    expect((await owner.send('PATCH', path, { token_endpoint_auth_method: 'client_secret_jwt' })).body).toHaveProperty(
      'client_secret',
    );
  });

  it('let administrators name, disable and delete such a client, which gives nobody anything', async () => {
    const { administrator } = people;
    const path = await ownedBy(administrator, ['clients:read']);
    for (const change of [{ client_name: uniqueName('named') }, { status: 'disabled' }]) {
      expect((await administrator.send('PATCH', path, change)).status).toBe(200);
    }
    expect((await administrator.send('PATCH', path, { status: 'active' })).status).toBe(403);
    expect((await administrator.send('DELETE', path)).status).toBe(204);
  });
});

onEveryDatabase('answers that hold a secret', (running) => {
  const wanted = (body: Json, status = 201) => ({ body, status });

  it('are for people with a fresh second factor (RFC 9470 §3), and for programs', async () => {
    const { service } = running;
    const api = await AdminApi.of(service);
    const weak = await aPerson(service, ADMINISTRATOR, { weak: true });
    const strong = await aPerson(service, ADMINISTRATOR);
    const { clientId } = await aClient(service);
    const webhook = { url: 'https://receiver.example/hook', events: ['user.deactivated'] };
    const hook = await api.made('/webhooks', webhook);
    const secretive: [string, string, { body: Json; status: number }][] = [
      ['POST', '/clients', wanted(WEB)],
      ['PATCH', `/clients/${clientId}`, wanted({ token_endpoint_auth_method: 'client_secret_jwt' }, 200)],
      ['POST', `/clients/${clientId}/secrets`, wanted({})],
      ['POST', '/webhooks', wanted(webhook)],
      ['POST', `/webhooks/${String(hook['id'])}/secrets`, wanted({})],
      ['POST', '/initial-access-tokens', wanted({})],
    ];
    for (const [method, path, { body, status }] of secretive) {
      const refused = await weak.send(method, path, body);
      expect(refused.status, `${method} ${path}`).toBe(401);
      expect(refused.headers.get('www-authenticate')).toMatch(
        /error="insufficient_user_authentication".*acr_values="2", max_age="900"$/,
      );
      const given = await strong.send(method, path, body);
      expect(given.status, `${method} ${path} ${given.text}`).toBe(status);
      expect(given.text).toMatch(/"(client_secret|secret|initial_access_token)"/);
    }
    expect((await api.get(`/clients/${clientId}`)).body).toMatchObject({ version: 2 });
    const publicOne = { ...WEB, token_endpoint_auth_method: 'none' };
    expect((await weak.send('POST', '/clients', publicOne)).status).toBe(201);
    expect((await weak.send('PATCH', `/clients/${clientId}`, { client_name: 'Plain' })).status).toBe(200);
  });
});
