import { expect, it } from 'vitest';
import { Database } from '#platform/database/index.js';
import { AdminApi, itemsOf, pointersOf, type Json } from '../support/admin-api.js';
import { onEveryDatabase } from '../support/every-database.js';
import { uniqueName } from '../support/given.js';
import {
  expectCursorsChecked,
  expectLimits,
  expectUnknownParametersRefused,
  type Listing,
} from '../support/keyset-pages.js';

const SECRET = 'a-secret-that-only-both-know';

const google = (more: object = {}): Json => ({
  preset: 'google',
  slug: uniqueName('google'),
  client_id: 'gatehouse.apps.example',
  client_secret: SECRET,
  ...more,
});

const oauth2 = (more: object = {}): Json => ({
  preset: 'oauth2',
  slug: uniqueName('own'),
  client_id: 'gatehouse',
  client_secret: SECRET,
  authorization_endpoint: 'https://id.example/authorize',
  token_endpoint: 'https://id.example/token',
  userinfo_endpoint: 'https://id.example/me',
  ...more,
});

onEveryDatabase('identity providers over REST', (running) => {
  it('are made, read, changed and deleted, and never tell their secret', async () => {
    const api = await AdminApi.of(running.service);
    const slug = uniqueName('google');
    const made = await api.post('/identity-providers', google({ slug, allowed_domains: ['corp.example'] }));
    expect(made.status, made.text).toBe(201);
    const path = `/identity-providers/${String(made.body['id'])}`;
    expect(made.headers.get('location')).toBe(running.service.url(`/api/v1${path}`));
    expect(made.body).toMatchObject({
      preset: 'google',
      slug,
      status: 'active',
      title: 'Google',
      client_authentication: 'post',
      redirect_uri: running.service.url(`/federation/${slug}/callback`),
      allowed_domains: ['corp.example'],
      just_in_time: false,
      update_claims: 'first',
    });
    expect(made.text).not.toContain(SECRET);
    const changed = await api.patch(path, { title: 'Acme Google', just_in_time: true });
    expect(changed.body).toMatchObject({ title: 'Acme Google', just_in_time: true, allowed_domains: ['corp.example'] });
    expect((await api.patch(path, { title: null })).body).toMatchObject({ title: 'Google' });
    expect((await api.get(path)).body).toMatchObject({ title: 'Google', just_in_time: true });
    const rows = await running.service.app
      .get(Database, { strict: false })
      .dataSource.query<Json[]>('SELECT * FROM upstream_provider');
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect((await api.delete(path)).status).toBe(204);
    expect((await api.delete(path)).status).toBe(404);
    expect((await api.get(path)).status).toBe(404);
  });

  it('have the slug of their preset unless another is given, and it stays', async () => {
    const api = await AdminApi.of(running.service);
    const { slug: _slug, ...github } = google({ preset: 'github' });
    const made = await api.made('/identity-providers', github);
    expect(made).toMatchObject({ slug: 'github', title: 'GitHub' });
    const again = await api.post('/identity-providers', github);
    expect([again.status, pointersOf(again)]).toEqual([409, ['#/slug']]);
    const path = `/identity-providers/${String(made['id'])}`;
    expect(pointersOf(await api.patch(path, { slug: 'other' }))).toEqual(['#/slug']);
    expect(pointersOf(await api.patch(path, { preset: 'google' }))).toEqual(['#/preset']);
    await api.delete(path);
  });

  it('that take a signed assertion get a key of their own, whose public half is answered (RFC 7523 §2.2)', async () => {
    const api = await AdminApi.of(running.service);
    const input = { ...oauth2({ client_authentication: 'private_key_jwt' }), client_secret: undefined };
    const made = await api.made('/identity-providers', input);
    expect(made['public_key']).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256' });
    expect(made['public_key']).not.toHaveProperty('d');
    const path = `/identity-providers/${String(made['id'])}`;
    const changed = await api.patch(path, { title: 'With a key' });
    expect(changed.body['public_key']).toEqual(made['public_key']);
    expect(pointersOf(await api.patch(path, { client_authentication: 'basic' }))).toEqual(['#/client_secret']);
  });

  it.each<[string, Json, string]>([
    ['a preset nobody knows', google({ preset: 'myspace' }), '#/preset'],
    ['a slug with a slash', google({ slug: 'a/b' }), '#/slug'],
    ['the slug of a page', google({ slug: 'link' }), '#/slug'],
    ['no client id', google({ client_id: '' }), '#/client_id'],
    ['no secret', google({ client_secret: undefined }), '#/client_secret'],
    ['a tenant of Google', google({ tenant: 'x' }), '#/tenant'],
    ['Microsoft without a tenant', google({ preset: 'microsoft' }), '#/tenant'],
    ['a tenant with a slash', google({ preset: 'microsoft', tenant: 'a/../b' }), '#/tenant'],
    ['OpenID Connect without an issuer', google({ preset: 'oidc' }), '#/issuer'],
    ['an issuer without TLS', google({ preset: 'oidc', issuer: 'http://id.example' }), '#/issuer'],
    ['an issuer with a query', google({ preset: 'oidc', issuer: 'https://id.example?a' }), '#/issuer'],
    ['an issuer with a password', google({ preset: 'oidc', issuer: 'https://a:b@id.example' }), '#/issuer'],
    ['half of the endpoints', google({ token_endpoint: 'https://id.example/t' }), '#/authorization_endpoint'],
    ['an OAuth endpoint that is missing', oauth2({ userinfo_endpoint: undefined }), '#/userinfo_endpoint'],
    ['an issuer of plain OAuth', oauth2({ issuer: 'https://accounts.google.com' }), '#/issuer'],
    ['an endpoint with a fragment', oauth2({ token_endpoint: 'https://id.example/#t' }), '#/token_endpoint'],
    ['a scope without openid', google({ scope: 'email' }), '#/scope'],
    ['a claim that is none', google({ claim_mapping: { admin: 'x' } }), '#/claim_mapping/admin'],
    ['a path that leads nowhere', google({ claim_mapping: { sub: 'a..b' } }), '#/claim_mapping/sub'],
    ['a mapping that is a list', google({ claim_mapping: [] }), '#/claim_mapping'],
    ['a domain in capitals', google({ allowed_domains: ['Corp.example'] }), '#/allowed_domains/0'],
    ['an address for a domain', google({ authoritative_domains: ['a@corp.example'] }), '#/authoritative_domains/0'],
    [
      'X speaking for a domain',
      google({ preset: 'x', authoritative_domains: ['x.example'] }),
      '#/authoritative_domains',
    ],
    ['trust in addresses of Facebook', google({ preset: 'facebook', trust_email: true }), '#/trust_email'],
    [
      'trust in addresses of every tenant there is',
      google({ preset: 'microsoft', tenant: 'common', trust_email: true }),
      '#/trust_email',
    ],
    [
      'a key for Facebook',
      google({ preset: 'facebook', client_secret: undefined, client_authentication: 'private_key_jwt' }),
      '#/client_authentication',
    ],
    ['a mapping of groups from nowhere', google({ groups_mapping: { a: 'administrators' } }), '#/groups_mapping'],
    [
      'a group that does not exist',
      google({ groups_claim: 'groups', groups_mapping: { a: 'nobody' } }),
      '#/groups_mapping/a',
    ],
    ['an icon from elsewhere', google({ icon: '<svg/>' }), '#/icon'],
    ['a member that nobody knows', google({ hd: 'x' }), '#/hd'],
  ])('refuse %s', async (_what, input, pointer) => {
    const api = await AdminApi.of(running.service);
    const answer = await api.post('/identity-providers', input);
    expect([answer.status, pointersOf(answer)], answer.text).toEqual([422, [pointer]]);
  });

  it('that make administrators are for callers with every admin scope', async () => {
    const limited = await AdminApi.of(running.service, ['identity-providers:read', 'identity-providers:write']);
    const wish = google({ groups_claim: 'groups', groups_mapping: { staff: 'Administrators' } });
    expect((await limited.post('/identity-providers', wish)).status).toBe(403);
    const api = await AdminApi.of(running.service);
    const made = await api.made('/identity-providers', wish);
    const path = `/identity-providers/${String(made['id'])}`;
    expect((await limited.patch(path, { client_id: 'mine' })).status).toBe(403);
    expect((await limited.delete(path)).status).toBe(403);
    const own = await limited.made('/identity-providers', google());
    expect((await limited.patch(`/identity-providers/${String(own['id'])}`, { title: 'Ours' })).status).toBe(200);
  });

  it('are listed in pages', async () => {
    const api = await AdminApi.of(running.service);
    const listing: Listing = {
      path: '/identity-providers',
      key: 'slug',
      make: async () => String((await api.made('/identity-providers', google()))['slug']),
    };
    for (let one = 0; one < 3; one += 1) await api.made('/identity-providers', google());
    const page = await api.get('/identity-providers', { limit: '2' });
    expect(itemsOf(page.body)).toHaveLength(2);
    await expectLimits(api, listing);
    await expectCursorsChecked(api, listing);
    await expectUnknownParametersRefused(api, listing);
  });
});
