import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, exportJWK, exportSPKI, generateKeyPair, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { ClientMetadataInput } from '#clients/index.js';
import { KEY_ENCRYPTION_ALGORITHMS } from '#standards/jose.js';
import { AdminApi } from '../support/admin-api.js';
import { BareClient, encoded, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aKeyHolder, anApi, aUser, CALLBACK, type GivenClient } from '../support/given.js';
import { encryptedTo, requestObject, type ObjectWish } from '../support/request-object.js';
import { throughEveryPage } from '../support/signing-in.js';
import type { Visit } from '../support/user-agent.js';

/** Members that mean something to some rule. */
const NAMES = [
  'iss',
  'aud',
  'exp',
  'nbf',
  'jti',
  'sub',
  'client_id',
  'scope',
  'state',
  'max_age',
  'claims',
  'resource',
];

onEveryDatabase('request objects by value (RFC 9101 §5.1, OIDC Core §6.1)', (running) => {
  const holder = (wish: ClientMetadataInput & { algorithm?: string } = {}) => aKeyHolder(running.service, wish);

  /** A request whose parameters are all inside the object, as the client sends it. */
  async function asked(
    client: GivenClient,
    parameters: Parameters = {},
    wish: ObjectWish = {},
    beside: Parameters = {},
  ) {
    const sent = new BareClient(running.service, client).request(parameters);
    const object = await requestObject(running.service, client, sent.parameters, wish);
    return { ...sent, object, url: authorize({ client_id: client.clientId, request: object, ...beside }) };
  }

  const authorize = (parameters: Parameters) => running.service.url(`/oauth2/authorize?${encoded(parameters)}`);
  const visit = (url: string): Promise<Visit> => aBrowser(running.service).visit(url, { site: 'cross-site' });
  const sign = (parameters: Parameters, client: GivenClient, wish: ObjectWish) =>
    requestObject(running.service, client, parameters, wish);

  /** The user is told, and nobody else. */
  const expectShown = (page: Visit, error: string, description = /^/): void => {
    expect([page.leftFor, page.status, page.html.text('#error-code')]).toEqual([undefined, 400, error]);
    expect(page.html.text('#error-description')).toMatch(description);
  };
  const expectSignIn = (page: Visit): void => {
    expect([page.leftFor, page.status, page.html.has('#password')]).toEqual([undefined, 200, true]);
  };
  const logged = (detail: string | RegExp): void => {
    const details = running.service.logs.entries.flatMap(({ detail: told }) =>
      typeof told === 'string' ? [told] : [],
    );
    expect(details.at(-1)).toMatch(detail);
  };

  it('are all that a request needs beside client_id, from the sign-in to the tokens', async () => {
    const client = await holder();
    const alice = await aUser(running.service);
    const sent = await asked(client, { scope: 'openid email', max_age: '1000' }, { claims: { max_age: 1000 } });
    const browser = aBrowser(running.service);
    const { answer } = await throughEveryPage(browser, await browser.visit(sent.url, { site: 'cross-site' }), alice);
    expect(answer).toMatchObject({ state: sent.state, iss: running.service.issuer });
    const bare = new BareClient(running.service, client);
    const { body, status } = await bare.redeem({ ...sent, code: String(answer['code']) });
    expect([status, body['scope']]).toEqual([200, 'openid email']);
  });

  it('work by POST, where the browser has no cookies at first (OIDC Core §3.1.2.1)', async () => {
    const client = await holder();
    const alice = await aUser(running.service);
    const { object, state } = await asked(client, {}, { claims: { jti: randomUUID() } });
    const browser = aBrowser(running.service);
    const form = { client_id: client.clientId, request: object };
    const start = await browser.post(running.service.url('/oauth2/authorize'), form, { site: 'cross-site' });
    const { answer } = await throughEveryPage(browser, start, alice);
    expect(answer).toMatchObject({ code: expect.any(String) as string, state });
  });

  it('are all that counts: what stands beside them is ignored (RFC 9101 §6.3)', async () => {
    const client = await holder();
    const alice = await aUser(running.service);
    const beside = {
      response_type: 'id_token',
      scope: 'openid email phone',
      redirect_uri: 'https://evil.example/cb',
      state: 'of the attacker',
      nonce: 'of the attacker',
      prompt: 'none',
      code_challenge: 'x'.repeat(43),
      max_age: '0',
    };
    const sent = await asked(client, {}, {}, beside);
    const browser = aBrowser(running.service);
    const { answer, leftFor } = await throughEveryPage(browser, await browser.visit(sent.url), alice);
    expect([leftFor?.href.split('?')[0], answer['state']]).toEqual([CALLBACK, sent.state]);
    const { body } = await new BareClient(running.service, client).redeem({ ...sent, code: String(answer['code']) });
    expect(body['scope']).toBe('openid');
  });

  it('take nothing from beside them, even what they lack (RFC 9101 §6.3)', async () => {
    const client = await holder();
    const { object, parameters, state } = await asked(client, { scope: undefined, redirect_uri: undefined });
    const both = authorize({ ...parameters, redirect_uri: CALLBACK, client_id: client.clientId, request: object });
    expectShown(await visit(both), 'invalid_request', /redirect_uri/);
    const noScope = await asked(client, { scope: undefined, state }, {}, { scope: 'openid' });
    expect((await visit(noScope.url)).answer).toMatchObject({ error: 'invalid_scope', state });
  });

  it('may name several resources, and claims as JSON (RFC 8707 §2, RFC 9101 §4)', async () => {
    const [one, two] = [await anApi(running.service), await anApi(running.service)];
    const scope = ['openid', ...one.scopes, ...two.scopes];
    const client = await holder({ scope });
    const resources = [one.identifier, two.identifier];
    const claims = { resource: resources, claims: { userinfo: { name: null } } };
    expectSignIn(await visit((await asked(client, { scope: scope.join(' ') }, { claims })).url));
    const { url, state } = await asked(client, {}, { claims: { resource: ['https://unknown.example'] } });
    expect((await visit(url)).answer).toMatchObject({ error: 'invalid_target', state });
  });

  it('have their errors told at the redirect URI inside, in the mode asked for inside', async () => {
    const client = await holder();
    const { url, state } = await asked(client, { prompt: 'none' });
    expect((await visit(url)).answer).toEqual({
      error: 'login_required',
      error_description: expect.any(String) as string,
      state,
      iss: running.service.issuer,
    });
    const posted = await asked(
      client,
      { prompt: 'none login', response_mode: 'form_post' },
      {},
      { response_mode: 'query' },
    );
    const page = await visit(posted.url);
    expect([page.leftFor, page.html.source]).toEqual([undefined, expect.stringContaining('invalid_request') as string]);
    const long = await asked(client, { nonce: 'n'.repeat(513) });
    expect((await visit(long.url)).answer).toMatchObject({ error: 'invalid_request', state: long.state });
  });

  it('may lead to a registered redirect URI alone (RFC 9700 §2.1)', async () => {
    const client = await holder();
    for (const redirect_uri of ['https://evil.example/cb', `${CALLBACK}/`, `${CALLBACK}?x=y`]) {
      expectShown(await visit((await asked(client, { redirect_uri })).url), 'invalid_request', /redirect_uri/);
    }
  });

  it('need client_id beside them, and the same inside (RFC 9101 §5)', async () => {
    const [client, other] = [await holder(), await holder()];
    const { object } = await asked(client);
    expectShown(await visit(authorize({ request: object })), 'invalid_request', /client_id/);
    expectShown(await visit(authorize({ client_id: 'nobody', request: object })), 'invalid_client');
    expectShown(await visit(authorize({ client_id: other.clientId, request: object })), 'invalid_request_object');
    for (const client_id of [other.clientId, undefined, '']) {
      const { url } = await asked(client, {}, { claims: { client_id, iss: undefined } });
      expectShown(await visit(url), 'invalid_request', /client_id/);
    }
  });

  it('and a request_uri exclude each other, and each may stand once (OIDC Core §6.2, RFC 6749 §3.1)', async () => {
    const client = await holder({ requestUris: ['https://rp.example/r'] });
    const { url, object, parameters, state } = await asked(client);
    expectShown(await visit(`${url}&request_uri=https%3A%2F%2Frp.example%2Fr`), 'invalid_request', /request_uri/);
    expectShown(await visit(`${url}&request=${object}`), 'invalid_request');
    const twice = await visit(authorize({ ...parameters, request: [object, object] }));
    expect(twice.answer).toMatchObject({ error: 'invalid_request', state });
  });

  it('may not be longer than 16 KiB, and are never cut', async () => {
    const client = await holder();
    const { object } = await asked(client, {}, { claims: { extra: 'x'.repeat(12_300) } });
    expect(object.length).toBeGreaterThan(16 * 1024);
    const form = { client_id: client.clientId, request: object };
    const page = await aBrowser(running.service).post(running.service.url('/oauth2/authorize'), form);
    expectShown(page, 'invalid_request', /too long/);
  });

  it('need no typ, and no claim about themselves beside client_id (OIDC Core §6.1, RFC 9101 §10.8)', async () => {
    const client = await holder();
    const bareClaims = { iss: undefined, aud: undefined, exp: undefined, iat: undefined, nbf: undefined };
    for (const typ of [undefined, 'JWT', 'oauth-authz-req+jwt', 'application/oauth-authz-req+jwt']) {
      expectSignIn(await visit((await asked(client, {}, { header: { typ }, claims: bareClaims })).url));
    }
  });

  describe('are refused on a page, never by a redirect (RFC 9101 §6, §7),', () => {
    it.each<[string, ObjectWish, RegExp]>([
      ['of another issuer', { claims: { aud: 'https://other.example' } }, /aud does not contain/],
      ['of another client', { claims: { iss: 'somebody' } }, /iss is not the client/],
      ['past their end', { claims: { exp: 1 } }, /exp is past/],
      ['of the future', { claims: { nbf: 99_999_999_999 } }, /in the future/],
      ['that are client assertions, too', { claims: { sub: 'the client' } }, /sub is the client/],
      ['with another inside', { claims: { request: 'x' } }, /is inside/],
      ['with a request_uri inside', { claims: { request_uri: 'https://rp.example/r' } }, /is inside/],
      ['with a number for a state', { claims: { state: 5 } }, /state is of the wrong type/],
      ['with yes for a prompt', { claims: { prompt: true } }, /prompt is of the wrong type/],
      ['with NUL in a nonce', { claims: { nonce: 'a\0b' } }, /nonce is of the wrong type/],
    ])('those %s', async (_title, wish, why) => {
      const client = await holder();
      const { sub } = wish.claims ?? {};
      const claims = { ...wish.claims, ...(sub === undefined ? {} : { sub: client.clientId }) };
      const { url } = await asked(client, {}, { ...wish, claims });
      expectShown(await visit(url), 'invalid_request_object', why);
      logged(why);
    });

    it.each<[string, Record<string, unknown>, RegExp]>([
      ['an access token', { typ: 'at+jwt' }, /the type is not accepted/],
      ['a client assertion', { typ: 'client-authentication+jwt' }, /the type is not accepted/],
      ['a logout token', { typ: 'logout+jwt' }, /the type is not accepted/],
      ['signed with a key that is not known', { kid: 'second' }, /no key of the set/],
      ['signed with a key that it brings along', { kid: undefined, jwk: { kty: 'EC' }, alg: 'ES256' }, /^/],
      ['with critical extensions', { crit: ['exp'], exp: 1 }, /critical/],
    ])('what says in its header that it is %s (RFC 8725 §3.10, §3.11)', async (title, header, why) => {
      const client = await holder();
      const stranger = (await generateKeyPair('ES256', { extractable: true })).privateKey;
      const key = title.includes('brings along') ? { key: stranger } : {};
      const crit = 'crit' in header;
      const { url } = await asked(client, {}, { header: crit ? {} : header, ...key });
      const forged = crit ? withHeader(url, header) : url;
      expectShown(await visit(forged), 'invalid_request_object', /cannot be verified/);
      logged(why);
    });

    it('those signed by another client, whatever kid they name', async () => {
      const [client, other] = [await holder(), await holder()];
      for (const kid of ['first', undefined]) {
        const { url } = await asked(client, {}, { key: other.privateKey, header: { kid } });
        expectShown(await visit(url), 'invalid_request_object', /cannot be verified/);
      }
    });

    it('unsigned ones, in whatever letters (RFC 9101 §10.1, RFC 8725 §3.1)', async () => {
      const client = await holder();
      const { parameters, object } = await asked(client);
      const unsigned = new UnsecuredJWT({ ...parameters }).encode();
      const [, payload = '', signature = ''] = object.split('.');
      const header = (alg: string) => Buffer.from(JSON.stringify({ alg })).toString('base64url');
      for (const request of [
        unsigned,
        ...['none', 'None', 'NONE', 'nOnE'].flatMap((alg) => [
          `${header(alg)}.${payload}.`,
          `${header(alg)}.${payload}.${signature}`,
        ]),
      ]) {
        expectShown(await visit(authorize({ client_id: client.clientId, request })), 'invalid_request_object');
      }
    });

    it('those signed by HMAC with the public key, or with the secret of the client (RFC 8725 §2.1)', async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'first' }] };
      const client = { ...(await aClient(running.service, { jwks })), privateKey };
      const secrets = [await exportSPKI(publicKey), JSON.stringify(jwks.keys[0]), client.clientSecret ?? ''];
      for (const secret of secrets) {
        const key = new TextEncoder().encode(secret);
        const { url } = await asked(client, {}, { key, header: { alg: 'HS256' } });
        expectShown(await visit(url), 'invalid_request_object', /cannot be verified/);
      }
      expectSignIn(await visit((await asked(client, {}, { header: { alg: 'RS256' } })).url));
    });

    it('those signed by another algorithm than the registered one (OIDC Registration §2)', async () => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
      const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'first' }] };
      const client = { ...(await aClient(running.service, { jwks, requestObjectSigningAlg: 'PS256' })), privateKey };
      expectShown(await visit((await asked(client, {}, { header: { alg: 'RS256' } })).url), 'invalid_request_object');
      logged(/the algorithm is not accepted/);
    });

    it('those of a client that has no keys', async () => {
      const [client, { privateKey }] = [await aClient(running.service), await holder()];
      expectShown(await visit((await asked(client, {}, { key: privateKey })).url), 'invalid_request_object');
      logged(/has no keys/);
    });

    it('what is changed after it was signed, or no JWT at all', async () => {
      const client = await holder();
      const { object } = await asked(client);
      const [header = '', payload = '', signature = ''] = object.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const changed = Buffer.from(JSON.stringify({ ...claims, scope: 'openid email' })).toString('base64url');
      const repeated = Buffer.from(`{"client_id":"x","client_id":"${client.clientId}"}`).toString('base64url');
      for (const request of [
        `${header}.${changed}.${signature}`,
        `${header}.${repeated}.${signature}`,
        `${header}.${payload}.`,
        `${header}.${payload}`,
        `${object}=`,
        ` ${object}`,
        `${object}.${signature}`,
        '....',
        'x',
        '{}',
      ]) {
        expectShown(await visit(authorize({ client_id: client.clientId, request })), 'invalid_request_object');
      }
    });

    it('those that name a parameter twice (RFC 8725 §2.4)', async () => {
      const client = await holder();
      const text = `{"client_id":"${client.clientId}","scope":"openid","scope":"openid email"}`;
      const request = await new CompactSign(Buffer.from(text))
        .setProtectedHeader({ alg: 'ES256', kid: 'first' })
        .sign(client.privateKey);
      expectShown(await visit(authorize({ client_id: client.clientId, request })), 'invalid_request_object');
      logged(/distinct members/);
    });
  });

  it('break nothing, whatever a client signs: its members are any JSON', async () => {
    const client = await holder();
    const name = fc.oneof(fc.constantFrom(...NAMES), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.jsonValue()), async (claims) => {
        const { url } = await asked(client, {}, { claims });
        const { status, leftFor } = await visit(url);
        expect([200, 303, 400]).toContain(status);
        expect([undefined, CALLBACK]).toContain(leftFor?.href.split(/[?#]/)[0]);
      }),
      { numRuns: 60 },
    );
  });

  describe('with a jti', () => {
    it('are good for one request (RFC 7519 §4.1.7)', async () => {
      const client = await holder();
      const { url } = await asked(client, {}, { claims: { jti: randomUUID() } });
      expectSignIn(await visit(url));
      expectShown(await visit(url), 'invalid_request_object', /jti was used before/);
    });

    it('are good for one of twenty at once, and for the whole way of that one', async () => {
      const client = await holder();
      const alice = await aUser(running.service);
      const { url, state } = await asked(client, {}, { claims: { jti: randomUUID() } });
      const browsers = Array.from({ length: 20 }, () => aBrowser(running.service));
      const pages = await Promise.all(browsers.map(async (browser) => ({ browser, page: await browser.visit(url) })));
      const through = pages.filter(({ page }) => page.html.has('#password'));
      expect(through).toHaveLength(1);
      for (const { browser, page } of through) {
        expect((await throughEveryPage(browser, page, alice)).answer).toMatchObject({ state });
      }
    });

    it('do not stand in the way of another client, of an assertion, or of themselves when they were refused', async () => {
      const [client, other] = [await holder(), await holder()];
      const jti = randomUUID();
      expectShown(await visit((await asked(client, {}, { claims: { jti, exp: 1 } })).url), 'invalid_request_object');
      expectSignIn(await visit((await asked(client, {}, { claims: { jti } })).url));
      expectSignIn(await visit((await asked(other, {}, { claims: { jti } })).url));
    });

    it('are remembered when they have no end, and when it is far away', async () => {
      const client = await holder();
      for (const exp of [undefined, 9_999_999_999_999, 1e300]) {
        const { url } = await asked(client, {}, { claims: { jti: randomUUID(), exp } });
        expectSignIn(await visit(url));
        expectShown(await visit(url), 'invalid_request_object', /jti/);
      }
    });
  });

  it('leave an interaction to go on after their end, and after the key has changed', async () => {
    const client = await holder();
    const alice = await aUser(running.service);
    const { url, state } = await asked(client, {}, { claims: { jti: randomUUID() } });
    const browser = aBrowser(running.service);
    const page = await browser.visit(url);
    running.service.clock.advance('2m');
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    const api = await AdminApi.of(running.service);
    await api.patch(`/clients/${client.clientId}`, {
      jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'new' }] },
    });
    expect((await throughEveryPage(browser, page, alice)).answer).toMatchObject({ state });
  });

  describe('of clients that must send them (RFC 9101 §10.5)', () => {
    it('are needed: a plain request is refused at its redirect URI', async () => {
      const client = await holder({ requireSignedRequestObject: true });
      const { url, state } = new BareClient(running.service, client).request();
      expect((await visit(url)).answer).toMatchObject({ error: 'invalid_request', state });
      expectSignIn(await visit((await asked(client)).url));
    });

    it('do not let a plain request choose where that is told', async () => {
      const client = await holder({ requireSignedRequestObject: true });
      const { url } = new BareClient(running.service, client).request({ redirect_uri: 'https://evil.example/cb' });
      expectShown(await visit(url), 'invalid_request', /redirect_uri/);
    });
  });

  it('cannot bring metadata along (OIDC Core §7.2.1)', async () => {
    const client = await holder();
    const { url, state } = await asked(client, {}, { claims: { registration: { client_name: 'x' } } });
    expect((await visit(url)).answer).toMatchObject({ error: 'registration_not_supported', state });
  });

  it('appear in the discovery document, and never as unsigned (OIDC Discovery §3, RFC 9101 §9)', async () => {
    const response = await fetch(running.service.url('/.well-known/openid-configuration'));
    const metadata = (await response.json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      request_parameter_supported: true,
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
      request_object_encryption_alg_values_supported: [...KEY_ENCRYPTION_ALGORITHMS],
      request_object_encryption_enc_values_supported: expect.arrayContaining(['A128CBC-HS256', 'A256GCM']) as unknown,
    });
    const algorithms = metadata['request_object_signing_alg_values_supported'];
    expect(algorithms).toEqual(expect.arrayContaining(['RS256', 'PS256', 'ES256', 'EdDSA']));
    expect(algorithms).not.toContain('none');
    expect(JSON.stringify(algorithms)).not.toContain('HS');
  });

  describe('that are encrypted (RFC 9101 §6.1)', () => {
    const sent = (client: GivenClient, request: string) => visit(authorize({ client_id: client.clientId, request }));

    it.each(KEY_ENCRYPTION_ALGORITHMS)('are opened: %s', async (alg) => {
      const client = await holder();
      const { object } = await asked(client);
      expectSignIn(await sent(client, await encryptedTo(running.service, object, alg)));
      const withoutType = { enc: 'A256GCM', header: { cty: undefined, kid: undefined } };
      expectSignIn(await sent(client, await encryptedTo(running.service, object, alg, withoutType)));
    });

    it('must be encrypted as registered; plain ones stay good (OIDC Registration §2)', async () => {
      const client = await holder({ requestObjectEncryptionAlg: 'ECDH-ES', requestObjectEncryptionEnc: 'A256GCM' });
      const { object, url } = await asked(client);
      const encrypted = (alg: string, enc: string) => encryptedTo(running.service, object, alg, { enc });
      expectSignIn(await sent(client, await encrypted('ECDH-ES', 'A256GCM')));
      expectShown(await sent(client, await encrypted('ECDH-ES', 'A128GCM')), 'invalid_request_object');
      expectShown(await sent(client, await encrypted('RSA-OAEP-256', 'A256GCM')), 'invalid_request_object');
      expectSignIn(await visit(url));
    });

    it('must be signed by the client inside: to encrypt proves nothing (RFC 9101 §10.2)', async () => {
      const [client, other] = [await holder(), await holder()];
      const { parameters, object } = await asked(client);
      const foreign = await sign(parameters, client, { key: other.privateKey });
      const twice = await encryptedTo(running.service, object, 'ECDH-ES');
      for (const inside of [
        JSON.stringify(parameters),
        new UnsecuredJWT({ ...parameters }).encode(),
        foreign,
        twice,
        '',
      ]) {
        const request = await encryptedTo(running.service, inside, 'ECDH-ES').catch(() => 'a.b.c.d.e');
        expectShown(await sent(client, request), 'invalid_request_object', /cannot be verified/);
      }
    });

    it('are refused alike for a wrong key, a changed text, compression or another algorithm', async () => {
      const client = await holder();
      const { object } = await asked(client);
      const stranger = await exportJWK((await generateKeyPair('ECDH-ES', { extractable: true })).publicKey);
      const good = await encryptedTo(running.service, object, 'ECDH-ES');
      const parts = good.split('.');
      const descriptions = new Set<string>();
      for (const request of [
        await encryptedTo(running.service, object, 'ECDH-ES', { jwk: { ...stranger, kid: 'x' } }),
        parts.with(3, Buffer.from('another text').toString('base64url')).join('.'),
        parts.with(0, Buffer.from('{"alg":"dir","enc":"A128GCM"}').toString('base64url')).join('.'),
        parts.with(0, Buffer.from('{"alg":"RSA1_5","enc":"A128CBC-HS256"}').toString('base64url')).join('.'),
        parts.with(0, Buffer.from('{"alg":"ECDH-ES","enc":"A128GCM","zip":"DEF"}').toString('base64url')).join('.'),
      ]) {
        const page = await sent(client, request);
        expectShown(page, 'invalid_request_object');
        descriptions.add(page.html.text('#error-description') ?? '');
      }
      expect([...descriptions]).toEqual(['The request object cannot be verified.']);
    });

    it('open for a day with a key that was rotated, and not with one that was revoked (OIDC Core §10.2.1)', async () => {
      const client = await holder();
      const { object } = await asked(client, {}, { claims: { exp: undefined } });
      const early = await encryptedTo(running.service, object, 'RSA-OAEP-256');
      await (await AdminApi.of(running.service)).post('/keys/rotate', { alg: 'RSA-OAEP-256' });
      const late = await encryptedTo(running.service, object, 'RSA-OAEP-256');
      expectSignIn(await sent(client, early));
      expectSignIn(await sent(client, late));
      await (await AdminApi.of(running.service)).post('/keys/rotate', { alg: 'RSA-OAEP-256', revoke: true });
      expectShown(await sent(client, early), 'invalid_request_object');
      expectShown(await sent(client, late), 'invalid_request_object');
    });
  });

  /** The same request with another header on its object, and so without a signature that fits. */
  function withHeader(url: string, header: object): string {
    const changed = new URL(url);
    const [, ...rest] = (changed.searchParams.get('request') ?? '').split('.');
    const forged = Buffer.from(JSON.stringify({ alg: 'ES256', ...header })).toString('base64url');
    changed.searchParams.set('request', [forged, ...rest].join('.'));
    return changed.href;
  }
});
