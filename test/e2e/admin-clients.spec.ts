import { exportJWK, generateKeyPair } from 'jose';
import { expect, it } from 'vitest';
import { AdminApi, faultsOf, JSON_TYPE, PATCH_TYPE, pointersOf, type Json } from '../support/admin-api.js';
import type { Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { anApi, aUser, uniqueName } from '../support/given.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectStablePages,
  expectUnknownParametersRefused,
  expectUsualLength,
} from '../support/keyset-pages.js';

const CALLBACK = 'https://rp.example/callback';
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const WEB: Json = { redirect_uris: [CALLBACK] };
const NATIVE: Json = { application_type: 'native', token_endpoint_auth_method: 'none' };
const MACHINE: Json = { grant_types: ['client_credentials'] };

const publicKey = async (): Promise<Json> => ({
  ...(await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey)),
});
const privateKey = async (): Promise<Json> => ({
  ...(await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)),
});

onEveryDatabase('clients over REST', (running) => {
  const aListing = (api: AdminApi) => ({
    path: '/clients',
    key: 'client_id',
    make: async (): Promise<string> => String((await api.made('/clients', WEB))['client_id']),
  });

  const expectRefused = (answer: Answer, ...pointers: string[]): void => {
    expect(answer.status, answer.text).toBe(422);
    expect(pointersOf(answer)).toEqual([...pointers].sort());
  };

  it('registers one with every default filled in, and says where it can be read (RFC 7591 §3.2.1)', async () => {
    const api = await AdminApi.of(running.service);
    const now = running.service.clock.epochSeconds();
    const answer = await api.post('/clients', WEB);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { client_id: id, client_secret: secret } = answer.body;
    expect(answer.headers.get('location')).toBe(running.service.url(`/api/v1/clients/${String(id)}`));
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(answer.body).toEqual({
      client_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      self_registered: false,
      version: 1,
      client_secret: secret,
      client_secret_expires_at: 0,
      client_id_issued_at: now,
      created_at: expect.stringMatching(RFC3339) as string,
      updated_at: expect.stringMatching(RFC3339) as string,
      status: 'active',
      profile: 'default',
      redirect_uris: [CALLBACK],
      post_logout_redirect_uris: [],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      application_type: 'web',
      subject_type: 'public',
      id_token_signed_response_alg: 'RS256',
      require_pkce: true,
      first_party: false,
      consent: 'ask',
      scope: 'openid profile email address phone',
      optional_scope: '',
      default_scope: '',
      client_assertion_audience: 'issuer',
      refresh_token_rotation: 'rotate',
      contacts: [],
      default_acr_values: [],
      request_uris: [],
    });
  });

  it('keeps every member as it was given, RFC 7591 times as numbers and ours as RFC 3339', async () => {
    const api = await AdminApi.of(running.service);
    const orders = await anApi(running.service);
    const group = await api.made('/groups', { name: uniqueName('sales') });
    const members = {
      client_id: uniqueName('travel~desk!'),
      client_name: 'Reisebüro 旅行 "Desk" <b>',
      status: 'active',
      profile: 'default',
      redirect_uris: [CALLBACK, 'https://rp.example/other?tenant=1'],
      post_logout_redirect_uris: ['https://rp.example/bye'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: ['code'],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [{ ...(await publicKey()), kid: 'a' }] },
      application_type: 'web',
      subject_type: 'public',
      id_token_signed_response_alg: 'EdDSA',
      require_pkce: false,
      first_party: true,
      consent: 'skip',
      scope: `openid email ${orders.scopes.join(' ')}`,
      optional_scope: 'email',
      default_scope: 'openid email',
      default_resource: orders.identifier,
      allowed_groups: [group['name']],
      client_assertion_audience: 'compat',
      refresh_token_rotation: 'static',
      authorization_code_lifetime: 60,
      access_token_lifetime: 3600,
      id_token_lifetime: 1,
      refresh_token_idle_lifetime: 86_400,
      refresh_token_lifetime: 31_536_000,
      client_uri: 'https://rp.example/',
      logo_uri: 'https://rp.example/logo.png',
      policy_uri: 'https://rp.example/policy',
      tos_uri: 'https://rp.example/tos',
      contacts: ['it@rp.example'],
      initiate_login_uri: 'https://rp.example/login',
      default_max_age: 0,
      require_auth_time: true,
    };
    const made = await api.made('/clients', members);
    expect(made).toMatchObject(members);
    expect(made).not.toHaveProperty('client_secret');
    expect(made).not.toHaveProperty('client_secret_expires_at');
    const read = await api.get(`/clients/${encodeURIComponent(members.client_id)}`);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(made);
    expect(read.body['client_id_issued_at']).toBe(Math.floor(Date.parse(String(read.body['created_at'])) / 1000));
  });

  it('shows the secret once, and never in any later answer', async () => {
    const api = await AdminApi.of(running.service);
    const { client_id: id, client_secret: secret } = await api.made('/clients', { ...WEB, client_name: 'x' });
    const path = `/clients/${String(id)}`;
    const later = [
      await api.get(path),
      await api.patch(path, { client_name: 'y' }),
      await api.get('/clients', { limit: '200' }),
      await api.get(`${path}/secrets`),
    ];
    for (const { status, text } of later) {
      expect(status).toBe(200);
      expect(text).not.toContain(String(secret));
      expect(text).not.toContain('"client_secret"');
    }
    expect(running.service.logs.text).not.toContain(String(secret));
  });

  it('gives no secret to a client that proves itself otherwise', async () => {
    const api = await AdminApi.of(running.service);
    const key = await publicKey();
    const open = await api.made('/clients', { ...WEB, token_endpoint_auth_method: 'none' });
    const holder = await api.made('/clients', {
      ...WEB,
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [key] },
    });
    for (const client of [open, holder]) {
      expect(client).not.toHaveProperty('client_secret');
      expect((await api.get(`/clients/${String(client['client_id'])}/secrets`)).body['items']).toEqual([]);
    }
  });

  it.each([
    [
      'browser',
      {
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        refresh_token_lifetime: 86_400,
      },
    ],
    [
      'native',
      {
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
  ])('fills in what the profile %s stands for', async (profile, defaults) => {
    const api = await AdminApi.of(running.service);
    expect(await api.made('/clients', { ...WEB, profile })).toMatchObject({ profile, ...defaults });
  });

  it('registers a machine by its profile alone', async () => {
    const api = await AdminApi.of(running.service);
    const machine = await api.made('/clients', { profile: 'm2m' });
    expect(machine).toMatchObject({
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      scope: '',
    });
    expect(machine['client_secret']).toBeDefined();
  });

  it('lets an administrator choose the id but never the secret', async () => {
    const api = await AdminApi.of(running.service);
    expectRefused(await api.post('/clients', { ...WEB, client_secret: 's'.repeat(43) }), '#/client_secret');
    const id = `${uniqueName('My.Client')}~!*'()/:@%$`;
    const made = await api.post('/clients', { ...WEB, client_id: id });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(running.service.url(`/api/v1/clients/${encodeURIComponent(id)}`));
    expect((await api.get(`/clients/${encodeURIComponent(id)}`)).body['client_id']).toBe(id);
  });

  it.each([[''], ['a b'], ['a\tb'], ['ü'], ['x'.repeat(256)], ['a\u007f']])(
    'refuses the client_id %j (RFC 6749 App. A.1)',
    async (id) => {
      const api = await AdminApi.of(running.service);
      expectRefused(await api.post('/clients', { ...WEB, client_id: id }), '#/client_id');
    },
  );

  it('answers 409 for an id that is taken, and takes one that differs in case (RFC 6749 §2.2)', async () => {
    const api = await AdminApi.of(running.service);
    const id = uniqueName('desk');
    await api.made('/clients', { ...WEB, client_id: id });
    const again = await api.post('/clients', { ...WEB, client_id: id, client_name: 'other' });
    expect(again.status).toBe(409);
    expect(faultsOf(again)).toEqual([{ pointer: '#/client_id', detail: 'is taken' }]);
    expect((await api.get(`/clients/${id}`)).body).not.toHaveProperty('client_name');
    expect((await api.post('/clients', { ...WEB, client_id: id.toUpperCase() })).status).toBe(201);
  });

  it('registers exactly one of 10 at the same moment with one id', async () => {
    const api = await AdminApi.of(running.service);
    const id = uniqueName('race');
    await api.token();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.post('/clients', { ...WEB, client_id: id })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  });

  it('never lets a client share an id with a user (RFC 9700 §4.15)', async () => {
    const api = await AdminApi.of(running.service);
    const { id } = await aUser(running.service);
    expectRefused(await api.post('/clients', { ...WEB, client_id: id }), '#/client_id');
  });

  it.each([
    ['client_name', [1, true, {}, [], '', ' ', 'a\nb', 'x'.repeat(201)]],
    ['status', ['Active', 'deleted', 1, true, '']],
    ['profile', ['default ', 'spa', 1, {}]],
    ['redirect_uris', ['https://rp.example/', {}, [1], [null], [[]], 1, []]],
    ['post_logout_redirect_uris', ['https://rp.example/', {}, [1], 1]],
    ['grant_types', ['authorization_code', ['password'], [1], {}, []]],
    ['response_types', ['code', ['token'], ['code code'], [1], []]],
    ['token_endpoint_auth_method', ['self_signed_tls_client_auth', 'tls_client_auth', 1, '', []]],
    ['token_endpoint_auth_signing_alg', ['HS256', 'none', 1, 'ES256']],
    ['jwks', ['x', [], {}, { keys: 'x' }, { keys: {} }, { keys: [1] }]],
    [
      'jwks_uri',
      [
        1,
        [],
        'rp.example',
        'http://rp.example/jwks',
        'http://localhost/jwks',
        'https://rp.example/#f',
        'https://u@rp.example/',
      ],
    ],
    ['application_type', ['Web', 'spa', 1]],
    ['subject_type', ['sector', 1]],
    ['id_token_signed_response_alg', ['none', 'HS1', 'ES512', 1]],
    ['require_pkce', ['true', 1, 0, {}]],
    ['first_party', ['false', 1, []]],
    ['consent', ['never', 'Ask', 1, true, 'skip']],
    ['scope', [['openid'], 1, {}, 'open"id', 'caf\u00e9', 'back\\slash', 'x'.repeat(4097)]],
    ['optional_scope', [['email'], 1, 'offline_access', 'openid', 'unknown']],
    ['default_scope', [['email'], 1, 'offline_access', 'unknown']],
    ['default_resource', [1, [], 'orders', 'https://nobody.example/api', 'https://rp.example/#f']],
    ['allowed_groups', ['sales', [1], {}, ['nobody-is-in-here']]],
    ['client_assertion_audience', ['both', 1]],
    ['refresh_token_rotation', ['never', 1]],
    ['authorization_code_lifetime', [0, 61, -1, 1.5, '60', true]],
    ['access_token_lifetime', [0, 3601, -1, 1.5, '60']],
    ['id_token_lifetime', [0, 3601, -1, 0.1, '60']],
    ['refresh_token_idle_lifetime', [0, 31_536_001, -1, 1.5, '60']],
    ['refresh_token_lifetime', [0, 31_536_001, -1, 1.5, '60']],
    [
      'client_uri',
      [
        1,
        'rp.example',
        '/x',
        'http://rp.example/',
        'javascript:alert(1)',
        'https://rp.example/ x',
        'https://u@rp.example/',
      ],
    ],
    ['logo_uri', [1, 'http://rp.example/logo.png', 'data:image/png;base64,AA', 'https://rp.example/#a']],
    ['policy_uri', [1, 'ftp://rp.example/']],
    ['tos_uri', [1, 'https:///tos']],
    ['contacts', ['it@rp.example', [1], {}, ['a\nb'], ['']]],
    ['initiate_login_uri', [1, 'http://rp.example/login', 'com.example.app:/x']],
    ['default_max_age', ['1', -1, 1.5, true]],
    ['require_auth_time', ['true', 1]],
    ['client_secret', ['s'.repeat(43)]],
    ['client_id_issued_at', [1]],
    ['created_at', ['2026-01-01T00:00:00Z']],
    ['registration_access_token', ['x']],
    ['request_uris', [['http://rp.example/request'], 'https://rp.example/request', [1]]],
    ['sector_identifier_uri', ['http://rp.example/sector', 1]],
    ['id_token_encrypted_response_alg', ['RSA1_5', 'dir', 'RSA-OAEP-256']],
    ['userinfo_signed_response_alg', ['none']],
    ['request_object_signing_alg', ['none', 'HS256']],
    ['backchannel_logout_uri', ['javascript:alert(1)', 'com.example.app:/x']],
    ['frontchannel_logout_uri', ['https://elsewhere.example/logout']],
    ['self_registered', [true]],
    ['clientName', ['x']],
    ['client_name#en', ['x']],
  ])('refuses a bad %s with a pointer to it, at registration and in a patch', async (member, values) => {
    const api = await AdminApi.of(running.service);
    const client = await api.made('/clients', { ...WEB, scope: 'openid email' });
    const path = `/clients/${String(client['client_id'])}`;
    for (const value of values) {
      const answers = [
        await api.post('/clients', { ...WEB, scope: 'openid email', [member]: value }),
        await api.patch(path, { [member]: value }),
      ];
      for (const answer of answers) {
        expect(answer.status, `${member}: ${JSON.stringify(value)} ${answer.text}`).toBe(422);
        const places = faultsOf(answer).map(({ pointer }) => decodeURIComponent(pointer).split('/')[1]);
        expect(new Set(places), JSON.stringify(value)).toEqual(new Set([member]));
        for (const { detail } of faultsOf(answer)) expect(detail.length).toBeGreaterThan(5);
      }
    }
    expect((await api.get(path)).body).toEqual(without(client, 'client_secret', 'client_secret_expires_at'));
  });

  it('names all faults at once, each with its place', async () => {
    const api = await AdminApi.of(running.service);
    const answer = await api.post('/clients', {
      redirect_uris: ['https://rp.example/ok', 'https://rp.example/#f', 'http://rp.example/'],
      contacts: ['ok', ''],
      consent: 'skip',
      access_token_lifetime: 9999,
      optional_scope: 'email',
      scope: 'openid',
    });
    expectRefused(
      answer,
      '#/redirect_uris/1',
      '#/redirect_uris/2',
      '#/contacts/1',
      '#/consent',
      '#/access_token_lifetime',
      '#/optional_scope',
    );
  });

  it.each<readonly [string, Json, readonly string[]]>([
    ['skip without first_party', { ...WEB, consent: 'skip' }, ['#/consent']],
    ['a code client without redirect URI', {}, ['#/redirect_uris']],
    ['refresh without code', { grant_types: ['refresh_token', 'client_credentials'] }, ['#/grant_types']],
    ['code without its response type', { ...WEB, response_types: [] }, ['#/response_types']],
    ['a response type without its grant type', { ...WEB, response_types: ['code', 'id_token'] }, ['#/grant_types']],
    [
      'a grant type without its response type',
      { ...WEB, grant_types: ['authorization_code', 'implicit'] },
      ['#/response_types'],
    ],
    ['a machine with a response type', { ...MACHINE, response_types: ['code'] }, ['#/grant_types', '#/redirect_uris']],
    ['no grant type at all', { ...WEB, grant_types: [] }, ['#/grant_types']],
    ['private_key_jwt without keys', { ...WEB, token_endpoint_auth_method: 'private_key_jwt' }, ['#/jwks']],
    [
      'keys both by value and by reference',
      { ...WEB, jwks: { keys: [] }, jwks_uri: 'https://rp.example/jwks' },
      ['#/jwks_uri'],
    ],
    [
      'a signing algorithm without private_key_jwt',
      { ...WEB, token_endpoint_auth_signing_alg: 'ES256' },
      ['#/token_endpoint_auth_signing_alg'],
    ],
    ['a public client that acts for itself', { ...MACHINE, token_endpoint_auth_method: 'none' }, ['#/grant_types']],
    [
      'a public client without PKCE',
      { ...WEB, token_endpoint_auth_method: 'none', require_pkce: false },
      ['#/require_pkce'],
    ],
    [
      'a public client with static refresh tokens',
      { ...WEB, token_endpoint_auth_method: 'none', refresh_token_rotation: 'static' },
      ['#/refresh_token_rotation'],
    ],
    ['openid optional', { ...WEB, optional_scope: 'openid' }, ['#/optional_scope']],
    ['an optional scope beyond scope', { ...WEB, scope: 'openid', optional_scope: 'email' }, ['#/optional_scope']],
    ['a default scope beyond scope', { ...WEB, scope: 'openid', default_scope: 'email' }, ['#/default_scope']],
    ['a scope that does not exist', { ...WEB, scope: 'openid orders:read' }, ['#/scope']],
    ['fapi2, which is not offered', { ...WEB, profile: 'fapi2' }, ['#/profile']],
    ['m2m with redirect URIs', { ...WEB, profile: 'm2m' }, ['#/redirect_uris']],
    [
      'm2m with refresh tokens',
      { profile: 'm2m', grant_types: ['client_credentials', 'refresh_token'] },
      ['#/grant_types', '#/grant_types'],
    ],
    [
      'a browser client with a secret',
      { ...WEB, profile: 'browser', token_endpoint_auth_method: 'client_secret_basic' },
      ['#/token_endpoint_auth_method'],
    ],
    [
      'a browser client that is native',
      { ...WEB, profile: 'browser', application_type: 'native' },
      ['#/application_type'],
    ],
    [
      'a browser client with long refresh',
      { ...WEB, profile: 'browser', refresh_token_lifetime: 86_401 },
      ['#/refresh_token_lifetime'],
    ],
    [
      'a native client with a secret',
      { ...WEB, profile: 'native', token_endpoint_auth_method: 'client_secret_post' },
      ['#/token_endpoint_auth_method'],
    ],
    ['a native client that is web', { ...WEB, profile: 'native', application_type: 'web' }, ['#/application_type']],
    [
      'more than 100 redirect URIs',
      { redirect_uris: Array.from({ length: 101 }, (_, n) => `https://rp.example/${n}`) },
      ['#/redirect_uris'],
    ],
  ])('refuses %s', async (_, body, pointers) => {
    const api = await AdminApi.of(running.service);
    expectRefused(await api.post('/clients', body), ...pointers);
  });

  it('takes skip with first_party, and refuses to take first_party away from such a client', async () => {
    const api = await AdminApi.of(running.service);
    const { client_id: id } = await api.made('/clients', { ...WEB, first_party: true, consent: 'skip' });
    expectRefused(await api.patch(`/clients/${String(id)}`, { first_party: false }), '#/consent');
    expectRefused(await api.patch(`/clients/${String(id)}`, { first_party: null }), '#/consent');
    const both = await api.patch(`/clients/${String(id)}`, { first_party: null, consent: null });
    expect(both.body).toMatchObject({ first_party: false, consent: 'ask' });
  });

  it.each<readonly [string, Json]>([
    ['d', {}],
    ['an RSA private member', { p: 'AA' }],
    ['a shared key', { kty: 'oct', k: 'c2VjcmV0' }],
    ['k in another kind', { k: 'AA' }],
  ])('refuses keys with private members: %s (OIDC Registration §2)', async (what, extra) => {
    const api = await AdminApi.of(running.service);
    const key: Json = { ...(what === 'd' ? await privateKey() : await publicKey()), ...extra };
    const body = { ...WEB, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [await publicKey(), key] } };
    const answer = await api.post('/clients', body);
    expectRefused(answer, '#/jwks/keys/1');
    for (const value of [key['d'], key['k']].filter((one) => typeof one === 'string' && one.length > 2)) {
      expect(answer.text).not.toContain(value);
    }
  });

  it('refuses keys that are none, too weak, or share a kid', async () => {
    const api = await AdminApi.of(running.service);
    const key = await publicKey();
    const bad: (readonly [readonly Json[], string])[] = [
      [[], '#/jwks/keys'],
      [[{}], '#/jwks/keys/0'],
      [[{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }], '#/jwks/keys/0'],
      [[{ kty: 'EC', crv: 'secp256k1', x: key['x'], y: key['y'] }], '#/jwks/keys/0'],
      [[{ kty: 'EC', crv: 'constructor', x: key['x'], y: key['y'] }], '#/jwks/keys/0'],
      [[{ ...key, kid: 7 }], '#/jwks/keys/0'],
      [
        [
          { ...key, kid: 'a' },
          { ...(await publicKey()), kid: 'a' },
        ],
        '#/jwks/keys/1/kid',
      ],
      [Array.from({ length: 21 }, () => key), '#/jwks/keys'],
    ];
    for (const [keys, pointer] of bad) {
      const body = { ...WEB, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys } };
      expectRefused(await api.post('/clients', body), pointer);
    }
  });

  it.each<readonly [string, Json, boolean]>([
    ['https://rp.example/cb', {}, true],
    ['https://rp.example', {}, true],
    ['https://rp.example:8443/cb?tenant=1', {}, true],
    ['https://[2001:db8::1]/cb', {}, true],
    ['http://localhost:3001/cb', {}, true], // a development issuer
    ['http://127.0.0.1:3001/cb', {}, true],
    ['http://127.0.0.1/cb', NATIVE, true],
    ['http://[::1]:9999/cb', NATIVE, true],
    ['com.example.app:/cb', NATIVE, true],
    ['com.example.app://cb', NATIVE, true],
    ['com.example.app:/cb', {}, false],
    ['myapp:/cb', NATIVE, false],
    ['http://rp.example/cb', {}, false],
    ['http://rp.example/cb', NATIVE, false],
    ['/cb', {}, false],
    ['//rp.example/cb', {}, false],
    ['rp.example/cb', {}, false],
    ['', {}, false],
    ['https://', {}, false],
    ['https://rp.example/cb#', {}, false],
    ['https://rp.example/cb#f', {}, false],
    ['https://user@rp.example/cb', {}, false],
    ['https://user:pw@rp.example/cb', {}, false],
    ['https://rp.example\\@evil.example/cb', {}, false],
    ['https://rp.example/c b', {}, false],
    ['https://rp.example/cb\n', {}, false],
    [' https://rp.example/cb', {}, false],
    ['https://rp.example/cb\u0000', {}, false],
    ['https://b\u00fccher.example/cb', {}, false],
    ['https://rp.example/\u00fc', {}, false],
    ['https://*.rp.example/cb', {}, false],
    ['https://rp.example/*', {}, false],
    ['https://rp.example/a/../cb', {}, false],
    ['https://rp.example/./cb', {}, false],
    ['https://rp.example/%2e%2E/cb', {}, false],
    ['https://rp.example./cb', {}, false],
    ['https://rp.example/%zz', {}, false],
    [`https://rp.example/${'a'.repeat(2030)}`, {}, false],
    ['javascript:alert(1)', NATIVE, false],
    ['JAVASCRIPT:alert(1)', {}, false],
    ['data:text/html,x', NATIVE, false],
    ['vbscript:x', NATIVE, false],
    ['file:///etc/passwd', NATIVE, false],
    ['blob:https://rp.example/1', NATIVE, false],
    ['about:blank', NATIVE, false],
    ['ws://rp.example/cb', NATIVE, false],
    ['wss://rp.example/cb', NATIVE, false],
    ['ftp://rp.example/cb', NATIVE, false],
    ['view-source:https://rp.example/', NATIVE, false],
    ['mailto:a@rp.example', NATIVE, false],
  ])('judges the redirect URI %j (RFC 6749 §3.1.2, RFC 9700 §2.1)', async (uri, kind, fine) => {
    const api = await AdminApi.of(running.service);
    const answer = await api.post('/clients', { ...kind, redirect_uris: [uri] });
    if (fine) {
      expect(answer.status, answer.text).toBe(201);
      expect(answer.body['redirect_uris']).toEqual([uri]);
    } else {
      expectRefused(answer, '#/redirect_uris/0');
    }
    const after = await api.post('/clients', { ...WEB, ...kind, post_logout_redirect_uris: [uri] });
    expect(after.status).toBe(fine ? 201 : 422);
    if (!fine) expect(pointersOf(after)).toEqual(['#/post_logout_redirect_uris/0']);
  });

  it('changes what a merge patch names and nothing else; null brings the default back (RFC 7396 §2)', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/clients', {
      ...WEB,
      client_name: 'Desk',
      client_uri: 'https://rp.example/',
      require_pkce: false,
      access_token_lifetime: 60,
      contacts: ['a@rp.example'],
    });
    const path = `/clients/${String(made['client_id'])}`;
    running.service.clock.advance('5s');
    for (const type of [PATCH_TYPE, JSON_TYPE, `${PATCH_TYPE}; charset=utf-8`, 'Application/JSON']) {
      const answer = await api.patch(path, { client_name: `Desk by ${type}` }, type);
      expect(answer.status).toBe(200);
      expect(answer.body['client_name']).toBe(`Desk by ${type}`);
    }
    const answer = await api.patch(path, {
      client_uri: null,
      require_pkce: null,
      access_token_lifetime: null,
      contacts: [],
    });
    expect(answer.body).toEqual({
      ...without(made, 'client_secret', 'client_secret_expires_at', 'client_uri', 'access_token_lifetime'),
      client_name: 'Desk by Application/JSON',
      version: 6,
      require_pkce: true,
      contacts: [],
      updated_at: expect.stringMatching(RFC3339) as string,
    });
    expect(answer.body['updated_at']).not.toBe(made['updated_at']);
    expect((await api.get(path)).body).toEqual(answer.body);
  });

  it('takes a patch that is what GET answered, and one that is empty, as no change', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/clients', WEB);
    const path = `/clients/${String(made['client_id'])}`;
    const read = await api.get(path);
    running.service.clock.advance('5s');
    expect((await api.patch(path, read.body)).body).toMatchObject(without(read.body, 'updated_at'));
    expect((await api.patch(path, {})).body).toMatchObject(without(read.body, 'updated_at'));
  });

  it.each([
    ['client_id', 'other'],
    ['client_id', null],
    ['client_id_issued_at', 1],
    ['created_at', null],
    ['updated_at', '2026-01-01T00:00:00Z'],
  ])('refuses to change %s to %j', async (member, value) => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/clients', WEB);
    expectRefused(await api.patch(`/clients/${String(made['client_id'])}`, { [member]: value }), `#/${member}`);
  });

  it('judges a patch by the whole record that it leads to', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/clients', { ...WEB, scope: 'openid email', optional_scope: 'email' });
    const path = `/clients/${String(made['client_id'])}`;
    expectRefused(await api.patch(path, { scope: 'openid' }), '#/optional_scope');
    expectRefused(await api.patch(path, { redirect_uris: null }), '#/redirect_uris');
    expectRefused(await api.patch(path, { token_endpoint_auth_method: 'none', require_pkce: false }), '#/require_pkce');
    expect((await api.patch(path, { scope: 'openid', optional_scope: null })).status).toBe(200);
  });

  it('loses none of 10 patches at the same moment', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/clients', WEB);
    const path = `/clients/${String(made['client_id'])}`;
    await api.token();
    const members = ['client_name', 'client_uri', 'policy_uri', 'tos_uri', 'logo_uri'];
    const answers = await Promise.all(
      members.map((member) => api.patch(path, { [member]: `https://rp.example/${member}` })),
    );
    const done = members.filter((_, index) => answers[index]?.status === 200);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const { body } = await api.get(path);
    for (const member of done) expect(body[member]).toBe(`https://rp.example/${member}`);
    expect(done.length).toBeGreaterThan(0);
  });

  it('is deleted once, with everything that is its own', async () => {
    const api = await AdminApi.of(running.service);
    const made = await api.made('/clients', WEB);
    const path = `/clients/${String(made['client_id'])}`;
    const gone = await api.delete(path);
    expect([gone.status, gone.text]).toEqual([204, '']);
    for (const answer of [
      await api.delete(path),
      await api.get(path),
      await api.patch(path, {}),
      await api.get(`${path}/secrets`),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect((await api.post('/clients', { ...WEB, client_id: made['client_id'] })).status).toBe(201);
  });

  it('lists pages by keyset', async () => {
    const api = await AdminApi.of(running.service);
    const listing = aListing(api);
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
    await expectStablePages(api, listing);
    await expectUsualLength(api, listing);
  });

  it('gives admin scopes only as far as the caller has them (no role above one’s own)', async () => {
    const everything = await AdminApi.of(running.service);
    const some = await AdminApi.of(running.service, ['clients:read', 'clients:write', 'users:read']);
    const body = { ...MACHINE, scope: 'users:read users:write' };
    const refused = await some.post('/clients', body);
    expect([refused.status, refused.body['detail']]).toEqual([403, expect.stringContaining('users:write')]);
    const powerful = await everything.made('/clients', body);
    const path = `/clients/${String(powerful['client_id'])}`;
    expect((await some.patch(path, { client_name: 'mine' })).status).toBe(403);
    expect((await some.post(`${path}/secrets`)).status).toBe(403);
    const plain = await everything.made('/clients', MACHINE);
    expect((await some.patch(`/clients/${String(plain['client_id'])}`, { scope: 'keys:write' })).status).toBe(403);
  });
});

function without(body: Json, ...members: string[]): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !members.includes(name)));
}
