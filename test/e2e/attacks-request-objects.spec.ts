import { randomBytes } from 'node:crypto';
import { CompactSign, type JSONWebKeySet } from 'jose';
import { expect, it } from 'vitest';
import { BareClient, encoded, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aKeyHolder, aUser, type GivenClient } from '../support/given.js';
import { encryptedTo, requestObject } from '../support/request-object.js';
import { throughEveryPage } from '../support/signing-in.js';

const EVIL = 'https://evil.example/callback';
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const noise = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** A point whose coordinates are right in length and on no curve (RFC 8725 §3.4). */
const OFF_CURVE = { kty: 'EC', crv: 'P-256', x: noise(32), y: noise(32) };

/** Headers of encrypted objects that must be refused before any work is done for them, or by that work. */
const HEADERS: readonly [string, Readonly<Record<string, unknown>>][] = [
  ['a password with two billion rounds', { alg: 'PBES2-HS256+A128KW', p2c: 2_147_483_647, p2s: noise(16) }],
  ['a password with one round', { alg: 'PBES2-HS512+A256KW', p2c: 1, p2s: noise(16) }],
  ['a shared key used directly', { alg: 'dir' }],
  ['a shared key that wraps', { alg: 'A128KW' }],
  ['PKCS #1 v1.5', { alg: 'RSA1_5' }],
  ['OAEP with SHA-1', { alg: 'RSA-OAEP' }],
  ['no encryption', { alg: 'none' }],
  ['an algorithm that is a list', { alg: ['RSA-OAEP-256'] }],
  ['no content encryption', { enc: 'none' }],
  ['a content encryption from a prototype', { enc: 'constructor' }],
  ['compression', { zip: 'DEF' }],
  ['critical extensions', { crit: ['zip'] }],
  ['a point off its curve', { alg: 'ECDH-ES', epk: OFF_CURVE }],
  ['a point that wraps off its curve', { alg: 'ECDH-ES+A256KW', epk: OFF_CURVE }],
  [
    'the point at nowhere',
    { alg: 'ECDH-ES', epk: { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32).toString('base64url') } },
  ],
  ['no point', { alg: 'ECDH-ES' }],
  ['a point that is a text', { alg: 'ECDH-ES', epk: 'x' }],
  ['a point of another kind', { alg: 'ECDH-ES', epk: { kty: 'oct', k: noise(32) } }],
  ['a curve that nobody knows', { alg: 'ECDH-ES', epk: { ...OFF_CURVE, crv: '__proto__' } }],
  ['a huge point', { alg: 'ECDH-ES', epk: { ...OFF_CURVE, x: noise(2000) } }],
  ['a header beyond its length', { alg: 'ECDH-ES', apu: noise(4000) }],
];

/** What a client may sign and must not get by with. */
const MEMBERS: readonly [string, Readonly<Record<string, unknown>>][] = [
  ['a list of redirect URIs', { redirect_uri: ['https://rp.example/callback', EVIL] }],
  ['a redirect URI that is an object', { redirect_uri: { toString: EVIL } }],
  ['a client that is a list', { client_id: ['x'] }],
  ['a client that is a number', { client_id: 1 }],
  ['no client', { client_id: undefined }],
  ['an empty client', { client_id: '' }],
  ['a scope that is a list', { scope: ['openid'] }],
  ['a response type that is a list', { response_type: ['code'] }],
  ['a challenge that is null', { code_challenge: null }],
  ['a resource that is an object', { resource: { 0: 'https://api.example' } }],
  ['an empty request inside', { request: '' }],
  ['a request inside that is null', { request: null }],
  ['a request_uri inside that is a list', { request_uri: [] }],
  ['an audience that is an object', { aud: {} }],
  ['an audience that only begins like ours', { aud: 'http://localhost' }],
  ['an end that is a text', { exp: '9999999999' }],
  ['an end that is null', { exp: null }],
  ['a jti that is an object', { jti: {} }],
];

