import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, it } from 'vitest';
import { BareClient, encoded, post } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aPublicClient, aSignInReadyToHappen, aUser, aBrowser, type ClientWish } from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';
import { aReadingKey, decrypted, verified } from '../support/token-reader.js';

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256', 'HS384', 'HS512'] as const;

onEveryDatabase('userinfo as a JWT (OIDC Core §5.3.2)', (running) => {
  async function aSignedIn(wish: ClientWish) {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, wish);
    const bare = new BareClient(running.service, client);
    return { client, bare, alice, browser, tokens: await bare.signIn(browser, alice, { scope: 'openid email' }) };
  }

  it.each(ALGORITHMS)('is signed with %s, and names issuer and client', async (alg) => {
    const { client, bare, alice, tokens } = await aSignedIn({ userinfoSignedResponseAlg: alg });
    const answer = await bare.userinfo(tokens.accessToken);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jwt']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const shared = alg.startsWith('HS');
    const { payload, protectedHeader } = await verified(
      running.service,
      answer.text,
      shared ? client.clientSecret : undefined,
    );
    expect(payload).toEqual({
      sub: alice.id,
      email: alice.claims.email,
      email_verified: true,
      iss: running.service.issuer,
      aud: client.clientId,
    });
    expect(protectedHeader).toEqual(shared ? { alg } : { alg, kid: expect.any(String) as string });
  });

  it('is the same by POST, the token in the header or the form (OIDC Core §5.3.1)', async () => {
    const { tokens, alice } = await aSignedIn({ userinfoSignedResponseAlg: 'ES256' });
    const authorization = `Bearer ${tokens.accessToken}`;
    const form = encoded({ access_token: tokens.accessToken });
    for (const answer of [
      await post(running.service, '/oauth2/userinfo', '', { authorization }),
      await post(running.service, '/oauth2/userinfo', form),
    ]) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jwt']);
      expect((await verified(running.service, answer.text)).payload.sub).toBe(alice.id);
    }
  });

  it.each([
    ['RSA-OAEP-256', undefined, 'A256GCM'],
    ['ECDH-ES', 'P-384', 'A128CBC-HS256'],
    ['ECDH-ES+A256KW', 'X25519', 'A192CBC-HS384'],
  ] as const)('is encrypted alone, as the JSON that it is: %s, %s, %s', async (alg, crv, enc) => {
    const key = await aReadingKey(alg, crv);
    const { bare, alice, tokens } = await aSignedIn({
      jwks: { keys: [{ ...key.jwk }] },
      userinfoEncryptedResponseAlg: alg,
      userinfoEncryptedResponseEnc: enc,
    });
    expect(decodeProtectedHeader(tokens.idToken)).toMatchObject({ alg: 'RS256' }); // the ID token has its own choice
    const answer = await bare.userinfo(tokens.accessToken);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/jwt']);
    const { text, header } = await decrypted(answer.text, key);
    expect(header).toMatchObject({ alg, enc, kid: 'reader' });
    expect(header).not.toHaveProperty('cty');
    expect(JSON.parse(text)).toEqual({ sub: alice.id, email: alice.claims.email, email_verified: true });
  });

  it.each(['ES256', 'HS512'] as const)('is signed with %s, then encrypted (RFC 7519 §5.2)', async (alg) => {
    const key = await aReadingKey('ECDH-ES+A128KW');
    const { client, bare, alice, tokens } = await aSignedIn({
      jwks: { keys: [{ ...key.jwk }] },
      userinfoSignedResponseAlg: alg,
      userinfoEncryptedResponseAlg: 'ECDH-ES+A128KW',
    });
    const { text, header } = await decrypted((await bare.userinfo(tokens.accessToken)).text, key);
    expect(header).toMatchObject({ cty: 'JWT', enc: 'A128CBC-HS256' });
    const { payload } = await verified(running.service, text, alg === 'HS512' ? client.clientSecret : undefined);
    expect(payload).toMatchObject({ sub: alice.id, aud: client.clientId });
  });

  it('serves openid-client', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, {
      userinfoSignedResponseAlg: 'PS256',
    });
    const rp = await RelyingParty.of(running.service, client, { userinfo_signed_response_alg: 'PS256' });
    const session = await rp.signIn(browser, alice, { scope: 'openid email' });
    expect(await rp.userinfo(session)).toMatchObject({ sub: alice.id, email: alice.claims.email });
  });

  it('may be read by the pages of a browser client (OIDC Core §5.3)', async () => {
    const origin = 'https://jwt-pages.example';
    const client = await aPublicClient(running.service, {
      redirectUris: [`${origin}/callback`],
      profile: 'browser',
      userinfoSignedResponseAlg: 'RS256',
    });
    const bare = new BareClient(running.service, client);
    const { accessToken } = await bare.signIn(aBrowser(running.service), await aUser(running.service));
    const headers = { authorization: `Bearer ${accessToken}`, origin };
    const answer = await fetch(running.service.url('/oauth2/userinfo'), { headers });
    expect(answer.headers.get('content-type')).toBe('application/jwt');
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it('leaves errors as they are (RFC 6750 §3)', async () => {
    const { bare, tokens } = await aSignedIn({ userinfoSignedResponseAlg: 'RS256' });
    const refused = await bare.userinfo(`${tokens.accessToken}A`);
    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(refused.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it.each(['RS256', 'ES256', 'HS256'] as const)(
    'is no ID token: refused as a hint, %s (RFC 8725 §3.11)',
    async (alg) => {
      const { bare, browser, tokens } = await aSignedIn({
        userinfoSignedResponseAlg: alg,
        idTokenSignedResponseAlg: alg,
      });
      const userinfo = (await bare.userinfo(tokens.accessToken)).text;
      expect(decodeJwt(userinfo).aud).toBe(bare.client.clientId);
      const hinted = (hint: string) => browser.visit(bare.request({ prompt: 'none', id_token_hint: hint }).url);
      expect((await hinted(userinfo)).answer['error']).toBe('invalid_request');
      expect((await hinted(tokens.idToken)).answer['code']).toBeDefined();
      const query = new URLSearchParams({ id_token_hint: userinfo }).toString();
      expect((await browser.visit(running.service.url(`/oauth2/logout?${query}`))).status).toBe(400);
    },
  );

  it('is a failure of the service, and no fault of the token, where the client has no key', async () => {
    const jwk = { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) };
    const { bare, tokens } = await aSignedIn({ jwks: { keys: [jwk] }, userinfoEncryptedResponseAlg: 'ECDH-ES' });
    const answer = await bare.userinfo(tokens.accessToken);
    expect(answer).toMatchObject({ status: 500, body: { error: 'server_error' } });
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(running.service.logs.text).toContain(`the key of client ${bare.client.clientId} for ECDH-ES does not work`);
  });
});
