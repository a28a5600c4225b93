import { decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { BareClient } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aSignInReadyToHappen, aUser, CALLBACK, type ClientWish } from '../support/given.js';
import { KeyPlace } from '../support/key-place.js';
import { RelyingParty } from '../support/relying-party.js';
import { aReadingKey, decrypted, verified, type ReadingKey } from '../support/token-reader.js';

const GOODBYE = 'https://rp.example/goodbye';
const HYBRID: ClientWish = {
  requirePkce: false,
  grantTypes: ['authorization_code', 'implicit'],
  responseTypes: ['code id_token', 'id_token'],
};
const WITHOUT_PKCE = { code_challenge: undefined, code_challenge_method: undefined };

const place = new KeyPlace();
const env: NodeJS.ProcessEnv = {};

beforeAll(async () => {
  await place.listen();
  Object.assign(env, place.env);
});
afterAll(() => place.close());
beforeEach(() => {
  place.reset();
});

onEveryDatabase(
  'encrypted ID tokens (OIDC Core §2, §10.2)',
  (running) => {
    async function aReader(wish: ClientWish, key?: ReadingKey) {
      const { alice, browser, client } = await aSignInReadyToHappen(running.service, {
        postLogoutRedirectUris: [GOODBYE],
        ...(key === undefined ? {} : { jwks: { keys: [{ ...key.jwk }] } }),
        ...wish,
      });
      return { alice, browser, client, bare: new BareClient(running.service, client) };
    }

    it.each([
      ['RSA-OAEP-256', undefined, 'A128CBC-HS256', 'RS256'],
      ['RSA-OAEP-256', undefined, 'A256GCM', 'ES256'],
      ['ECDH-ES', 'P-256', 'A128GCM', 'PS256'],
      ['ECDH-ES', 'X25519', 'A256CBC-HS512', 'EdDSA'],
      ['ECDH-ES+A128KW', 'P-256', 'A192CBC-HS384', 'ES256'],
      ['ECDH-ES+A192KW', 'P-384', 'A192GCM', 'ES256'],
      ['ECDH-ES+A256KW', 'P-521', 'A256CBC-HS512', 'ES256'],
      ['ECDH-ES+A256KW', 'X25519', 'A128CBC-HS256', 'ES256'],
    ] as const)('are signed, then encrypted: %s on %s, %s, %s (RFC 7519 §5.2)', async (alg, crv, enc, signed) => {
      const key = await aReadingKey(alg, crv);
      const { bare, alice, browser, client } = await aReader(
        { idTokenEncryptedResponseAlg: alg, idTokenEncryptedResponseEnc: enc, idTokenSignedResponseAlg: signed },
        key,
      );
      const { idToken, nonce } = await bare.signIn(browser, alice);
      expect(idToken.split('.')).toHaveLength(5);
      const { text, header } = await decrypted(idToken, key);
      expect(header).toMatchObject({ alg, enc, cty: 'JWT', kid: 'reader' });
      expect(header).not.toHaveProperty('zip');
      const { payload, protectedHeader } = await verified(running.service, text);
      expect(payload).toMatchObject({ sub: alice.id, aud: client.clientId, nonce });
      expect(protectedHeader).toMatchObject({ alg: signed, typ: 'JWT' });
    });

    it('have A128CBC-HS256 unless something else is registered (OIDC Registration §2)', async () => {
      const key = await aReadingKey('ECDH-ES');
      const { bare, alice, browser } = await aReader({ idTokenEncryptedResponseAlg: 'ECDH-ES' }, key);
      const { idToken } = await bare.signIn(browser, alice);
      expect(decodeProtectedHeader(idToken)).toMatchObject({ enc: 'A128CBC-HS256' });
    });

    it('are signed with the secret and encrypted to the key, where both are registered (OIDC Core §10.1)', async () => {
      const key = await aReadingKey('ECDH-ES');
      const wish = { idTokenEncryptedResponseAlg: 'ECDH-ES', idTokenSignedResponseAlg: 'HS256' } as const;
      const { bare, alice, browser, client } = await aReader(wish, key);
      const { text } = await decrypted((await bare.signIn(browser, alice)).idToken, key);
      expect((await verified(running.service, text, client.clientSecret)).payload.sub).toBe(alice.id);
    });

    it('are for the key that says it is for encryption and fits (OIDC Core §10.2, RFC 7517 §4.2)', async () => {
      const [signing, open, right, other] = [
        await aReadingKey('ECDH-ES', undefined, { kid: 'signing', use: 'sig' }),
        await aReadingKey('ECDH-ES', undefined, { kid: 'open' }),
        await aReadingKey('ECDH-ES', undefined, { kid: 'right', alg: 'ECDH-ES' }),
        await aReadingKey('ECDH-ES', undefined, { kid: 'other', alg: 'ECDH-ES+A128KW' }),
      ];
      const { use: _unsaid, ...unsaid } = open.jwk;
      const keys = [signing.jwk, other.jwk, unsaid, right.jwk].map((jwk) => ({ ...jwk }));
      const { bare, alice, browser } = await aReader({ jwks: { keys }, idTokenEncryptedResponseAlg: 'ECDH-ES' });
      const { idToken } = await bare.signIn(browser, alice);
      expect((await decrypted(idToken, right)).header.kid).toBe('right');
    });

    it('come with refreshed tokens and in the front channel, too (OIDC Core §12.2, §3.3.3.6)', async () => {
      const key = await aReadingKey('ECDH-ES+A128KW');
      const wish = { idTokenEncryptedResponseAlg: 'ECDH-ES+A128KW' } as const;
      const { bare, alice, browser } = await aReader(wish, key);
      const { refreshToken } = await bare.signIn(browser, alice);
      const refreshed = (await bare.refresh(refreshToken)).body['id_token'];
      const { text } = await decrypted(String(refreshed), key);
      expect((await verified(running.service, text)).payload.sub).toBe(alice.id);
      const hybrid = await aReader({ ...HYBRID, ...wish }, key);
      const { leftFor } = await hybrid.bare.ask(hybrid.browser, hybrid.alice, {
        ...WITHOUT_PKCE,
        response_type: 'id_token',
        scope: 'openid email',
      });
      const fragment = new URLSearchParams(leftFor?.hash.slice(1));
      const front = await verified(running.service, (await decrypted(fragment.get('id_token') ?? '', key)).text);
      expect(front.payload).toMatchObject({ sub: hybrid.alice.id, email: hybrid.alice.claims.email });
    });

    it('serve openid-client', async () => {
      const key = await aReadingKey('ECDH-ES');
      const { client, alice, browser } = await aReader({ idTokenEncryptedResponseAlg: 'ECDH-ES' }, key);
      const rp = await RelyingParty.of(running.service, client);
      oidc.enableDecryptingResponses(rp.config, ['A128CBC-HS256'], { key: key.privateKey, kid: 'reader' });
      expect((await rp.signIn(browser, alice)).claims.sub).toBe(alice.id);
    });

    it('are hints once they are decrypted, and not before (OIDC Core §3.1.2.1, OIDC RP-Initiated Logout §2)', async () => {
      const key = await aReadingKey('ECDH-ES');
      const { bare, alice, browser } = await aReader({ idTokenEncryptedResponseAlg: 'ECDH-ES' }, key);
      const { idToken } = await bare.signIn(browser, alice);
      const { text } = await decrypted(idToken, key);
      const hinted = (hint: string) => browser.visit(bare.request({ prompt: 'none', id_token_hint: hint }).url);
      expect((await hinted(idToken)).answer['error']).toBe('invalid_request');
      expect((await hinted(text)).answer['code']).toBeDefined();
      const logout = (hint: string) => {
        const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: GOODBYE });
        return browser.visit(running.service.url(`/oauth2/logout?${query.toString()}`));
      };
      expect((await logout(idToken)).status).toBe(400);
      expect((await browser.submit(await logout(text), '#logout-confirm')).leftFor?.href).toBe(GOODBYE);
    });

    describe('to a key at jwks_uri (OIDC Core §10.2.1)', () => {
      const alg = 'ECDH-ES';
      const atPlace = () => ({ jwksUri: place.jwksUri(), idTokenEncryptedResponseAlg: alg }) as const;

      it('are for the key that is there, which is remembered for ten minutes', async () => {
        const [first, second] = [await aReadingKey(alg, undefined, { kid: '1' }), await aReadingKey(alg)];
        place.keys = [first.jwk];
        const { bare, alice, browser } = await aReader(atPlace());
        await decrypted((await bare.signIn(browser, alice)).idToken, first);
        place.keys = [second.jwk];
        expect(decodeProtectedHeader((await bare.signIn(browser, alice)).idToken).kid).toBe('1');
        expect(place.asked).toBe(1);
        running.service.clock.advance('10m');
        await decrypted((await bare.signIn(browser, alice)).idToken, second);
        expect(place.asked).toBe(2);
      });

      it.each<[string, () => void]>([
        ['an error', () => Object.assign(place, { status: 500 })],
        ['no key that fits', () => (place.keys = place.keys.map((key) => ({ ...key, use: 'sig' })))],
        ['a point off the curve', () => (place.keys = place.keys.map((key) => ({ ...key, y: 'A'.repeat(43) })))],
        ['a private key', () => (place.keys = place.keys.map((key) => ({ ...key, d: 'A'.repeat(43) })))],
      ])('are not made from %s, and the code is not used up by that', async (_title, spoil) => {
        const key = await aReadingKey(alg);
        place.keys = [key.jwk];
        spoil();
        const { bare, alice, browser } = await aReader(atPlace());
        const obtained = await bare.obtainCode(browser, alice);
        const refused = await bare.redeem(obtained);
        expect([refused.status, refused.body]).toEqual([
          500,
          { error: 'server_error', error_description: 'The client publishes no key that ECDH-ES can be used with.' },
        ]);
        expect(refused.headers.get('cache-control')).toBe('no-store');
        const { host } = new URL(place.jwksUri());
        expect(running.service.logs.text).toMatch(new RegExp(`${bare.client.clientId} fits|${host} cannot be had`));
        expect(running.service.logs.text).not.toContain(place.jwksUri());
        place.reset();
        place.keys = [key.jwk];
        running.service.clock.advance('30s');
        const served = await bare.redeem(obtained);
        expect(served.status, served.text).toBe(200);
        await decrypted(String(served.body['id_token']), key);
      });

      it('keep a refresh token unspent when there is no key', async () => {
        const key = await aReadingKey(alg);
        place.keys = [key.jwk];
        const { bare, alice, browser } = await aReader(atPlace());
        const { refreshToken } = await bare.signIn(browser, alice);
        running.service.clock.advance('10m');
        place.keys = [];
        expect((await bare.refresh(refreshToken)).body['error']).toBe('server_error');
        place.keys = [key.jwk];
        running.service.clock.advance('30s');
        expect((await bare.refresh(refreshToken)).status).toBe(200);
      });

      it('are an error at the redirect URI in the front channel (RFC 6749 §4.1.2.1)', async () => {
        const { bare, alice, browser } = await aReader({ ...HYBRID, ...atPlace() });
        const wish = { ...WITHOUT_PKCE, response_type: 'code id_token', state: 'kept' };
        const { leftFor } = await bare.ask(browser, alice, wish);
        const answer = Object.fromEntries(new URLSearchParams(leftFor?.hash.slice(1)));
        expect(answer).toMatchObject({ error: 'server_error', state: 'kept', iss: running.service.issuer });
        expect(answer).not.toHaveProperty('code');
      });
    });

    it('are not made to a key that only looks like one (RFC 7748 §6.1)', async () => {
      const jwk = { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43), use: 'enc' };
      const { bare, alice, browser } = await aReader({ jwks: { keys: [jwk] }, idTokenEncryptedResponseAlg: 'ECDH-ES' });
      const answer = await bare.redeem(await bare.obtainCode(browser, alice));
      expect(answer).toMatchObject({ status: 500, body: { error: 'server_error' } });
    });

    it('need a key that fits when the client is registered, over REST (OIDC Registration §2)', async () => {
      const api = await AdminApi.of(running.service);
      const [curve, rsa] = [(await aReadingKey('ECDH-ES', 'X25519')).jwk, (await aReadingKey('RSA-OAEP-256')).jwk];
      const register = (jwk: object, alg: string) =>
        api.post('/clients', {
          redirect_uris: [CALLBACK],
          jwks: { keys: [jwk] },
          id_token_encrypted_response_alg: alg,
        });
      for (const [jwk, alg] of [
        [curve, 'RSA-OAEP-256'],
        [rsa, 'ECDH-ES'],
        [{ ...rsa, use: 'sig' }, 'RSA-OAEP-256'],
        [rsa, 'RSA1_5'],
        [rsa, 'RSA-OAEP'],
        [rsa, 'dir'],
      ] as const) {
        const refused = await register(jwk, alg);
        expect(refused.status, alg).toBe(422);
        expect(pointersOf(refused)).toEqual(['#/id_token_encrypted_response_alg']);
      }
      for (const [jwk, alg] of [
        [curve, 'ECDH-ES+A256KW'],
        [rsa, 'RSA-OAEP-256'],
      ] as const) {
        expect((await register(jwk, alg)).status).toBe(201);
      }
    });

    it('leave other clients as they are', async () => {
      const key = await aReadingKey('ECDH-ES');
      await aReader({ idTokenEncryptedResponseAlg: 'ECDH-ES' }, key);
      const bare = new BareClient(
        running.service,
        await aClient(running.service, { jwks: { keys: [{ ...key.jwk }] } }),
      );
      const { idToken } = await bare.signIn(aBrowser(running.service), await aUser(running.service));
      expect((await verified(running.service, idToken)).protectedHeader.alg).toBe('RS256');
    });

    it('are announced, without what must not be used (OIDC Discovery §3, RFC 8725 §3.2)', async () => {
      const metadata = (await (await fetch(running.service.url('/.well-known/openid-configuration'))).json()) as Record<
        string,
        unknown
      >;
      for (const name of ['id_token', 'userinfo']) {
        expect(metadata[`${name}_signing_alg_values_supported`]).toEqual(
          expect.arrayContaining(['RS256', 'ES256', 'EdDSA', 'HS256', 'HS384', 'HS512']),
        );
        expect(metadata[`${name}_signing_alg_values_supported`]).not.toContain('none');
        const algorithms = metadata[`${name}_encryption_alg_values_supported`];
        expect(algorithms).toEqual(expect.arrayContaining(['RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A256KW']));
        expect(algorithms).not.toContain('RSA1_5');
        expect(metadata[`${name}_encryption_enc_values_supported`]).toContain('A128CBC-HS256');
      }
    });
  },
  { env: () => env },
);
