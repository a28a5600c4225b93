import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { BareClient, encoded, post, secret, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aMachine, aPublicClient, aSignInReadyToHappen, aUser, CALLBACK } from '../support/given.js';
import type { Visit } from '../support/user-agent.js';

const DESCRIPTION = /^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/;
const POST_ENDPOINTS = ['/oauth2/token', '/oauth2/introspect', '/oauth2/revoke'];

onEveryDatabase('bad input', (running) => {
  const visit = (query: string): Promise<Visit> =>
    aBrowser(running.service).visit(running.service.url(`/oauth2/authorize?${query}`), { site: 'cross-site' });

  const isErrorPage = ({ status, leftFor, html }: Visit, error: string) => {
    expect([status, leftFor, html.text('#error-code')]).toEqual([400, undefined, error]);
    expect(html.has('#support-code')).toBe(true);
  };

  const isSignInPage = ({ status, html }: Visit) => {
    expect([status, html.has('#sign-in')]).toEqual([200, true]);
  };

  async function aRequest(wish: Parameters = {}) {
    const bare = new BareClient(running.service, await aClient(running.service));
    return { bare, ...bare.request(wish) };
  }

  describe('at the authorization endpoint, shown to the user and never redirected (RFC 6749 §4.1.2.1)', () => {
    it.each([
      ['no client_id', { client_id: undefined }, 'invalid_request'],
      ['an empty client_id', { client_id: '' }, 'invalid_request'],
      ['an unknown client_id', { client_id: 'nobody' }, 'invalid_client'],
      ['a client_id in another case', { client_id: 'CASE' }, 'invalid_client'],
      ['a client_id with a space behind', { client_id: 'SPACE' }, 'invalid_client'],
      ['a client_id that is not visible ASCII', { client_id: 'klïent' }, 'invalid_request'],
      ['a client_id beyond 255 characters', { client_id: 'c'.repeat(256) }, 'invalid_request'],
      ['no redirect_uri', { redirect_uri: undefined }, 'invalid_request'],
      ['a redirect_uri beyond 2048 characters', { redirect_uri: `${CALLBACK}?${'a'.repeat(2048)}` }, 'invalid_request'],
      ['two redirect_uris', { redirect_uri: [CALLBACK, CALLBACK] }, 'invalid_request'],
      ['two states', { state: ['a', 'b'] }, 'invalid_request'],
      ['two response_modes', { response_mode: ['query', 'query'] }, 'invalid_request'],
    ] as [string, Parameters, string][])('%s', async (_, wish, error) => {
      const { bare, parameters } = await aRequest(wish);
      const { clientId } = bare.client;
      const special: Record<string, string> = { CASE: clientId.toUpperCase(), SPACE: `${clientId} ` };
      const sent = String(parameters['client_id']);
      const client_id = special[sent] ?? parameters['client_id'];
      isErrorPage(await visit(encoded({ ...parameters, client_id })), error);
    });

    it('two client_ids', async () => {
      const { bare, parameters } = await aRequest();
      isErrorPage(await visit(`${encoded(parameters)}&client_id=${bare.client.clientId}`), 'invalid_request');
    });

    it.each([
      ['a lone percent', 'nonce=100%'],
      ['a broken escape', 'nonce=%zz'],
      ['a cut escape', 'nonce=%4'],
      ['bytes that are not UTF-8', 'nonce=%ff%fe'],
      ['a surrogate', 'nonce=%ed%a0%80'],
      ['an overlong encoding', 'nonce=%c0%af'],
      ['NUL', 'nonce=a%00b'],
      ['NUL in a name', 'no%00nce=a'],
      ['more than 100 parameters', Array.from({ length: 101 }, (_, index) => `p${index}=1`).join('&')],
    ])('%s (RFC 6749 App. B)', async (_, more) => {
      const { parameters } = await aRequest();
      isErrorPage(await visit(`${encoded(parameters)}&${more}`), 'invalid_request');
    });

    it.each([
      'https://rp.example/Callback',
      'https://RP.example/callback',
      'HTTPS://rp.example/callback',
      'http://rp.example/callback',
      'https://rp.example/callback/',
      'https://rp.example/callbac',
      'https://rp.example/callback2',
      'https://rp.example/callback.evil.example',
      'https://rp.example:443/callback',
      'https://rp.example:8443/callback',
      'https://rp.example./callback',
      'https://www.rp.example/callback',
      'https://rp.example.evil.example/callback',
      'https://evil.example/callback',
      'https://evil.example/https://rp.example/callback',
      'https://rp.example@evil.example/callback',
      'https://user@rp.example/callback',
      'https://user:pass@rp.example/callback',
      'https://rp.example/callback?',
      'https://rp.example/callback?a=b',
      'https://rp.example/callback#',
      'https://rp.example/callback#fragment',
      'https://rp.example/callback/../callback',
      'https://rp.example/../callback',
      'https://rp.example/./callback',
      'https://rp.example//callback',
      'https://rp.example/x/%2e%2e/callback',
      'https://rp.example/%63allback',
      'https://rp.example/callback%20',
      'https://rp.example/callback%00',
      'https://rp.example\\callback',
      'https://rp.example/callback\\..',
      'https:/rp.example/callback',
      'https:rp.example/callback',
      '//rp.example/callback',
      '/callback',
      'callback',
      'rp.example/callback',
      ' https://rp.example/callback',
      'https://rp.example/callback ',
      'https://rp.example/callback\t',
      'https://rp.example/callback\n',
      'https://rp.example/call\r\nback',
      'https://rp.ex\u0430mple/callback',
      'https://rp。example/callback',
      'https://rp.example/callback\u200b',
      'javascript:alert(1)',
      'data:text/html,https://rp.example/callback',
      'https://rp.example/callback,https://evil.example',
      'https://rp.example/callback https://evil.example',
      'https://rp.example/*',
    ])('a redirect_uri near the registered one: %j (RFC 9700 §2.1)', async (redirect_uri) => {
      const { parameters } = await aRequest();
      const page = await visit(encoded({ ...parameters, redirect_uri }));
      isErrorPage(page, 'invalid_request');
      expect(page.html.text('#error-description')).toContain('redirect_uri');
    });

    it('a loopback redirect_uri that differs in more than its port (RFC 8252 §7.3)', async () => {
      const redirectUris = ['http://127.0.0.1/cb'];
      const client = await aPublicClient(running.service, { profile: 'native', redirectUris });
      const bare = new BareClient(running.service, client);
      for (const uri of ['http://127.0.0.1:51004/cb', 'http://127.0.0.1/cb', 'http://127.0.0.1:1/cb']) {
        isSignInPage(await aBrowser(running.service).visit(bare.request({ redirect_uri: uri }).url));
      }
      for (const uri of [
        'http://localhost:51004/cb',
        'http://[::1]:51004/cb',
        'http://127.0.0.2:51004/cb',
        'http://127.1:51004/cb',
        'http://127.0.0.1:51004/cb/',
        'http://127.0.0.1:51004/other',
        'http://127.0.0.1:51004/cb?a=b',
        'http://127.0.0.1:99999/cb',
        'http://127.0.0.1:80x/cb',
        'http://127.0.0.1:@evil.example/cb',
        'https://127.0.0.1:51004/cb',
      ]) {
        isErrorPage(await aBrowser(running.service).visit(bare.request({ redirect_uri: uri }).url), 'invalid_request');
      }
    });

    it('a posted request of another media type, or whose query repeats the form (OIDC Core §3.1.2.1)', async () => {
      const { bare, parameters } = await aRequest();
      const browser = aBrowser(running.service);
      const url = running.service.url('/oauth2/authorize');
      const form = parameters as Record<string, string>;
      for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
        const answer = await browser.post(url, form, { headers: { 'content-type': type } });
        expect([type, answer.status, answer.leftFor]).toEqual([type, 400, undefined]);
      }
      isErrorPage(await browser.post(`${url}?client_id=${bare.client.clientId}`, form), 'invalid_request');
      isErrorPage(await browser.post(`${url}?state=x`, form), 'invalid_request');
    });

    it.each([
      ['an unsigned request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'invalid_request_object'],
      ['a request_uri that is not registered', { request_uri: 'https://rp.example/r' }, 'invalid_request_uri'],
      ['both', { request: 'x', request_uri: 'https://rp.example/r' }, 'invalid_request'],
    ] as [string, Parameters, string][])('%s, whatever stands beside it (RFC 9101 §6)', async (_, wish, error) => {
      const { url } = await aRequest(wish);
      isErrorPage(await aBrowser(running.service).visit(url), error);
    });

    it('never as markup: what was sent is not shown back', async () => {
      const script = '<script>alert(1)</script>';
      for (const wish of [{ client_id: script }, { redirect_uri: `https://rp.example/${script}` }]) {
        const { parameters } = await aRequest();
        expect((await visit(encoded({ ...parameters, ...wish }))).html.source).not.toContain('alert(1)');
      }
    });
  });

  describe('at the authorization endpoint, told to the client at its redirect URI (RFC 6749 §4.1.2.1)', () => {
    it.each([
      ['no response_type', { response_type: undefined }, /invalid_request|unsupported_response_type/],
      ['an unknown response_type', { response_type: 'x' }, /unsupported_response_type/],
      ['response_type in another case', { response_type: 'CODE' }, /unsupported_response_type/],
      ['response_type=token', { response_type: 'token' }, /unsupported_response_type/],
      ['response_type=none of a client that did not ask for it', { response_type: 'none' }, /unauthorized_client/],
      ['two response_types', { response_type: ['code', 'code'] }, /invalid_request/],
      ['an unknown response_mode', { response_mode: 'x' }, /invalid_request/],
      ['two scopes', { scope: ['openid', 'email'] }, /invalid_request/],
      ['two nonces', { nonce: ['a', 'b'] }, /invalid_request/],
      ['two prompts', { prompt: ['login', 'consent'] }, /invalid_request/],
      ['two code_challenges', { code_challenge: ['a', 'b'] }, /invalid_request/],
      ['two unknown parameters of one name', { extra: ['a', 'b'] }, /invalid_request/],
      ['an array-like scope, which is no scope', { scope: undefined, 'scope[]': 'openid' }, /invalid_scope/],
      ['a malformed scope', { scope: 'open"id' }, /invalid_scope/],
      ['a scope beyond ASCII', { scope: 'öpenid' }, /invalid_scope/],
      ['a scope with a tab', { scope: 'openid\temail' }, /invalid_scope/],
      ['a nonce beyond 512 characters', { nonce: 'n'.repeat(513) }, /invalid_request/],
      ['a scope beyond 4096 characters', { scope: `openid ${'s'.repeat(4096)}` }, /invalid_request|invalid_scope/],
      ['a login_hint beyond 320 characters', { login_hint: 'l'.repeat(321) }, /invalid_request/],
      ['a code_challenge beyond 128 characters', { code_challenge: 'a'.repeat(129) }, /invalid_request/],
      ['two request objects', { request: ['eyJhbGciOiJub25lIn0.e30.', 'x'] }, /invalid_request$/],
      ['registration', { registration: '{}' }, /registration_not_supported/],
    ] as [string, Parameters, RegExp][])('%s', async (_, wish, error) => {
      const { url, state } = await aRequest(wish);
      const { answer, leftFor } = await aBrowser(running.service).visit(url);
      expect(`${leftFor?.origin ?? ''}${leftFor?.pathname ?? ''}`).toBe(CALLBACK);
      expect(answer).toEqual({
        error: expect.stringMatching(error) as string,
        error_description: expect.stringMatching(DESCRIPTION) as string,
        state,
        iss: running.service.issuer,
      });
    });

    it('a state beyond 2048 characters is refused, and never cut', async () => {
      const state = 's'.repeat(2049);
      const { url } = await aRequest({ state });
      const { answer } = await aBrowser(running.service).visit(url);
      expect(answer['error']).toBe('invalid_request');
      expect([undefined, state]).toContain(answer['state']);
      isSignInPage(await aBrowser(running.service).visit((await aRequest({ state: 's'.repeat(2048) })).url));
    });

    it('a state that is not visible ASCII (RFC 6749 App. A.5)', async () => {
      const { url } = await aRequest({ state: 'zurück\n' });
      expect((await aBrowser(running.service).visit(url)).answer['error']).toBe('invalid_request');
    });

    it('a client that may not use the response type (RFC 6749 §4.1.2.1)', async () => {
      const machine = await aMachine(running.service, ['clients:read']);
      const page = await aBrowser(running.service).visit(
        new BareClient(running.service, machine).request({ redirect_uri: CALLBACK }).url,
      );
      isErrorPage(page, 'invalid_request'); // it has no redirect URI to be told at
    });
  });

  it.each([
    ['array-like names', { 'prompt[]': 'none', 'scope[]': 'x', 'client_id[0]': 'x', 'a[b][c]': 'x' }],
    ['names of prototypes', { __proto__x: 'x', constructor: 'x', toString: 'x', hasOwnProperty: 'x' }],
    [
      'empty values, which count as absent',
      { prompt: '', max_age: '', nonce: ['', 'n'], code_challenge_method: ['', 'S256'] },
    ],
    ['unknown parameters', { utm_source: 'mail', 'ä ö': '☃' }],
    ['superfluous spaces in lists', { scope: ' openid  email openid ', prompt: ' login ' }],
    ['a nonce of 512 characters', { nonce: 'n'.repeat(512) }],
  ] as [string, Parameters][])('takes %s at the authorization endpoint', async (_, wish) => {
    const { url } = await aRequest(wish);
    isSignInPage(await aBrowser(running.service).visit(`${url}&__proto__=polluted`));
  });

  describe('at the endpoints that clients call (RFC 6749 §5.2)', () => {
    const FORM = 'application/x-www-form-urlencoded';

    it.each(POST_ENDPOINTS)('%s answers other methods with 405 and Allow (RFC 9110 §15.5.6)', async (path) => {
      for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await fetch(running.service.url(path), { method });
        expect([method, answer.status]).toEqual([method, 405]);
        expect(answer.headers.get('allow')).toContain('POST');
        expect(answer.headers.get('allow')).not.toMatch(/GET|HEAD|PUT|DELETE/);
      }
    });

    it.each([
      ['/oauth2/authorize', ['GET', 'POST']],
      ['/oauth2/userinfo', ['GET', 'POST']],
      ['/oauth2/logout', ['GET', 'POST']],
      ['/sign-in', ['GET', 'POST']],
      ['/consent', ['GET', 'POST']],
    ])('%s answers other methods likewise', async (path, allowed) => {
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const answer = await fetch(running.service.url(path), { method });
        expect([method, answer.status]).toEqual([method, 405]);
        for (const one of allowed) expect(answer.headers.get('allow')).toContain(one);
      }
    });

    it.each(POST_ENDPOINTS)('%s reads forms only (RFC 6749 §3.2)', async (path) => {
      for (const type of [
        'application/json',
        'text/plain',
        'multipart/form-data; boundary=x',
        'application/xml',
        'x',
      ]) {
        const answer = await post(running.service, path, '{"grant_type":"client_credentials"}', {
          'content-type': type,
        });
        expect([type, answer.status, answer.body['error']]).toEqual([type, 400, 'invalid_request']);
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
    });

    it('takes the media type in any case and with a charset (RFC 9110 §8.3.1)', async () => {
      const { bare } = await aRequest();
      for (const type of [`${FORM};charset=UTF-8`, `${FORM}; charset=utf-8`, FORM.toUpperCase()]) {
        const headers = { 'content-type': type };
        const answer = await post(
          running.service,
          '/oauth2/token',
          encoded({ client_id: bare.client.clientId }),
          headers,
        );
        expect([type, answer.body['error']]).toEqual([type, 'invalid_client']);
      }
    });

    it.each(POST_ENDPOINTS)('%s refuses a body of no media type', async (path) => {
      const status = await new Promise((resolve, reject) => {
        const { hostname, port } = new URL(running.service.issuer);
        const request = httpRequest({ hostname, port, path, method: 'POST' }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        request.on('error', reject);
        request.end('grant_type=client_credentials');
      });
      expect(status).toBe(400);
    });

    it.each([
      ['malformed percent', 'a=%'],
      ['a broken escape', 'a=%g1'],
      ['bytes that are not UTF-8', 'a=%ff'],
      ['NUL', 'a=%00'],
      ['NUL in a name', '%00=a'],
      ['more than 100 parameters', Array.from({ length: 101 }, (_, index) => `p${index}=1`).join('&')],
      ['a repeated parameter', 'token=a&token=b'],
      ['a repeated unknown parameter', 'x=a&x=b'],
    ])('refuses %s with 400 (RFC 6749 App. B)', async (_, body) => {
      for (const path of POST_ENDPOINTS) {
        const answer = await post(running.service, path, `grant_type=client_credentials&${body}`);
        expect([path, answer.status, answer.body['error']]).toEqual([path, 400, 'invalid_request']);
        expect(String(answer.body['error_description'])).toMatch(DESCRIPTION);
      }
    });

    it('refuses raw bytes that are not UTF-8 (RFC 6749 App. B)', async () => {
      const body = Buffer.from([0x61, 0x3d, 0xff, 0xfe]);
      const answer = await fetch(running.service.url('/oauth2/token'), {
        method: 'POST',
        body,
        headers: { 'content-type': FORM },
      });
      expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([400, 'invalid_request']);
    });

    it.each([
      'client_secret',
      'client_assertion',
      'code',
      'code_verifier',
      'refresh_token',
      'token',
      'access_token',
      'password',
    ])('refuses %s in the URL, whatever the body says (RFC 6749 §2.3.1, RFC 9700 §4.3.2)', async (name) => {
      const { bare } = await aRequest();
      const refused = await bare.call(`/oauth2/token?${name}=x`, { grant_type: 'client_credentials' });
      expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    });

    it('reads nothing else from the URL either (RFC 6749 §3.2)', async () => {
      const { bare } = await aRequest();
      const refused = await bare.call('/oauth2/token?grant_type=client_credentials', {});
      expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    });

    it.each([
      ['no grant_type', {}, 'invalid_request'],
      ['an empty grant_type', { grant_type: '' }, 'invalid_request'],
      ['an unknown grant_type', { grant_type: 'x' }, 'unsupported_grant_type'],
      ['the password grant', { grant_type: 'password', username: 'a', password: 'b' }, 'unsupported_grant_type'],
      ['the implicit grant', { grant_type: 'implicit' }, 'unsupported_grant_type'],
      ['the device grant', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }, 'unsupported_grant_type'],
      ['a grant_type in another case', { grant_type: 'Authorization_Code' }, 'unsupported_grant_type'],
      ['a grant_type with a space behind', { grant_type: 'authorization_code ' }, 'unsupported_grant_type'],
      ['an array-like grant_type', { 'grant_type[]': 'authorization_code' }, 'invalid_request'],
      ['two grant_types', { grant_type: ['authorization_code', 'refresh_token'] }, 'invalid_request'],
      ['no code', { grant_type: 'authorization_code', redirect_uri: CALLBACK }, 'invalid_request'],
      [
        'an unknown code',
        { grant_type: 'authorization_code', code: secret(), redirect_uri: CALLBACK },
        'invalid_grant',
      ],
      [
        'a code beyond ASCII',
        { grant_type: 'authorization_code', code: 'cödé', redirect_uri: CALLBACK },
        'invalid_grant',
      ],
      [
        'an enormous code',
        { grant_type: 'authorization_code', code: 'c'.repeat(60_000), redirect_uri: CALLBACK },
        'invalid_grant',
      ],
      ['no refresh_token', { grant_type: 'refresh_token' }, 'invalid_request'],
      ['an unknown refresh_token', { grant_type: 'refresh_token', refresh_token: secret() }, 'invalid_grant'],
      [
        'an enormous refresh_token',
        { grant_type: 'refresh_token', refresh_token: 'r'.repeat(60_000) },
        'invalid_grant',
      ],
    ] as [string, Parameters, string][])('answers %s at the token endpoint (RFC 6749 §5.2)', async (_, form, error) => {
      const { bare } = await aRequest();
      const answer = await bare.token(form);
      expect(answer).toMatchObject({ status: 400, body: { error } });
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(String(answer.body['error_description'])).toMatch(DESCRIPTION);
    });

    it('never tells what was wrong with a grant: all its faults read the same', async () => {
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      const bare = new BareClient(running.service, client);
      const obtained = await bare.obtainCode(browser, alice);
      const other = new BareClient(running.service, await aClient(running.service));
      const answers = [
        await other.redeem(obtained),
        await bare.redeem(obtained, { code: secret() }),
        await bare.redeem(obtained, { code_verifier: secret() }),
        await bare.redeem(obtained, { redirect_uri: `${CALLBACK}2` }),
      ];
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    });
  });

  describe('beyond all bounds', () => {
    it('answers 414 to a request line of more than 16 KiB', async () => {
      const { url } = await aRequest();
      const long = await fetch(`${url}&x=${'a'.repeat(16 * 1024)}`, { redirect: 'manual' });
      expect(long.status).toBe(414);
      isSignInPage(await aBrowser(running.service).visit(`${url}&x=${'a'.repeat(14 * 1024)}`));
    });

    it('answers 431 to headers of more than 32 KiB', async () => {
      const { url } = await aRequest();
      expect((await fetch(url, { headers: { 'x-long': 'a'.repeat(33 * 1024) }, redirect: 'manual' })).status).toBe(431);
      isSignInPage(await aBrowser(running.service, { 'x-long': 'a'.repeat(20 * 1024) }).visit(url));
    });

    it.each(POST_ENDPOINTS)('answers 413 to a form of more than 128 KiB: %s', async (path) => {
      const answer = await post(running.service, path, `a=${'a'.repeat(128 * 1024)}`);
      expect(answer.status).toBe(413);
      expect(answer.body).toHaveProperty('error');
    });

    it('keeps serving afterwards', async () => {
      const { client, alice, browser } = await aSignInReadyToHappen(running.service);
      expect((await new BareClient(running.service, client).signIn(browser, alice)).response.status).toBe(200);
    });
  });

  describe('on the pages', () => {
    it.each(['/sign-in', '/consent', '/select-account', '/oauth2/authorize'])(
      '%s knows no interaction that does not exist or is not written as one',
      async (path) => {
        const { alice, browser } = await aSignInReadyToHappen(running.service);
        const ids = [
          'x',
          '00000000-0000-7000-8000-000000000000',
          "' or 1=1 --",
          '../../etc/passwd',
          'a'.repeat(5000),
          '☃',
        ];
        for (const id of ids) {
          const target =
            path === '/oauth2/authorize'
              ? `${path}/${encodeURIComponent(id)}`
              : `${path}?interaction=${encodeURIComponent(id)}`;
          const page = await browser.visit(running.service.url(target));
          expect([id, [400, 404].includes(page.status), page.leftFor]).toEqual([id, true, undefined]);
        }
        expect(alice.id).toBeDefined();
      },
    );

    it('the sign-in leads nowhere but to our own pages (RFC 9700 §4.11)', async () => {
      for (const target of [
        'https://evil.example/',
        '//evil.example/',
        '/\\evil.example/',
        '\\\\evil.example',
        '/%5Cevil.example/..//evil.example',
        'javascript:alert(1)',
        '/\t/evil.example',
        'account',
      ]) {
        const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
        const page = await browser.visit(running.service.url(`/sign-in?return_to=${encodeURIComponent(target)}`));
        const { username, password } = alice;
        const arrived = await browser.submit(page, '#sign-in', { username, password });
        expect([target, arrived.leftFor]).toEqual([target, undefined]);
      }
    });

    it('a password of any length is refused like any other wrong one, without work', async () => {
      const [alice, browser] = [await aUser(running.service), aBrowser(running.service)];
      for (const password of ['p'.repeat(129), 'p'.repeat(100_000)]) {
        const page = await browser.visit(running.service.url('/sign-in'));
        const refused = await browser.submit(page, '#sign-in', { username: alice.username, password });
        expect(refused.status).toBe(422);
      }
    });
  });
});
