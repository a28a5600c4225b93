import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { basic, BareClient, type SignedIn } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen, CALLBACK, type GivenClient } from '../support/given.js';

const RUNS = { numRuns: 60 };

/** Names that the endpoints read, and some that only look so. */
const NAMES = [
  'response_type',
  'response_mode',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'prompt',
  'max_age',
  'code_challenge',
  'code_challenge_method',
  'id_token_hint',
  'login_hint',
  'ui_locales',
  'resource',
  'acr_values',
  'claims',
  'request',
  'request_uri',
  'registration',
  'display',
  'grant_type',
  'code',
  'code_verifier',
  'refresh_token',
  'token',
  'token_type_hint',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'access_token',
  'post_logout_redirect_uri',
  'logout_hint',
  'interaction',
  'return_to',
  'csrf',
  'username',
  'password',
  'action',
  'decision',
  'duration',
  '__proto__',
  'constructor',
  'scope[]',
  'a[b]',
  '',
];

/** Values that once broke some server. */
const HOSTILE = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'undefined',
  '[object Object]',
  '{}',
  '[]',
  '\0',
  '\u{1F600}',
  '\uFFFE',
  '\u202Eabc',
  "' OR '1'='1",
  '"; DROP TABLE client; --',
  '../../../etc/passwd',
  '%00',
  '%',
  '${7*7}',
  '{{7*7}}',
  'a'.repeat(5000),
  'http://[',
  'https://',
  'javascript:alert(1)',
  'data:,',
  'a.b.c',
  'e30.e30.e30',
  'eyJhbGciOiJub25lIn0.e30.',
  'eyJhbGciOiJFUzI1NiIsImtpZCI6bnVsbH0.e30.AAAA',
  'none login consent',
  'NaN',
  'Infinity',
  '9'.repeat(40),
  '1e400',
];

