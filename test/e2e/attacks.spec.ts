import { connect } from 'node:net';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { StartUpNotes } from '#platform/observability/index.js';
import { GroupsService, UsersService } from '#users/index.js';
import { AdminApi } from '../support/admin-api.js';
import { answerOf, basic, BareClient, encoded, post, userinfo, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { press } from '../support/form.js';
import {
  aBrowser,
  aClient,
  aMachine,
  anApi,
  aPublicClient,
  aSignInReadyToHappen,
  aUser,
  CALLBACK,
  type ClientWish,
  type GivenUser,
} from '../support/given.js';
import { signIn, throughEveryPage } from '../support/signing-in.js';
import { startService, type TestService } from '../support/start-service.js';
import { UserAgent, type Visit } from '../support/user-agent.js';

const EVIL = 'https://evil.example';

/** The alphabet of base64url in the order of its values (RFC 4648 §5). */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Sends bytes as they are, for requests that no HTTP client would make. */
function raw(to: TestService, lines: readonly string[], body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const text = `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`;
    const socket = connect(to.settings.server.port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(answer);
    });
  });
}

/** The form behind a button of a page, to be sent changed. */
function formOf(page: Visit, button: string): { url: URL; entries: Map<string, string> } {
  const { action, entries } = press(page.html, button, {});
  return { url: new URL(action, page.url), entries: new Map(entries) };
}

