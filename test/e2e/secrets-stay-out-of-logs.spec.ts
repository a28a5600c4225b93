import { decodeJwt } from 'jose';
import { beforeAll, expect, it } from 'vitest';
import { SetUpLinks } from '#authentication/index.js';
import { Database } from '#platform/database/index.js';
import { AdminApi } from '../support/admin-api.js';
import {
  assertion,
  assertionParameters,
  BareClient,
  basic,
  encoded,
  post,
  secret,
  type SignedIn,
} from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import {
  aBrowser,
  aKeyHolder,
  anApi,
  aSignInReadyToHappen,
  type GivenClient,
  type GivenUser,
} from '../support/given.js';
import { signOut, throughEveryPage } from '../support/signing-in.js';
import type { UserAgent } from '../support/user-agent.js';

const SECRET_KEY = Buffer.alloc(32, 'k3y').toString('base64url');
const ADMIN_CLIENT_SECRET = 'an-automation-secret-that-nobody-may-read';

onEveryDatabase(
  'a whole run leaves no secret in the log',
  (running) => {
    const used = new Map<string, string>();

    /** Remembers what must not be read in the log, as a whole and in the parts that would do harm. */
    function remember(kind: string, ...values: (string | undefined)[]): void {
      for (const value of values) {
        if (value === undefined || value === '') throw new Error(`there is no ${kind} to remember`);
        used.set(value, kind);
        used.set(encodeURIComponent(value), kind);
        const signature =
          /^[\w-]+\.[\w-]+\.([\w-]{40,})$/.exec(value)?.[1] ?? /^[0-9a-f-]{36}\.([\w-]{43})$/.exec(value)?.[1];
        if (signature !== undefined) used.set(signature, `part of ${kind}`);
      }
    }

    function rememberCookies(browser: UserAgent): void {
      for (const { name, value } of browser.cookies.all) remember(`cookie ${name}`, value);
    }

    function rememberTokens({ code, accessToken, refreshToken, idToken, verifier }: SignedIn): void {
      remember('code', code);
      remember('access token', accessToken);
      remember('refresh token', refreshToken);
      remember('ID token', idToken);
      remember('code verifier', verifier);
    }

    let client: GivenClient;
    let alice: GivenUser;
    let browser: UserAgent;
    let bare: BareClient;

    beforeAll(async () => {
      ({ client, alice, browser } = await aSignInReadyToHappen(running.service, {
        postLogoutRedirectUris: ['https://rp.example/bye'],
      }));
      bare = new BareClient(running.service, client);
      remember('client secret', client.clientSecret);
      remember('password', alice.password);
      remember('SECRET_KEYS', SECRET_KEY);
      remember('ADMIN_CLIENT_SECRET', ADMIN_CLIENT_SECRET);
    });

    it('of a user who signs in, mistypes, and does it again', async () => {
      const page = await browser.visit(bare.request().url);
      for (const password of ['a mistyped passwort', `${alice.password} `, secret()]) {
        remember('mistyped password', password);
        const wrong = await browser.submit(page, '#sign-in', { username: alice.username, password });
        remember('CSRF token', press(wrong.html, '#sign-in', {}).entries.find(([name]) => name === 'csrf')?.[1]);
      }
      rememberCookies(browser);
      await throughEveryPage(browser, page, alice);
      rememberCookies(browser);
      rememberTokens(await bare.signIn(browser, alice, { prompt: 'login' }));
      rememberCookies(browser);
    });

    it('of a password that is typed into the field of the name', async () => {
      const typed = 'my secret typed in the wrong field';
      remember('password in the wrong field', typed);
      const stranger = aBrowser(running.service);
      const page = await stranger.visit(bare.request().url);
      await stranger.submit(page, '#sign-in', { username: typed, password: typed });
      rememberCookies(stranger);
    });

    it('of every endpoint, used rightly and wrongly', async () => {
      const tokens = await bare.signIn(browser, alice, { scope: 'openid email offline_access' });
      rememberTokens(tokens);
      const refreshed = await bare.refresh(tokens.refreshToken);
      remember('refresh token', String(refreshed.body['refresh_token']));
      remember('access token', String(refreshed.body['access_token']));
      await bare.userinfo(tokens.accessToken);
      await bare.introspect(tokens.accessToken);
      await bare.redeem(tokens); // used twice
      await bare.refresh(tokens.refreshToken); // of an ended grant
      await bare.revoke(tokens.accessToken);
      const wrong = { secret: secret(), code: secret(), token: `${tokens.accessToken}x`, refresh: secret() };
      remember('wrong value', ...Object.values(wrong));
      await new BareClient(running.service, { ...client, clientSecret: wrong.secret }).refresh(wrong.refresh);
      await post(
        running.service,
        '/oauth2/token',
        encoded({ client_id: client.clientId, client_secret: wrong.secret }),
      );
      await bare.redeem({ ...tokens, code: wrong.code });
      await bare.userinfo(wrong.token);
      remember('Authorization header', basic(client.clientId, client.clientSecret ?? '').replace('Basic ', ''));
    });

    it('of a client that proves itself with a key', async () => {
      const holder = await aKeyHolder(running.service);
      const proof = await assertionParameters(running.service, holder);
      const wrong = await assertion(running.service, holder, { claims: { aud: 'https://other.example' } });
      remember('client assertion', proof.client_assertion, wrong);
      for (const given of [proof, proof, { ...proof, client_assertion: wrong }]) {
        await post(
          running.service,
          '/oauth2/token',
          encoded({ grant_type: 'refresh_token', refresh_token: 'x', ...given }),
        );
      }
    });

    it('of an API with opaque tokens', async () => {
      const api = await anApi(running.service, { accessTokenFormat: 'opaque' });
      const { client: another } = await aSignInReadyToHappen(running.service, { scope: [...api.scopes] });
      const opaque = await new BareClient(running.service, another).signIn(browser, alice, {
        scope: api.scopes[0] ?? '',
      });
      remember('opaque token', opaque.accessToken);
      await new BareClient(running.service, another).introspect(opaque.accessToken);
      remember('client secret', another.clientSecret);
    });

    it('of somebody who puts secrets where they do not belong: into URLs, headers and the wrong parameters', async () => {
      const { accessToken, idToken, code } = await bare.signIn(browser, alice);
      remember('token in a URL', accessToken, idToken, code);
      const values = { access_token: accessToken, code, client_secret: client.clientSecret, password: alice.password };
      for (const path of [
        '/oauth2/authorize',
        '/oauth2/token',
        '/oauth2/userinfo',
        '/oauth2/logout',
        '/nowhere',
        '/account',
      ]) {
        await fetch(running.service.url(`${path}?${encoded(values)}`), { redirect: 'manual' });
        await fetch(running.service.url(`${path}?${encoded(values)}`), { method: 'POST', redirect: 'manual' });
      }
      for (const value of [accessToken, code]) await fetch(running.service.url(`/nowhere/${value}`));
      await fetch(running.service.url(`/oauth2/authorize/${accessToken}`), { redirect: 'manual' });
      await browser.visit(bare.request({ login_hint: alice.password, id_token_hint: accessToken, prompt: 'none' }).url);
      await browser.visit(bare.request({ redirect_uri: `https://rp.example/?t=${accessToken}` }).url);
      await browser.visit(bare.request({ client_id: accessToken }).url);
      await browser.visit(bare.request({ scope: accessToken }).url);
      await bare.token({ grant_type: accessToken, resource: `https://x.example/${accessToken}` });
      await fetch(running.service.url('/oauth2/userinfo'), {
        headers: {
          authorization: `Basic ${accessToken}`,
          'user-agent': accessToken,
          referer: `https://x/?t=${idToken}`,
        },
      });
    });

    it('of an administrator who makes clients, secrets and users over REST', async () => {
      const api = await AdminApi.of(running.service);
      remember('client secret', api.machine.client.clientSecret);
      const made = await api.post('/clients', { redirect_uris: ['https://a.example/cb'], client_name: 'A' });
      expect(made.status).toBe(201);
      remember('client secret', String(made.body['client_secret']));
      const path = `/clients/${String(made.body['client_id'])}/secrets`;
      remember('client secret', String((await api.post(path, {})).body['client_secret']));
      const passwords = ['a password over REST by the sea', 'short'];
      remember('password over REST', passwords[0]);
      for (const password of passwords) await api.post('/users', { username: `u-${password.length}`, password });
      const own = await new BareClient(running.service, {
        clientId: 'automation',
        clientSecret: ADMIN_CLIENT_SECRET,
        redirectUri: '',
        method: 'client_secret_basic',
      }).ownToken();
      remember('admin token', String(own.body['access_token']));
      await fetch(running.service.url('/api/v1/users?limit=x'), {
        headers: { authorization: `Bearer ${String(own.body['access_token'])}` },
      });
    });

    it('of the set-up link', async () => {
      const link = (await running.service.app.get(SetUpLinks, { strict: false }).issue()) ?? '';
      remember('set-up link', new URL(link).searchParams.get('token') ?? '');
      const stranger = aBrowser(running.service);
      const page = await stranger.visit(link);
      const password = 'the first administrator walks by the river';
      remember('password of the administrator', password);
      const email = 'first@corp.example';
      const refused = await stranger.submit(page, '#set-up', { email, name: 'First', password: 'short' });
      await stranger.submit(refused, '#set-up', { email, name: 'First', password });
      rememberCookies(stranger);
    });

    it('of a user who signs out', async () => {
      const { idToken } = await bare.signIn(browser, alice);
      remember('ID token', idToken);
      await signOut(browser, running.service, {
        id_token_hint: idToken,
        post_logout_redirect_uri: 'https://rp.example/bye',
      });
    });

    it('of a database that fails in the midst of it', async () => {
      const tokens = await bare.signIn(browser, alice, { scope: 'openid offline_access' });
      rememberTokens(tokens);
      await running.service.app.get(Database, { strict: false }).dataSource.query('DROP TABLE refresh_token_family');
      const failed = await bare.refresh(tokens.refreshToken);
      expect(failed).toMatchObject({ status: 500, body: { error: 'server_error' } });
      expect(failed.text).not.toMatch(/refresh_token_family|SQL/i);
      expect(failed.headers.get('x-request-id')).toBeTruthy();
      expect(running.service.logs.text).toContain('refresh_token_family');
    });

    it('of all that was used above', () => {
      const { text, lines } = running.service.logs;
      expect(lines.length).toBeGreaterThan(100);
      expect(used.size).toBeGreaterThan(60);
      expect(decodeJwt([...used].find(([, kind]) => kind === 'ID token')?.[0] ?? '')).toHaveProperty('sub', alice.id);
      const found = [...used].filter(([value]) => text.includes(value)).map(([, kind]) => kind);
      expect(found).toEqual([]);
    });
  },
  {
    env: {
      LOG_LEVEL: 'trace',
      SECRET_KEYS: SECRET_KEY,
      ADMIN_CLIENT_ID: 'automation',
      ADMIN_CLIENT_SECRET,
    },
  },
);
