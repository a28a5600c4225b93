import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FederatedIdentities, type ProviderInput } from '#federation/index.js';
import { UsersService } from '#users/index.js';
import { onEveryDatabase } from '../support/every-database.js';
import { appSecretProof, FakeProvider } from '../support/fake-provider.js';
import { aBrowser, uniqueName } from '../support/given.js';
import { aProvider } from '../support/upstream-gatehouse.js';
import type { Visit } from '../support/user-agent.js';

const SECRET = 'shared-with-the-provider';
const TENANT = '11111111-2222-3333-4444-555555555555';
const env: NodeJS.ProcessEnv = {};
let fake: FakeProvider;

beforeAll(async () => {
  fake = await FakeProvider.start();
  Object.assign(env, fake.env);
});
afterAll(() => fake.close());

onEveryDatabase(
  'signing in as each provider documents it',
  (running) => {
    const endpoints = () => ({
      authorizationEndpoint: fake.url('/authorize'),
      tokenEndpoint: fake.url('/token'),
      userinfoEndpoint: fake.url('/me'),
    });

    /** Goes to a provider and comes back with a code; what the ID token says, when there is one, may be bent. */
    async function signIn(
      wish: Partial<ProviderInput> & Pick<ProviderInput, 'preset'>,
      token: (nonce: string) => object | Promise<object> = () => ({}),
    ): Promise<{ asked: URL; page: Visit }> {
      const provider = await aProvider(running.service, {
        slug: uniqueName(wish.preset),
        clientId: 'gatehouse',
        clientSecret: SECRET,
        justInTime: true,
        ...wish,
      });
      const browser = aBrowser(running.service);
      const page = await browser.visit('/sign-in');
      const href = page.html.find(`idp-${provider.slug}`)?.attributes.get('href') ?? '';
      const { leftFor: asked } = await browser.visit(href);
      if (asked === undefined) throw new Error(`not sent away: ${running.service.logs.lines.slice(-3).join('')}`);
      const said = await token(asked.searchParams.get('nonce') ?? '');
      fake.on('/token', () => ({ access_token: 'at', token_type: 'bearer', ...said }));
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'the-code');
      back.searchParams.set('state', asked.searchParams.get('state') ?? '');
      return { asked, page: await browser.visit(back, { site: 'cross-site' }) };
    }

    async function userOf(issuer: string, subject: string) {
      const link = await running.service.app.get(FederatedIdentities, { strict: false }).find({ issuer, subject });
      return link && running.service.app.get(UsersService, { strict: false }).find(link.userId);
    }

    const openId = (nonce: string, claims: object) => {
      const now = running.service.clock.epochSeconds();
      return { aud: 'gatehouse', nonce, iat: now, exp: now + 300, ...claims };
    };

    it('GitHub: the user and their primary, verified address', async () => {
      const id = 100_000 + Math.floor(running.service.clock.now().getTime() % 100_000);
      fake.on('/me', () => ({ id, login: uniqueName('octo'), name: 'Mona', email: 'shown@elsewhere.example' }));
      const email = `${uniqueName('mona')}@mail.example`;
      fake.on('/me/emails', () => [
        { email: 'other@mail.example', primary: false, verified: true },
        { email, primary: true, verified: true },
      ]);
      const { asked, page } = await signIn({ preset: 'github', ...endpoints() });
      expect(page.url.pathname).toBe('/account');
      expect(asked.searchParams.get('scope')).toBe('read:user user:email');
      const { form } = fake.last('/token');
      expect([form.get('client_id'), form.get('client_secret')]).toEqual(['gatehouse', SECRET]);
      expect(form.get('code_verifier')).toMatch(/^[\w-]{43}$/);
      expect(fake.last('/me/emails').authorization).toBe('Bearer at');
      expect((await userOf(fake.url('/me'), String(id)))?.claims).toMatchObject({
        name: 'Mona',
        email,
        email_verified: true,
      });
    });

    it('Facebook: the fields of the profile with a proof of the secret; its address counts as not verified', async () => {
      const id = uniqueName('1');
      fake.on('/me', () => ({
        id,
        name: 'Mark',
        email: 'mark@mail.example',
        picture: { data: { url: 'https://cdn.example/m.jpg' } },
      }));
      const { page } = await signIn({ preset: 'facebook', ...endpoints() });
      expect(page.url.pathname).toBe('/account');
      expect(fake.last('/me').query.get('appsecret_proof')).toBe(appSecretProof(SECRET, 'at'));
      const user = await userOf(fake.url('/me'), id);
      expect(user?.claims).toMatchObject({ name: 'Mark', picture: 'https://cdn.example/m.jpg' });
      expect(user?.claims.email).toBeUndefined();
    });

    it('X: OAuth 2.0 with PKCE and basic authentication, and no address', async () => {
      const id = uniqueName('2');
      fake.on('/me', () => ({ data: { id, name: 'Jack', username: uniqueName('jack') } }));
      const { asked, page } = await signIn({ preset: 'x', ...endpoints() });
      expect(page.url.pathname).toBe('/account');
      expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
      expect(fake.last('/token').authorization).toBe(`Basic ${Buffer.from(`gatehouse:${SECRET}`).toString('base64')}`);
      expect((await userOf(fake.url('/me'), id))?.claims).toEqual({ name: 'Jack' });
    });

    it('any OAuth 2.0 server, by a mapping of its claims', async () => {
      const id = uniqueName('3');
      fake.on('/me', () => ({ person: { uid: id, mail: `${id}@mail.example` }, confirmed: true }));
      const claimMapping = { sub: 'person.uid', email: 'person.mail', email_verified: 'confirmed' };
      expect((await signIn({ preset: 'oauth2', ...endpoints(), claimMapping })).page.url.pathname).toBe('/account');
      expect((await userOf(fake.url('/me'), id))?.claims).toMatchObject({ email: `${id}@mail.example` });
    });

    it('nobody whose number cannot be told from another (RFC 8259 §6)', async () => {
      fake.on('/me', () => ({ id: 2 ** 60 }));
      const { page } = await signIn({ preset: 'github', ...endpoints() });
      expect(page.url.search).toBe('?upstream=failed');
    });

    it('Google: only accounts of the allowed Workspace domain', async () => {
      const issuer = fake.url('/google');
      fake.discover('/google', issuer);
      const wish = { preset: 'google', issuer, allowedDomains: ['corp.example'] } as const;
      const claims = { iss: issuer, email: `${uniqueName('g')}@corp.example`, email_verified: true };
      const sub = uniqueName('g');
      const inside = await signIn(wish, async (nonce) => ({
        id_token: await fake.idToken(openId(nonce, { ...claims, sub, hd: 'corp.example' })),
      }));
      expect(inside.page.url.pathname).toBe('/account');
      expect(inside.asked.searchParams.get('hd')).toBe('corp.example');
      expect((await userOf(issuer, sub))?.claims).toMatchObject({ email_verified: true });
      const outside = await signIn(wish, async (nonce) => ({
        id_token: await fake.idToken(openId(nonce, { ...claims, sub: uniqueName('g') })),
      }));
      expect(outside.page.url.search).toBe('?upstream=not-allowed');
    });

    it('Microsoft: the issuer of the tenant of the account, and only allowed tenants', async () => {
      const base = fake.url('');
      fake.discover('/organizations/v2.0', `${base}/{tenantid}/v2.0`);
      const wish = { preset: 'microsoft', issuer: base, tenant: 'organizations', allowedTenants: [TENANT] } as const;
      const other = TENANT.replace('1', '9');
      const as =
        (tid: string, iss = `${base}/${tid}/v2.0`) =>
        async (nonce: string) => ({
          id_token: await fake.idToken(openId(nonce, { iss, tid, sub: uniqueName('ms'), email: 'boss@corp.example' })),
        });
      expect((await signIn(wish, as(TENANT))).page.url.pathname).toBe('/account');
      expect((await signIn(wish, as(other))).page.url.search).toBe('?upstream=not-allowed');
      // The tenant that it states is the one that signed it.
      expect((await signIn(wish, as(TENANT, `${base}/${other}/v2.0`))).page.url.search).toBe('?upstream=failed');
    });

    describe('user info beside the ID token (OIDC Core §5.3.2)', () => {
      /** A sign-in whose ID token is about one subject, and whose user info says something. */
      async function told(subject: string, userInfo: object): Promise<Visit> {
        const issuer = fake.url('/told');
        fake.discover('/told', issuer, { userinfo_endpoint: fake.url('/me') });
        fake.on('/me', () => userInfo);
        const { page } = await signIn({ preset: 'oidc', issuer }, async (nonce) => ({
          id_token: await fake.idToken(openId(nonce, { iss: issuer, sub: subject })),
        }));
        return page;
      }

      it('is used where it is about the same subject', async () => {
        const sub = uniqueName('same');
        expect((await told(sub, { sub, name: 'Told Later' })).url.pathname).toBe('/account');
        expect((await userOf(fake.url('/told'), sub))?.claims).toMatchObject({ name: 'Told Later' });
      });

      it.each<[string, object]>([
        ['about somebody else', { sub: 'mallory', name: 'Mallory' }],
        ['about nobody', { name: 'Mallory' }],
        ['about a number', { sub: 1, name: 'Mallory' }],
      ])('is refused %s, and the sign-in with it', async (_what, userInfo) => {
        const sub = uniqueName('victim');
        expect((await told(sub, userInfo)).url.search).toBe('?upstream=failed');
        expect(await userOf(fake.url('/told'), sub)).toBeUndefined();
        expect(running.service.logs.text).toContain('the userinfo endpoint speaks of somebody else');
      });
    });

    it.each<[string, (claims: Record<string, unknown>) => Promise<string>]>([
      ['for somebody else', (claims) => fake.idToken({ ...claims, aud: 'another' })],
      ['for several, none of whom it names', (claims) => fake.idToken({ ...claims, aud: ['gatehouse', 'another'] })],
      ['that was handed to another', (claims) => fake.idToken({ ...claims, azp: 'another' })],
      ['of another issuer', (claims) => fake.idToken({ ...claims, iss: 'https://evil.example' })],
      ['with another nonce', (claims) => fake.idToken({ ...claims, nonce: 'x'.repeat(43) })],
      ['without a nonce', (claims) => fake.idToken({ ...claims, nonce: undefined })],
      ['that has expired', (claims) => fake.idToken({ ...claims, exp: Number(claims['iat']) - 60 })],
      ['from the future', (claims) => fake.idToken({ ...claims, iat: Number(claims['iat']) + 600 })],
      ['without a subject', (claims) => fake.idToken({ ...claims, sub: undefined })],
      ['of another access token', (claims) => fake.idToken({ ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })],
      ['of another code', (claims) => fake.idToken({ ...claims, c_hash: 'AAAAAAAAAAAAAAAAAAAAAA' })],
      [
        'that nobody signed',
        (claims) => {
          const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
          return Promise.resolve(`${part({ alg: 'none' })}.${part(claims)}.`);
        },
      ],
      [
        'signed with what is public (RFC 8725 §2.1)',
        (claims) => fake.idToken(claims, { alg: 'HS256', key: new TextEncoder().encode(SECRET.repeat(2)) as never }),
      ],
    ])('refuses an ID token %s (OIDC Core §3.1.3.7)', async (_what, make) => {
      const issuer = fake.url('/idp');
      fake.discover('/idp', issuer);
      const { page } = await signIn({ preset: 'oidc', issuer }, async (nonce) => ({
        id_token: await make(openId(nonce, { iss: issuer, sub: uniqueName('mallory') })),
      }));
      expect(page.url.search).toBe('?upstream=failed');
      expect(running.service.logs.text).toContain('the ID token: ');
    });
  },
  { env },
);