onEveryDatabase('attacks', (running) => {
  async function aVisitor(wish: ClientWish = {}) {
    const ready = await aSignInReadyToHappen(running.service, wish);
    return { ...ready, bare: new BareClient(running.service, ready.client) };
  }

  async function aSignedInVisitor(wish: ClientWish = {}, asked: Parameters = {}) {
    const ready = await aVisitor(wish);
    return { ...ready, tokens: await ready.bare.signIn(ready.browser, ready.alice, asked) };
  }

  const authorize = (parameters: Parameters) =>
    fetch(running.service.url(`/oauth2/authorize?${encoded(parameters)}`), { redirect: 'manual' });

  describe('on the redirect URI (RFC 9700 §4.1, RFC 6749 §10.6)', () => {
    it.each([
      ['a longer path', `${CALLBACK}/more`],
      ['a trailing slash', `${CALLBACK}/`],
      ['an empty query', `${CALLBACK}?`],
      ['a query', `${CALLBACK}?next=${EVIL}`],
      ['a fragment', `${CALLBACK}#x`],
      ['another case of the path', CALLBACK.replace('callback', 'Callback')],
      ['another case of the host', CALLBACK.replace('rp', 'RP')],
      ['another case of the scheme', CALLBACK.replace('https', 'HTTPS')],
      ['the default port', CALLBACK.replace('.example', '.example:443')],
      ['another port', CALLBACK.replace('.example', '.example:8443')],
      ['a sub-domain', CALLBACK.replace('rp.', 'evil.rp.')],
      ['a host that begins alike', CALLBACK.replace('.example', '.example.evil.example')],
      ['a user name', CALLBACK.replace('://', '://rp.example@evil.example/')],
      ['a backslash', CALLBACK.replace('.example', '.example\\@evil.example')],
      ['a dot segment', CALLBACK.replace('/callback', '/x/../callback')],
      ['an escaped letter', CALLBACK.replace('callback', 'c%61llback')],
      ['an escaped slash', CALLBACK.replace('/callback', '%2fcallback')],
      ['a trailing dot of the host', CALLBACK.replace('.example', '.example.')],
      ['a space before it', ` ${CALLBACK}`],
      ['a space after it', `${CALLBACK} `],
      ['a line break after it', `${CALLBACK}\r\nx: y`],
      ['a full-width dot', CALLBACK.replace('.', '．')],
      ['plain http', CALLBACK.replace('https', 'http')],
      ['a script', 'javascript:alert(1)'],
      ['data', 'data:text/html,x'],
      ['a path without a host', '/callback'],
      ['no scheme', '//rp.example/callback'],
    ])('answers %s with a page and never with a redirect', async (_trick, redirect_uri) => {
      const { bare } = await aVisitor();
      for (const prompt of [undefined, 'none']) {
        const answer = await fetch(bare.request({ redirect_uri, prompt }).url, { redirect: 'manual' });
        expect(answer.status).toBe(400);
        expect(answer.headers.get('location')).toBeNull();
        expect(await answer.text()).toContain('invalid_request');
      }
    });

    it('frees the port of loopback literals and of nothing else (RFC 8252 §7.3)', async () => {
      const client = await aPublicClient(running.service, {
        applicationType: 'native',
        redirectUris: ['http://127.0.0.1/cb', 'http://[::1]:9/cb', 'http://localhost:7000/cb'],
      });
      const bare = new BareClient(running.service, client);
      const statusOf = async (redirect_uri: string) =>
        (await fetch(bare.request({ redirect_uri }).url, { redirect: 'manual' })).status;
      expect(await statusOf('http://127.0.0.1:50123/cb')).toBe(303);
      expect(await statusOf('http://[::1]:50123/cb')).toBe(303);
      expect(await statusOf('http://localhost:7000/cb')).toBe(303);
      for (const other of [
        'http://localhost:7001/cb',
        'http://127.0.0.1:50123/cb/',
        'http://127.0.0.1:50123/cb?x=1',
        'http://127.0.0.2:50123/cb',
        'http://127.0.0.1:50123@evil.example/cb',
        'http://127.0.0.1.evil.example:50123/cb',
        'http://127.0.0.1:99999/cb',
        'http://127.0.0.1:/cb',
        'http://127.1:50123/cb',
        'http://2130706433:50123/cb',
        'http://[::ffff:127.0.0.1]:50123/cb',
        'https://127.0.0.1:50123/cb',
      ]) {
        expect([other, await statusOf(other)]).toEqual([other, 400]);
      }
    });
  });

  describe('by odd parameters (RFC 6749 §3.1, §3.2, App. A, App. B)', () => {
    it.each(['client_id', 'redirect_uri', 'response_mode', 'state'])(
      'shows a page when %s is repeated',
      async (name) => {
        const { bare } = await aVisitor();
        const { parameters } = bare.request({ response_mode: 'query' });
        const answer = await authorize({ ...parameters, [name]: [String(parameters[name]), String(parameters[name])] });
        expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
      },
    );

    it('counts the same name in query and form as a repeat (OIDC Core §3.1.2.1)', async () => {
      const { bare } = await aVisitor();
      const { parameters } = bare.request();
      const answer = await post(running.service, '/oauth2/authorize?nonce=other', encoded(parameters));
      expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request');
      expect((await post(running.service, '/oauth2/authorize?state=other', encoded(parameters))).status).toBe(400);
    });

    it.each(['%', '%zz', '%c3%28', '%ff', '%00', '%ed%a0%80'])('refuses %s as undecodable everywhere', async (text) => {
      const { bare, client } = await aVisitor();
      const page = await fetch(`${bare.request().url}&x=${text}`, { redirect: 'manual' });
      expect([page.status, page.headers.get('location')]).toEqual([400, null]);
      const authorization = basic(client.clientId, client.clientSecret ?? '');
      const form = `grant_type=refresh_token&refresh_token=x&x=${text}`;
      const answer = await post(running.service, '/oauth2/token', form, { authorization });
      expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request']);
    });

    it('takes names of objects and arrays for unknown names, and nothing of them into objects', async () => {
      const { bare } = await aVisitor();
      const odd = {
        __proto__x: '1',
        constructor: '2',
        'scope[]': 'email',
        'a[b]': 'c',
        toString: 'x',
        hasOwnProperty: 'y',
      };
      const { url } = bare.request(odd);
      const answer = await fetch(`${url}&__proto__=admin&__proto__[scope]=x`, { redirect: 'manual' });
      expect(answer.headers.get('location')).toContain('/sign-in?interaction=');
      expect(await bare.token({ ...odd, grant_type: 'refresh_token', refresh_token: 'x' })).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
      expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    });

    it('splits no header: line breaks stay in the value they came in (RFC 9112 §11.1)', async () => {
      const { bare } = await aVisitor();
      const { url } = bare.request({ state: 'a\r\nset-cookie: gatehouse-session=x\r\n\r\n<script>' });
      const answer = await fetch(url, { redirect: 'manual' });
      expect(answer.headers.get('set-cookie')).toBeNull();
      const { searchParams, origin } = new URL(answer.headers.get('location') ?? '');
      expect([origin, searchParams.get('error')]).toEqual(['https://rp.example', 'invalid_request']);
    });

    it('refuses what is too long and cuts nothing off', async () => {
      const { bare } = await aVisitor();
      const tooLong: Record<string, number> = {
        nonce: 513,
        state: 2049,
        login_hint: 321,
        code_challenge: 129,
        scope: 4097,
      };
      for (const [name, length] of Object.entries(tooLong)) {
        const answer = await fetch(bare.request({ [name]: 'a'.repeat(length) }).url, { redirect: 'manual' });
        const { searchParams } = new URL(answer.headers.get('location') ?? '');
        expect([name, searchParams.get('error')]).toEqual([name, 'invalid_request']);
      }
      const many = Array.from({ length: 101 }, (_, index) => `x${index}=`).join('&');
      expect((await fetch(`${bare.request().url}&${many}`, { redirect: 'manual' })).status).toBe(400);
    });

    it('ignores a list of languages that no reader has, however long it is (OIDC Core §3.1.2.1)', async () => {
      const { bare, browser } = await aVisitor();
      const { parameters } = bare.request({ ui_locales: 'xx '.repeat(18_000), scope: `openid ${'x'.repeat(4000)}` });
      const page = await browser.post(
        running.service.url('/oauth2/authorize'),
        Object.entries(parameters) as [string, string][],
      );
      expect([page.status, page.html.has('#password')]).toEqual([200, true]);
      const asked = { post_logout_redirect_uri: '', ui_locales: 'xx '.repeat(18_000) };
      expect((await browser.post(running.service.url('/oauth2/logout'), asked)).status).toBe(200);
    });

    it('refuses a credential header that stands twice, as each reader would pick another (RFC 9110 §5.3)', async () => {
      const { client } = await aVisitor();
      const right = `Authorization: ${basic(client.clientId, client.clientSecret ?? '')}`;
      const form = 'grant_type=refresh_token&refresh_token=x';
      const type = 'Content-Type: application/x-www-form-urlencoded';
      const lines = ['POST /oauth2/token HTTP/1.1', 'Host: x', `Content-Length: ${form.length}`];
      expect(await raw(running.service, [...lines, type, right], form)).toContain('invalid_grant');
      for (const twice of [
        [type, right, 'Authorization: Basic eDp5'],
        [type, 'Authorization: Basic eDp5', right],
        [type, right, right],
        [type, type, right],
        [type, right, 'Host: y'],
      ]) {
        const answer = await raw(running.service, [...lines, ...twice], form);
        expect(answer).toMatch(/^HTTP\/1\.1 400 /);
        expect(answer).toContain('"error":"invalid_request"');
      }
    });
  });

  describe('on paths, methods and hosts (RFC 9110, RFC 9700 §4.13)', () => {
    it.each([
      '//oauth2/token',
      '/oauth2//token',
      '/oauth2/token/',
      '/oauth2/./token',
      '/oauth2/x/../token',
      '/oauth2/..;/oauth2/token',
      '/oauth2/token;x=1',
      '/oauth2%2ftoken',
      '/oauth2/token%00',
      '/oauth2/token%20',
      '/OAUTH2/token',
      '/oauth2/Token',
      '/oauth2\\token',
      '/api/v1/users/',
      '/api/v1//users',
      '/api/v1/%2e%2e/v1/users',
      '/API/v1/users',
      '/oauth2/%2e%2e/api/v1/users',
    ])('finds nothing at %s', async (path) => {
      const answer = await raw(running.service, [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Length: 0']);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    });

    it.each([
      `//evil.example/%2f..`,
      '/%2f%2fevil.example/',
      '/\\evil.example',
      '/%5cevil.example',
      '//evil.example//',
    ])('redirects nobody from %s', async (path) => {
      const answer = await raw(running.service, [`GET ${path} HTTP/1.1`, 'Host: x']);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).not.toMatch(/^location:/im);
    });

    it('lets no header or parameter change the method', async () => {
      for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
        const answer = await fetch(running.service.url('/oauth2/token?_method=POST'), { headers: { [name]: 'POST' } });
        expect(answer.status).toBe(405);
      }
    });

    it('takes nothing from Host or forwarding headers of strangers (RFC 8414 §2)', async () => {
      const { bare } = await aVisitor();
      const forged = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-prefix': '/evil',
        'x-original-url': '/api/v1/users',
        'x-rewrite-url': '/api/v1/users',
        forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
      };
      for (const path of ['/.well-known/openid-configuration', '/oauth2/jwks', '/sign-in', '/account', '/nowhere']) {
        const answer = await fetch(running.service.url(path), { headers: forged, redirect: 'manual' });
        expect(`${answer.headers.get('location') ?? ''} ${await answer.text()}`).not.toContain('evil');
      }
      const { pathname, search } = new URL(bare.request({ prompt: 'none' }).url);
      const answer = await raw(running.service, [`GET ${pathname}${search} HTTP/1.1`, 'Host: evil.example']);
      expect(answer).toContain(`iss=${encodeURIComponent(running.service.issuer)}`);
      expect(answer).not.toContain('evil.example');
    });

    it('is no neighbour of a page whose name was made to lead here (DNS rebinding)', async () => {
      const ask = (host: string) => raw(running.service, ['GET /metrics HTTP/1.1', `Host: ${host}`]);
      for (const host of ['127.0.0.1', 'localhost:3000', '[::1]:3000'])
        expect(await ask(host)).toMatch(/^HTTP\/1\.1 200 /);
      for (const host of ['evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.evil.example']) {
        expect(await ask(host)).not.toMatch(/^HTTP\/1\.1 200 /);
      }
    });

    it('smuggles nothing in: two lengths, or a length beside chunks, end the connection (RFC 9112 §6.3)', async () => {
      for (const second of ['Transfer-Encoding: chunked', 'Content-Length: 6']) {
        const lines = ['POST /oauth2/token HTTP/1.1', 'Host: x', 'Content-Length: 5', second];
        const answer = await raw(running.service, lines, '0\r\n\r\nGET /account HTTP/1.1\r\nHost: x\r\n\r\n');
        expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
      }
    });
  });

  describe('from scripts of other origins', () => {
    it('shares no answer with an origin that no browser client has, and never with null', async () => {
      const spa = await aPublicClient(running.service, { redirectUris: ['https://spa.example/cb'] });
      await aPublicClient(running.service, { redirectUris: ['com.example.app:/cb'], applicationType: 'native' });
      const ask = (path: string, origin: string) =>
        fetch(running.service.url(path), {
          method: 'POST',
          headers: { origin },
          body: new URLSearchParams({ client_id: spa.clientId }),
        });
      for (const path of ['/oauth2/token', '/oauth2/revoke', '/oauth2/userinfo']) {
        const allowed = (await ask(path, 'https://spa.example')).headers;
        expect(allowed.get('access-control-allow-origin')).toBe('https://spa.example');
        expect(allowed.get('vary')).toMatch(/origin/i);
        for (const origin of [
          'null',
          EVIL,
          'https://spa.example.evil.example',
          'http://spa.example',
          'https://spa.example:444',
          'https://xspa.example',
          'https://SPA.example',
          'com.example.app://',
        ]) {
          const { headers } = await ask(path, origin);
          expect([origin, headers.get('access-control-allow-origin')]).toEqual([origin, null]);
          expect(headers.get('access-control-allow-credentials')).toBeNull();
        }
      }
    });

    it.each(['/oauth2/authorize', '/oauth2/introspect', '/oauth2/logout', '/sign-in', '/consent', '/api/v1/users'])(
      'is not at all for %s',
      async (path) => {
        await aPublicClient(running.service, { redirectUris: ['https://spa.example/cb'] });
        const headers = { origin: 'https://spa.example', 'access-control-request-method': 'POST' };
        const preflight = await fetch(running.service.url(path), { method: 'OPTIONS', headers });
        expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([405, null]);
      },
    );
  });

  describe('by framing (RFC 9700 §4.16)', () => {
    it('is forbidden on every page, errors included', async () => {
      const { bare, browser, alice } = await aVisitor();
      const page = await browser.visit(bare.request().url);
      const consent = await signIn(browser, page, alice);
      const account = await browser.visit('/account');
      const logout = await browser.visit('/oauth2/logout');
      const nowhere = await browser.visit('/nowhere');
      const refused = await browser.visit('/oauth2/authorize');
      for (const { headers } of [page, consent, account, logout, nowhere, refused]) {
        expect(headers.get('x-frame-options')).toBe('DENY');
        const policy = headers.get('content-security-policy') ?? '';
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).toContain("base-uri 'none'");
        expect(policy).not.toContain('unsafe-inline');
        expect(headers.get('referrer-policy')).toBe('same-origin');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('cache-control')).toContain('no-store');
      }
    });
  });

  describe('by open redirection (RFC 9700 §4.11)', () => {
    it.each([
      EVIL,
      '//evil.example',
      '/\\evil.example',
      '\\/evil.example',
      '/\t/evil.example',
      '/%09//evil.example',
      '/.//evil.example',
      '/x/..//evil.example',
      '///evil.example',
      'javascript:alert(1)',
      '/\n/evil.example',
      ' //evil.example',
      '/@evil.example/..//evil.example',
      'https:evil.example',
      '',
    ])('never leads to %j after a sign-in', async (return_to) => {
      const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
      const page = await browser.visit(`/sign-in?${encoded({ return_to })}`);
      const done = await signIn(browser, page, alice);
      expect(done.leftFor).toBeUndefined();
      expect(done.url.origin).toBe(new URL(running.service.issuer).origin);
      const again = await browser.visit(`/sign-in?${encoded({ return_to })}`);
      expect(again.leftFor).toBeUndefined();
    });
  });

  describe('on forms (RFC 9700 §4.7)', () => {
    it('lets no other site sign a browser in, nor one whose form was shown to another browser', async () => {
      const { bare, alice, browser } = await aVisitor();
      const page = await browser.visit(bare.request().url);
      const { url, entries } = formOf(page, '#sign-in');
      const filled = [...entries.set('username', alice.username).set('password', alice.password)];
      const foreign = await browser.post(url, filled, { headers: { 'sec-fetch-site': 'cross-site', origin: EVIL } });
      expect(foreign.status).toBe(400);
      const sameSite = await browser.post(url, filled, {
        headers: { 'sec-fetch-site': 'same-site', origin: 'https://sub.example' },
      });
      expect(sameSite.status).toBe(400);
      const attacker = aBrowser(running.service);
      await attacker.visit(bare.request().url);
      expect((await attacker.post(url, filled)).status).toBe(400);
      expect((await browser.visit('/account')).url.pathname).toBe('/sign-in');
      const withoutToken = filled.filter(([name]) => name !== 'csrf');
      expect((await browser.post(url, withoutToken)).status).toBe(400);
      expect((await browser.post(url, [...filled, ['csrf', entries.get('csrf') ?? '']])).status).toBe(400);
      expect((await browser.post(url, filled)).html.has('#consent-allow')).toBe(true);
    });

    it('accepts the token of one form in no other: not of another interaction, page or session', async () => {
      const { bare, alice, browser } = await aVisitor();
      const first = await signIn(browser, await browser.visit(bare.request().url), alice);
      const second = await browser.visit(bare.request({ prompt: 'consent' }).url);
      const token = formOf(first, '#consent-allow').entries.get('csrf') ?? '';
      const { url, entries } = formOf(second, '#consent-allow');
      expect((await browser.post(url, [...entries.set('csrf', token)])).status).toBe(400);
      expect((await browser.post('/account/sessions', { csrf: token, action: 'end-others' })).status).toBe(400);
      expect((await browser.submit(first, '#consent-allow')).answer).toHaveProperty('code');
    });
  });

  describe('by swapping browsers and users', () => {
    it('answers nothing of an interaction to another browser, signed in or not', async () => {
      const { bare, alice, browser } = await aVisitor();
      const mallory = await aUser(running.service);
      const hers = aBrowser(running.service);
      await bare.obtainCode(hers, mallory);
      const page = await browser.visit(bare.request().url);
      const id = page.url.searchParams.get('interaction') ?? '';
      for (const path of [
        `/sign-in?interaction=${id}`,
        `/consent?interaction=${id}`,
        `/select-account?interaction=${id}`,
        `/oauth2/authorize/${id}`,
      ]) {
        const visit = await hers.visit(path);
        expect([path, visit.status, visit.leftFor]).toEqual([path, 400, undefined]);
        expect(visit.html.words).not.toContain(alice.username);
      }
      for (const odd of [`${id} `, id.toUpperCase(), `${id}%00`, `${id}/`, '', '%', '..', `${id}&interaction=${id}`]) {
        const visit = await browser.visit(`/consent?interaction=${odd}`);
        expect([odd, visit.leftFor, visit.html.has('#consent-allow')]).toEqual([odd, undefined, false]);
      }
      expect((await throughEveryPage(browser, page, alice)).answer).toHaveProperty('code');
    });

    it('never uses the decision of one user for another who signs in before the answer', async () => {
      const { bare, alice, browser } = await aVisitor();
      const bob = await aUser(running.service);
      const page = await browser.visit(bare.request().url);
      const consent = await signIn(browser, page, alice);
      const allow = formOf(consent, '#consent-allow');
      const another = await browser.submit(consent, '#use-another-account');
      const asked = await signIn(browser, another, bob);
      expect(asked.html.has('#consent-allow')).toBe(true);
      expect(asked.html.words).not.toContain(alice.username);
      const stale = await browser.post(allow.url, allow.entries);
      expect([stale.status, stale.leftFor]).toEqual([400, undefined]);
      const { code } = (await browser.submit(asked, '#consent-allow')).answer;
      expect(code).toBeDefined();
    });

    it('shows a page of Back or of a second tab as finished, and yields no second code', async () => {
      const { bare, alice, browser } = await aVisitor();
      const page = await browser.visit(bare.request().url);
      const consent = await signIn(browser, page, alice);
      const id = consent.url.searchParams.get('interaction') ?? '';
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => browser.submit(consent, '#consent-allow')));
      expect(answers.filter(({ leftFor }) => leftFor !== undefined)).toHaveLength(1);
      for (const path of [`/oauth2/authorize/${id}`, `/consent?interaction=${id}`, `/sign-in?interaction=${id}`]) {
        expect((await browser.visit(path)).leftFor).toBeUndefined();
      }
      expect((await signIn(browser, page, alice)).leftFor).toBeUndefined();
    });

    it('grants only what was offered: no scope can be added, and none made required is lost', async () => {
      const { bare, alice, browser } = await aVisitor({
        scope: ['openid', 'email', 'profile'],
        optionalScope: ['email'],
      });
      const page = await browser.visit(bare.request({ scope: 'openid email profile' }).url);
      const consent = await signIn(browser, page, alice);
      const { url, entries } = formOf(consent, '#consent-allow');
      const add = (...more: [string, string][]) => browser.post(url, [...entries, ...more]);
      for (const scope of ['phone', 'offline_access', 'clients:write', 'EMAIL', 'email profile']) {
        const forged = await add(['scope', scope]);
        expect([scope, forged.status, forged.leftFor]).toEqual([scope, 400, undefined]);
      }
      for (const duration of ['days:0', 'days:-1', 'days:99999999', 'days:1e3', 'always', 'days:']) {
        const changed = await browser.post(url, [...entries.set('duration', duration)]);
        expect([duration, changed.status, changed.leftFor]).toEqual([duration, 422, undefined]);
      }
      const bareForm = new Map(
        [...entries]
          .filter(([name]) => name !== 'scope')
          .map(([name, value]) => [name, name === 'duration' ? 'once' : value]),
      );
      const { code } = (await browser.post(url, [...bareForm])).answer;
      expect(code).toBeDefined();
    });
  });

  describe('by the name of a client (RFC 9700 §4.16)', () => {
    it.each([
      ['markup', '<img src=x onerror=alert(1)>"\'><script>alert(1)</script>'],
      ['invisible letters', 'Ba\u200Bn\u2060k\uFEFF\u00AD\u{E0041}'],
      ['towers of accents', `Bank${'\u0301'.repeat(150)}`],
      ['a template', '{{7777*7777}} ${7777*7777} <%= 7777*7777 %>'],
    ])('shows %s as plain text, on every page that names the client', async (_trick, clientName) => {
      const { bare, browser, alice } = await aVisitor({ clientName });
      const page = await browser.visit(bare.request().url);
      const consent = await signIn(browser, page, alice);
      await browser.submit(consent, '#consent-allow');
      const applications = await browser.visit('/account/applications');
      const logout = await browser.visit(`/oauth2/logout?client_id=${bare.client.clientId}`);
      for (const { html, status } of [page, consent, applications, logout]) {
        expect(status).toBe(200);
        const active = html.tags.filter(({ name }) => name === 'script' || name === 'img');
        expect(active.filter(({ attributes }) => attributes.get('src')?.startsWith('/assets/') !== true)).toEqual([]);
        expect(html.source).not.toMatch(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u);
        expect(html.source).not.toMatch(/\u0301{6}/u);
        expect(html.words).not.toContain('60481729');
      }
    });
  });

  describe('on cookies', () => {
    it('plants no session: neither a chosen value nor one from before the sign-in is one afterwards', async () => {
      const { bare, alice, browser } = await aVisitor();
      const planted = 'a'.repeat(43);
      const send = (cookie: string) =>
        fetch(running.service.url('/account'), { headers: { cookie }, redirect: 'manual' });
      await bare.signIn(browser, alice);
      const mine = browser.cookies.find('gatehouse-session')?.value ?? '';
      expect((await send(`gatehouse-session=${mine}`)).status).toBe(200);
      for (const odd of [
        planted,
        `${mine}x`,
        mine.slice(0, -1),
        mine.toUpperCase(),
        `"${mine}"`,
        `${mine},${mine}`,
        encodeURIComponent(`${mine}\n`),
      ]) {
        expect([odd, (await send(`gatehouse-session=${odd}`)).status]).toEqual([odd, 303]);
      }
      expect((await send(`Gatehouse-Session=${mine}`)).status).toBe(303);
      expect((await send(`__Host-gatehouse-session=${mine}`)).status).toBe(303);
      expect((await send(`x=1;;=;gatehouse-session=${mine}; =y`)).status).toBe(200);
      expect((await send(`gatehouse-session=${planted}; gatehouse-session=${mine}`)).status).toBe(303);
      expect((await send(`gatehouse-session=${'x'.repeat(40_000)}`)).status).toBe(431);
    });

    it('makes a new browser secret where the cookie has none that we made', async () => {
      const { bare } = await aVisitor();
      for (const planted of ['x', 'a'.repeat(44), 'a'.repeat(5000), 'a;b', '"']) {
        const answer = await fetch(bare.request().url, {
          headers: { cookie: `gatehouse-browser=${planted}` },
          redirect: 'manual',
        });
        expect(answer.headers.get('set-cookie')).toMatch(
          /^gatehouse-browser=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
        );
      }
    });
  });

  describe('with codes (RFC 9700 §4.5, §4.8)', () => {
    it('injects no code: it is good for its client, redirect URI and verifier alone', async () => {
      const { bare, alice, browser } = await aVisitor({ redirectUris: [CALLBACK, `${CALLBACK}2`] });
      const other = new BareClient(running.service, await aClient(running.service));
      const mine = await bare.obtainCode(browser, alice);
      const theirs = await bare.obtainCode(browser, alice);
      const refused = [
        await other.redeem(mine),
        await bare.redeem(mine, { redirect_uri: `${CALLBACK}2` }),
        await bare.redeem({ ...mine, verifier: theirs.verifier }),
        await bare.redeem(mine, { code_verifier: undefined }),
      ];
      for (const answer of refused) expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_grant']);
      expect((await bare.redeem(mine)).status).toBe(200);
    });

    it('lets nobody take PKCE away: neither the challenge nor the method (RFC 7636 §7.2, RFC 9700 §4.8)', async () => {
      const { bare, alice, browser } = await aVisitor();
      for (const wish of [
        { code_challenge: undefined, code_challenge_method: undefined },
        { code_challenge_method: undefined },
        { code_challenge_method: 'plain' },
        { code_challenge_method: 's256' },
        { code_challenge: 'a'.repeat(42) },
        { code_challenge: `${'a'.repeat(42)}=` },
      ]) {
        expect((await bare.ask(browser, alice, wish)).answer['error']).toBe('invalid_request');
      }
      const lax = new BareClient(running.service, await aClient(running.service, { requirePkce: false }));
      const without = await lax.obtainCode(browser, alice, {
        code_challenge: undefined,
        code_challenge_method: undefined,
      });
      expect((await lax.redeem(without, { code_verifier: without.verifier })).body['error']).toBe('invalid_grant');
    });

    it('names the issuer in every answer, errors included (RFC 9207 §2)', async () => {
      const { bare, alice, browser } = await aVisitor();
      const visits = [
        await bare.ask(browser, alice),
        await browser.visit(bare.request({ prompt: 'none', scope: 'openid email' }).url),
        await browser.visit(bare.request({ response_type: 'token' }).url),
      ];
      for (const { answer } of visits) expect(answer['iss']).toBe(running.service.issuer);
    });
  });

  describe('by putting one kind of token in the place of another (RFC 9068 §4, RFC 8725 §3.11)', () => {
    it('takes an access token nowhere but where access tokens belong, and nothing else there', async () => {
      const { bare, tokens, browser, alice } = await aSignedInVisitor();
      const { code } = await bare.obtainCode(browser, alice);
      for (const [kind, value] of [
        ['ID token', tokens.idToken],
        ['refresh token', tokens.refreshToken],
        ['code', code],
      ] as const) {
        expect([kind, (await userinfo(running.service, value)).status]).toEqual([kind, 401]);
        const answer = await fetch(running.service.url('/api/v1/users'), {
          headers: { authorization: `Bearer ${value}` },
        });
        expect([kind, answer.status]).toEqual([kind, 401]);
      }
      for (const value of [tokens.idToken, code])
        expect((await bare.introspect(value)).body).toEqual({ active: false });
      for (const value of [tokens.accessToken, tokens.idToken, code]) {
        expect((await bare.refresh(value)).body['error']).toBe('invalid_grant');
      }
      for (const value of [tokens.accessToken, tokens.refreshToken, tokens.idToken]) {
        expect((await bare.redeem({ ...tokens, code: value })).body['error']).toBe('invalid_grant');
      }
      const hinted = await browser.visit(bare.request({ prompt: 'none', id_token_hint: tokens.accessToken }).url);
      expect(hinted.answer['error']).toBe('invalid_request');
      const logout = await browser.visit(`/oauth2/logout?id_token_hint=${tokens.accessToken}`);
      expect(logout.status).toBe(400);
      expect(
        (
          await fetch(running.service.url('/api/v1/users'), {
            headers: { authorization: `Bearer ${tokens.accessToken}` },
          })
        ).status,
      ).toBe(401);
    });

    it('validates no token that was cut, lengthened, re-cased or re-encoded', async () => {
      const api = await anApi(running.service, { accessTokenFormat: 'opaque' });
      const { bare, tokens, browser, alice } = await aSignedInVisitor(
        { scope: ['openid', ...api.scopes] },
        { scope: 'openid' },
      );
      const opaque = await bare.signIn(browser, alice, { scope: `openid ${api.scopes[0] ?? ''}` });
      const swapped = (text: string) =>
        text.replace(/[A-Za-z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
      const lastBits = (text: string) => text.slice(0, -1) + (LETTERS[LETTERS.indexOf(text.slice(-1)) ^ 1] ?? '');
      for (const value of [tokens.accessToken, opaque.accessToken]) {
        expect((await userinfo(running.service, value)).status).toBe(200);
        for (const changed of [
          value.slice(0, -1),
          value.slice(1),
          `${value}A`,
          `${value}=`,
          `${value}.`,
          `.${value}`,
          swapped(value),
          lastBits(value),
          `${value}.${value}`,
        ]) {
          expect([changed, (await userinfo(running.service, changed)).status]).toEqual([changed, 401]);
          expect((await bare.introspect(changed)).body).toEqual({ active: false });
        }
      }
      for (const changed of [
        tokens.refreshToken.slice(0, -1),
        `${tokens.refreshToken}A`,
        tokens.refreshToken.toUpperCase(),
        ` ${tokens.refreshToken}`,
        lastBits(tokens.refreshToken),
      ]) {
        expect((await bare.refresh(changed)).body['error']).toBe('invalid_grant');
      }
      expect((await bare.refresh(tokens.refreshToken)).status).toBe(200);
    });

    it('believes no header: neither its algorithm nor its keys (RFC 8725 §2.1, §3.1, §3.10)', async () => {
      const { tokens, bare } = await aSignedInVisitor();
      const { kid = '' } = decodeProtectedHeader(tokens.accessToken);
      const claims = { ...decodeJwt(tokens.accessToken), scope: 'openid email profile' };
      const jwks = (await (await fetch(running.service.url('/oauth2/jwks'))).json()) as {
        keys: Record<string, string>[];
      };
      const own = jwks.keys.find((key) => key['kid'] === kid) ?? {};
      const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const forged: string[] = [];
      for (const alg of ['none', 'None', 'NONE', 'nOnE', ''])
        forged.push(`${segment({ alg, typ: 'at+jwt', kid })}.${segment(claims)}.`);
      for (const secretText of [JSON.stringify(own), own['x'] ?? '', own['kid'] ?? '', 'x'.repeat(32)]) {
        const key = new TextEncoder().encode(secretText.padEnd(32, ' '));
        forged.push(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid }).sign(key));
      }
      const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
      const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
      const headers = [
        { kid },
        { kid: undefined },
        { kid, jwk: { kty: 'EC', crv: jwk.crv, x: jwk.x, y: jwk.y } },
        { kid, jku: `${EVIL}/jwks` },
        { kid: '../../../dev/null' },
        { kid: "' OR 1=1 --" },
        { kid: '__proto__' },
        { kid: `${kid} ` },
        { kid: 'A'.repeat(43) },
      ];
      for (const header of headers) {
        forged.push(
          await new SignJWT(claims)
            .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header } as never)
            .sign(pair.privateKey),
        );
      }
      const [head = '', body = '', signature = ''] = tokens.accessToken.split('.');
      forged.push(
        `${head}.${segment(claims)}.${signature}`,
        `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
        `${segment({ alg: 'ES256', typ: 'at+jwt', kid, crit: ['x'], x: 1 })}.${body}.${signature}`,
      );
      for (const token of forged) {
        const answer = await userinfo(running.service, token);
        expect([token.slice(0, 90), answer.status >= 400 && answer.status <= 401]).toEqual([token.slice(0, 90), true]);
        expect((await bare.introspect(token)).body).toEqual({ active: false });
      }
    });

    it('gives a client that takes an old client_id none of the tokens of the one before it', async () => {
      const api = await anApi(running.service);
      const first = await aMachine(running.service, api.scopes);
      const token = String((await new BareClient(running.service, first).ownToken()).body['access_token']);
      await running.service.app.get(ClientsService, { strict: false }).delete(first.clientId);
      running.service.clock.advance('2m');
      const second = await aClient(running.service, {
        clientId: first.clientId,
        redirectUris: [],
        grantTypes: ['client_credentials'],
        scope: api.scopes,
      });
      expect((await new BareClient(running.service, second).introspect(token)).body).toEqual({ active: false });
    });
  });

  describe('on what ended', () => {
    it('takes the admin API from whoever is no administrator any more, refreshed or not', async () => {
      const boss = await aUser(running.service, { groups: ['administrators'] });
      const admin = { scope: ['openid', 'offline_access', 'users:read'] };
      const bare = new BareClient(running.service, await aClient(running.service, admin));
      const tokens = await bare.signIn(aBrowser(running.service), boss, { scope: 'openid offline_access users:read' });
      const list = async (value: string) =>
        (await fetch(running.service.url('/api/v1/users'), { headers: { authorization: `Bearer ${value}` } })).status;
      expect(await list(tokens.accessToken)).toBe(200);
      await running.service.app.get(UsersService, { strict: false }).update(boss.id, { groups: [] });
      expect(await list(tokens.accessToken)).toBe(403);
      const refreshed = await bare.refresh(tokens.refreshToken);
      expect(refreshed.text).not.toContain('users:read');
      expect(await list(String(refreshed.body['access_token']))).not.toBe(200);
    });

    it('ends the use of a client for whoever leaves the groups it is for', async () => {
      await running.service.app.get(GroupsService, { strict: false }).create({ name: 'finance' });
      const alice = await aUser(running.service, { groups: ['finance'] });
      const bare = new BareClient(running.service, await aClient(running.service, { allowedGroups: ['finance'] }));
      const browser = aBrowser(running.service);
      const tokens = await bare.signIn(browser, alice, { scope: 'openid offline_access' });
      const waiting = await bare.obtainCode(browser, alice);
      await running.service.app.get(UsersService, { strict: false }).update(alice.id, { groups: [] });
      expect((await bare.redeem(waiting)).body['error']).toBe('invalid_grant');
      expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
      expect((await bare.ask(browser, alice)).answer['error']).toBe('access_denied');
    });

    it('says inactive of a refresh token whose session has run out (RFC 7662 §2.2)', async () => {
      const { bare, tokens } = await aSignedInVisitor();
      expect((await bare.introspect(tokens.refreshToken)).body['active']).toBe(true);
      running.service.clock.advance('9h');
      expect((await bare.refresh(tokens.refreshToken)).body['error']).toBe('invalid_grant');
      expect((await bare.introspect(tokens.refreshToken)).body).toEqual({ active: false });
    });
  });

  describe('by guessing', () => {
    it('tells nobody who has an account: same status, words, headers and place', async () => {
      const alice = await aUser(running.service);
      const disabled = await aUser(running.service);
      await running.service.app.get(UsersService, { strict: false }).update(disabled.id, { status: 'disabled' });
      const attempt = async (username: string, password: string) => {
        const browser = aBrowser(running.service);
        const page = await browser.visit('/sign-in');
        const { status, html, headers, url } = await browser.submit(page, '#sign-in', { username, password });
        return {
          status,
          words: html.words,
          error: html.text('#form-error'),
          path: url.pathname,
          names: [...headers.keys()].sort(),
        };
      };
      const wrong = await attempt(alice.username, 'wrong');
      expect(wrong.status).toBe(422);
      for (const [username, password] of [
        ['nobody-at-all', 'wrong'],
        [disabled.username, disabled.password],
        [`${alice.username}@mail.example`, 'x'.repeat(5000)],
        ['x'.repeat(3000), 'wrong'],
        ["' OR 1=1 --", "' OR 1=1 --"],
      ] as const) {
        expect(await attempt(username, password)).toEqual(wrong);
      }
    });

    it('counts every way to write a name as that name, and no forwarding header of a stranger', async () => {
      const alice = await aUser(running.service, { username: `Zoë-${Date.now()}` });
      const written = ['normalize', 'toUpperCase', 'toLowerCase'] as const;
      const variants = [
        ...written.map((how) => alice.username[how]()),
        alice.username.normalize('NFD'),
        ` ${alice.username} `,
        alice.username.replace('Z', 'Ｚ'),
      ];
      const statuses: number[] = [];
      for (let guess = 0; guess < 14; guess++) {
        const browser = aBrowser(running.service, {
          'x-forwarded-for': `198.51.100.${guess}`,
          'x-real-ip': `198.51.100.${guess}`,
        });
        const page = await browser.visit('/sign-in');
        const username = variants[guess % variants.length] ?? '';
        statuses.push((await browser.submit(page, '#sign-in', { username, password: `wrong ${guess}` })).status);
      }
      expect(statuses.slice(0, 10)).toEqual(Array<number>(10).fill(422));
      expect(statuses.slice(10)).toEqual(Array<number>(4).fill(429));
    });

    it('lets no burst of parallel guesses through', async () => {
      const alice = await aUser(running.service);
      const pages = await Promise.all(
        Array.from({ length: 30 }, async () => {
          const browser = aBrowser(running.service);
          return { browser, page: await browser.visit('/sign-in') };
        }),
      );
      const answers = await Promise.all(
        pages.map(({ browser, page }, index) =>
          browser.submit(page, '#sign-in', { username: alice.username, password: `wrong ${index}` }),
        ),
      );
      expect(answers.filter(({ status }) => status === 422)).toHaveLength(10);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
      const late = answers.find(({ status }) => status === 429);
      expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0);
    });
  });

  describe('on the admin API', () => {
    it('lets nobody rise above their own rights', async () => {
      const api = await AdminApi.of(running.service, [
        'users:write',
        'clients:write',
        'groups:write',
        'clients:read',
        'scopes:write',
        'resources:write',
      ]);
      const boss = await aUser(running.service, { groups: ['administrators'] });
      const alice = await aUser(running.service);
      for (const groups of [['administrators'], ['Administrators'], ['ａdministrators']]) {
        expect((await api.post('/users', { username: `new-${groups[0] ?? ''}`, groups })).status).toBe(403);
        expect((await api.patch(`/users/${alice.id}`, { groups })).status).toBe(403);
      }
      expect((await api.patch(`/users/${boss.id}`, { password: 'a long walk by the sea' })).status).toBe(403);
      expect((await api.patch(`/users/${boss.id}`, { email: 'mine@evil.example' })).status).toBe(403);
      expect((await api.delete(`/users/${boss.id}`)).status).toBe(403);
      const machine = {
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        scope: 'keys:write',
      };
      expect((await api.post('/clients', machine)).status).toBe(403);
      const stronger = await aMachine(running.service, ['keys:write']);
      expect((await api.post(`/clients/${stronger.clientId}/secrets`)).status).toBe(403);
      expect((await api.patch(`/clients/${stronger.clientId}`, { client_name: 'x' })).status).toBe(403);
      expect((await api.delete(`/clients/${stronger.clientId}`)).status).toBe(403);
      const own = await running.service.app.get(ClientsService, { strict: false }).find(stronger.clientId);
      expect(own?.status).toBe('active');
      expect((await api.post('/groups', { name: 'ADMINISTRATORS' })).status).toBe(409);
      expect((await api.post('/scopes', { name: 'keys:write', title: 'x', resource: null })).status).toBe(409);
      expect((await api.post('/resources', { identifier: `${running.service.issuer}/api/v1`, name: 'x' })).status).toBe(
        409,
      );
    });
  });
});

describe('attacks on a new installation', () => {
  it('make no second administrator: of parallel forms of one link one counts', async () => {
    const service = await startService();
    try {
      const lines = (await service.app.get(StartUpNotes, { strict: false }).lines()).join('\n');
      const link = /http\S*\/set-up\?token=\S+/.exec(lines)?.[0] ?? '';
      const readers = [1, 2, 3, 4, 5, 6].map((number) => ({ number, browser: aBrowser(service) }));
      const pages = await Promise.all(readers.map(({ browser }) => browser.visit(link)));
      const done = await Promise.all(
        readers.map(({ number, browser }, index) => {
          const filling = { email: `root${number}@corp.example`, name: 'Root', password: 'a long walk by the sea' };
          return browser.submit(pages[index]!, '#set-up', filling);
        }),
      );
      expect(done.filter(({ url }) => url.pathname === '/account/next-steps')).toHaveLength(1);
      const users = service.app.get(UsersService, { strict: false });
      expect((await users.list({}, { limit: 10 })).items).toHaveLength(1);
      for (const token of ['', 'x', `${new URL(link).searchParams.get('token') ?? ''}&token=x`]) {
        expect((await aBrowser(service).visit(`/set-up?token=${token}`)).status).toBe(400);
      }
    } finally {
      await service.close();
    }
  });
});

describe('attacks on clients in bulk', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it('slow down whoever tries secrets of many clients from one address', async () => {
    const guess = async (index: number) => {
      const authorization = basic(`guess-${index}`, 'x');
      return (await post(service, '/oauth2/token', 'grant_type=client_credentials', { authorization })).status;
    };
    const statuses: number[] = [];
    for (let batch = 0; batch < 15; batch++) {
      statuses.push(...(await Promise.all(Array.from({ length: 100 }, (_, index) => guess(batch * 100 + index)))));
    }
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(1000);
    expect(statuses.slice(-100)).toEqual(Array<number>(100).fill(429));
  });
});

describe('attacks on a service behind a proxy, below a path (RFC 9700 §4.13)', () => {
  let service: TestService;
  let alice: GivenUser;
  beforeAll(async () => {
    service = await startService({
      env: {
        ISSUER: 'https://id.test/auth',
        TRUST_PROXY: '127.0.0.2',
        SECRET_KEYS: Buffer.alloc(32, 5).toString('base64url'),
      },
    });
    alice = await aUser(service);
  });
  afterAll(() => service.close());

  const local = (path: string) => `http://127.0.0.1:${service.settings.server.port}${path}`;

  it('answers below its path only, and leads nobody out of it', async () => {
    for (const path of [
      '/account',
      '/oauth2/token',
      '/AUTH/account',
      '/auth//account',
      '/authx/account',
      '/.well-known/openid-configuration',
    ]) {
      expect([path, (await fetch(local(path), { redirect: 'manual' })).status]).toEqual([path, 404]);
    }
    for (const back of ['/account', '/authx', '//evil.example', '/auth/..//evil.example', '/auth/../account']) {
      const browser = new UserAgent(service.issuer, { connectTo: local('') });
      const page = await browser.visit(`${service.issuer}/sign-in?${encoded({ return_to: back })}`);
      const done = await signIn(browser, page, alice);
      expect([back, done.leftFor, done.url.pathname]).toEqual([back, undefined, '/auth/account']);
    }
  });

  it('believes X-Forwarded-For of its proxy alone', async () => {
    const page = await fetch(local('/auth/sign-in'), {
      headers: { 'x-forwarded-for': '198.51.100.77', 'x-forwarded-proto': 'http' },
    });
    expect(page.status).toBe(200);
    expect(service.logs.text).not.toContain('198.51.100.77');
  });

  it('keeps its cookies to this host: __Host-, Secure, HttpOnly', async () => {
    const browser = new UserAgent(service.issuer, { connectTo: local('') });
    await signIn(browser, await browser.visit(`${service.issuer}/sign-in`), alice);
    const names = browser.cookies.all.map(({ name }) => name).sort();
    expect(names).toEqual(['__Host-gatehouse-browser', '__Host-gatehouse-session']);
    for (const { line } of browser.cookies.all) expect(line).toMatch(/; Path=\/;.*HttpOnly; SameSite=Lax; Secure$/);
    const stolen = browser.cookies.find('gatehouse-session')?.value ?? '';
    const planted = await fetch(local('/auth/account'), {
      headers: { cookie: `gatehouse-session=${stolen}` },
      redirect: 'manual',
    });
    expect(planted.status).toBe(303);
  });

  it('writes no secret into its log', async () => {
    const client = await aClient(service);
    const browser = new UserAgent(service.issuer, { connectTo: local('') });
    const page = await browser.visit(new BareClient(service, client).request().url);
    const { answer } = await throughEveryPage(browser, page, alice);
    await answerOf(await fetch(local(`/auth/oauth2/token?code=${answer['code'] ?? ''}`), { method: 'POST' }));
    await fetch(local(`/auth/set-up?token=${'t'.repeat(43)}`));
    const values = [
      alice.password,
      client.clientSecret ?? '',
      answer['code'] ?? '',
      't'.repeat(43),
      ...browser.cookies.all.map(({ value }) => value),
    ];
    for (const value of values) expect(service.logs.text.includes(value)).toBe(false);
  });
});