onEveryDatabase('whatever is sent', (running) => {
  let client: GivenClient;
  let tokens: SignedIn;
  let cookies: string;

  beforeAll(async () => {
    const ready = await aSignInReadyToHappen(running.service);
    ({ client } = ready);
    tokens = await new BareClient(running.service, client).signIn(ready.browser, ready.alice);
    cookies = ready.browser.cookies.header(new URL(running.service.issuer)) ?? '';
  });

  /** Values that get far: what a right request would carry. */
  const right = (): fc.Arbitrary<string> =>
    fc.constantFrom(
      'code',
      'openid',
      'openid email offline_access',
      'none',
      'login',
      'S256',
      'a'.repeat(43),
      '0',
      CALLBACK,
      client.clientId,
      client.clientSecret ?? '',
      tokens.accessToken,
      tokens.refreshToken,
      tokens.idToken,
      tokens.code,
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'access_token',
      running.service.issuer,
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );

  const value = () =>
    fc.oneof(right(), fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string({ maxLength: 300 }));
  const pair = () => fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary' })), value());

  /** A form or query: pairs as they should be written, or octets that are none. */
  const form = (): fc.Arbitrary<string> =>
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .array(pair(), { maxLength: 14 })
          .map((pairs) => new URLSearchParams(wellFormed(pairs)).toString()),
      },
      {
        weight: 1,
        arbitrary: fc.string({ unit: fc.constantFrom('%', '=', '&', '+', 'a', '0', 'f', ';', '[', ']', '.') }),
      },
    );

  /** The same with a client and redirect URI that are right, so that what comes behind them is reached. */
  const authorizationForm = () =>
    fc.oneof(
      form(),
      form().map((rest) => {
        const begun = { client_id: client.clientId, redirect_uri: CALLBACK, response_type: 'code' };
        return `${new URLSearchParams(begun).toString()}&${rest}`;
      }),
    );

  const headers = () =>
    fc.record(
      {
        authorization: fc.oneof(
          fc.constant(basic(client.clientId, client.clientSecret ?? '')),
          fc.constant(`Bearer ${tokens.accessToken}`),
          headerValue().map((text) => `Basic ${text}`),
          fc.string().map((text) => `Basic ${Buffer.from(text).toString('base64')}`),
          headerValue().map((text) => `Bearer ${text}`),
          headerValue(),
        ),
        cookie: fc.oneof(
          fc.constant(cookies),
          headerValue().map((text) => `gatehouse-session=${text}; ${text}`),
        ),
        'accept-language': headerValue(),
        'content-type': fc.oneof(
          fc.constant('application/x-www-form-urlencoded'),
          fc.constantFrom('application/json', 'multipart/form-data', 'text/plain;charset=utf-16'),
          headerValue(),
        ),
      },
      { requiredKeys: [] },
    );

  async function isAnswered(method: string, path: string, init: RequestInit): Promise<void> {
    const answer = await fetch(running.service.url(path), { method, redirect: 'manual', ...init });
    const text = await answer.text();
    expect([answer.status < 500, `${answer.status} ${text.slice(0, 200)}`]).toEqual([true, expect.any(String)]);
    expect(text).not.toMatch(/node_modules|\.ts:\d|\.js:\d|SQLITE|QueryFailed/);
    const location = answer.headers.get('location');
    if (location !== null) {
      const { origin } = new URL(location, running.service.issuer);
      expect([new URL(running.service.issuer).origin, new URL(CALLBACK).origin]).toContain(origin); // RFC 9700 §4.11
    }
  }

  it.each(['/oauth2/authorize', '/oauth2/logout', '/sign-in', '/consent', '/select-account', '/oauth2/userinfo'])(
    'no GET of %s makes a 500 or leads elsewhere',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(authorizationForm(), headers(), async (query, given) => {
          const { 'content-type': _none, ...rest } = given;
          await isAnswered('GET', `${path}?${query}`, { headers: rest });
        }),
        RUNS,
      );
    },
  );

  it.each([
    '/oauth2/authorize',
    '/oauth2/token',
    '/oauth2/introspect',
    '/oauth2/revoke',
    '/oauth2/userinfo',
    '/oauth2/logout',
    '/oauth2/logout/confirm',
    '/sign-in',
    '/consent',
    '/select-account',
    '/account/applications',
    '/account/sessions',
  ])('no POST to %s makes a 500 or leads elsewhere', async (path) => {
    await fc.assert(
      fc.asyncProperty(authorizationForm(), form(), headers(), async (body, query, given) => {
        await isAnswered('POST', `${path}?${query}`, {
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...given },
        });
      }),
      RUNS,
    );
  });

  it.each(['/oauth2/token', '/oauth2/authorize', '/oauth2/introspect', '/oauth2/logout'])(
    'no octets posted to %s make a 500 (RFC 6749 App. B)',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), headers(), async (body, given) => {
          await isAnswered('POST', path, {
            body: Buffer.from(body),
            headers: { 'content-type': 'application/x-www-form-urlencoded', ...given },
          });
        }),
        RUNS,
      );
    },
  );

  it('no grant with a right client makes a 500, and the client’s own tokens survive it', async () => {
    const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...grantTypes), fc.array(pair(), { maxLength: 8 }), async (grantType, pairs) => {
        const harmless = pairs.filter(([name, text]) => name !== 'grant_type' && text !== tokens.code);
        const body = new URLSearchParams([['grant_type', grantType], ...wellFormed(harmless)]).toString();
        await isAnswered('POST', '/oauth2/token', {
          body,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            authorization: basic(client.clientId, client.clientSecret ?? ''),
          },
        });
      }),
      RUNS,
    );
  });

  it.each(['/oauth2/authorize/', '/', '/oauth2/', '/.well-known/', '/assets/', '/account/'])(
    'no path below %s makes a 500',
    async (prefix) => {
      const piece = fc.oneof(
        value().map(encodeURIComponentLoosely),
        fc.string({ unit: fc.constantFrom('%', '.', '/', 'a', '0', ';') }),
      );
      await fc.assert(
        fc.asyncProperty(piece, async (text) => {
          await isAnswered('GET', `${prefix}${text}`, { headers: { cookie: cookies } });
        }),
        RUNS,
      );
    },
  );
});

/** What a form can carry: lone surrogates are no text. */
function wellFormed(pairs: readonly (readonly [string, string])[]): [string, string][] {
  return pairs.map(([name, text]) => [Buffer.from(name).toString(), Buffer.from(text).toString()]);
}

function encodeURIComponentLoosely(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** What a header can carry (RFC 9110 §5.5). */
function headerValue(): fc.Arbitrary<string> {
  return fc
    .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 60 })
    .filter((text) => !text.includes('\x7f'));
}