onEveryDatabase('attacks by request objects (RFC 9101 §10, RFC 8725 §3)', (running) => {
  const authorize = (parameters: Parameters) => running.service.url(`/oauth2/authorize?${encoded(parameters)}`);

  /** What a browser sees that is sent with an object. */
  async function shown(client: GivenClient, request: string) {
    const page = await aBrowser(running.service).visit(authorize({ client_id: client.clientId, request }));
    return [page.leftFor, page.status, page.html.text('#error-code')];
  }

  it.each(HEADERS)(
    'an encrypted one with %s is refused like any other (RFC 8725 §3.2, §3.4, §3.6)',
    async (_title, header) => {
      const client = await aKeyHolder(running.service);
      const own = { alg: 'RSA-OAEP-256', enc: 'A128CBC-HS256', cty: 'JWT' };
      const jwe = [part({ ...own, ...header }), noise(256), noise(16), noise(64), noise(16)].join('.');
      expect(await shown(client, jwe)).toEqual([undefined, 400, 'invalid_request_object']);
    },
  );

  it('one encrypted twice, or for the key that signs, is refused (RFC 9101 §6.1)', async () => {
    const client = await aKeyHolder(running.service);
    const object = await requestObject(
      running.service,
      client,
      new BareClient(running.service, client).request().parameters,
    );
    const once = await encryptedTo(running.service, object, 'RSA-OAEP-256');
    expect((await shown(client, once))[1]).toBe(200);
    const twice = await encryptedTo(running.service, once, 'ECDH-ES');
    expect(await shown(client, twice)).toEqual([undefined, 400, 'invalid_request_object']);
    const { keys } = (await (await fetch(running.service.url('/oauth2/jwks'))).json()) as JSONWebKeySet;
    const signing = keys.find(({ kty, use }) => kty === 'RSA' && use === 'sig');
    const { kty, n, e, kid } = signing ?? {};
    const jwk = { ...(kty && { kty }), ...(n && { n }), ...(e && { e }), ...(kid && { kid }) };
    const wrong = await encryptedTo(running.service, object, 'RSA-OAEP-256', { jwk });
    expect(await shown(client, wrong)).toEqual([undefined, 400, 'invalid_request_object']);
  });

  it.each(MEMBERS)(
    'one with %s is shown to the user, and leads nowhere (RFC 9101 §4, §6.3)',
    async (_title, claims) => {
      const client = await aKeyHolder(running.service);
      const { parameters } = new BareClient(running.service, client).request();
      const [leftFor, status] = await shown(
        client,
        await requestObject(running.service, client, parameters, { claims }),
      );
      expect([leftFor, status]).toEqual([undefined, 400]);
    },
  );

  it('members that every object has in some languages mean nothing (RFC 6749 §3.1)', async () => {
    const client = await aKeyHolder(running.service);
    const { parameters } = new BareClient(running.service, client).request();
    const evil = `"redirect_uri":${JSON.stringify(EVIL)},"client_id":"other"`;
    const payload = JSON.stringify(parameters).replace(/\}$/, `,"__proto__":{${evil}},"constructor":{${evil}}}`);
    const object = await new CompactSign(Buffer.from(payload))
      .setProtectedHeader({ alg: 'ES256', kid: 'first' })
      .sign(client.privateKey);
    const url = authorize({ client_id: client.clientId, request: object });
    const browser = aBrowser(running.service);
    const alice = await aUser(running.service);
    const done = await throughEveryPage(browser, await browser.visit(url, { site: 'cross-site' }), alice);
    expect(done.leftFor?.href.startsWith(`${client.redirectUri}?`)).toBe(true);
    expect(done.answer).toHaveProperty('code');
  });

  it('what stands beside one that is refused is not followed either (RFC 9101 §6.3, RFC 9700 §4.11)', async () => {
    const client = await aKeyHolder(running.service);
    const { parameters } = new BareClient(running.service, client).request({ prompt: 'none' });
    for (const request of ['x', 'a.b.c', `${part({ alg: 'none' })}.${part(parameters)}.`]) {
      const page = await aBrowser(running.service).visit(authorize({ ...parameters, request }));
      expect([page.leftFor, page.status]).toEqual([undefined, 400]);
    }
  });

  it('one that was answered brings no second answer with its interaction, in whatever browser', async () => {
    const client = await aKeyHolder(running.service);
    const { parameters } = new BareClient(running.service, client).request();
    const object = await requestObject(running.service, client, parameters, { claims: { jti: noise(16) } });
    const url = authorize({ client_id: client.clientId, request: object });
    const [browser, thief] = [aBrowser(running.service), aBrowser(running.service)];
    const page = await browser.visit(url, { site: 'cross-site' });
    const resume = running.service.url(`/oauth2/authorize/${new URL(page.url).searchParams.get('interaction') ?? ''}`);
    expect((await thief.visit(resume)).leftFor).toBeUndefined();
    const done = await throughEveryPage(browser, page, await aUser(running.service));
    expect(done.answer).toHaveProperty('code');
    for (const again of [url, resume])
      expect((await browser.visit(again, { site: 'cross-site' })).leftFor).toBeUndefined();
  });
});
