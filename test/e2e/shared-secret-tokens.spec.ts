import { createHash } from 'node:crypto';
import { decodeProtectedHeader, generateKeyPair, exportSPKI, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { ClientSecretsService, ClientsService } from '#clients/index.js';
import { SealedClientSecretsRepository } from '../../src/clients/sealed-client-secrets.repository.js';
import { AdminApi, pointersOf } from '../support/admin-api.js';
import { answerOf, BareClient, type Answer } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import {
  aBrowser,
  aClient,
  aSignInReadyToHappen,
  aUser,
  CALLBACK,
  uniqueName,
  type ClientWish,
  type GivenClient,
} from '../support/given.js';
import { RelyingParty } from '../support/relying-party.js';
import { verified } from '../support/token-reader.js';

const GOODBYE = 'https://rp.example/goodbye';
const HASHES = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512', RS256: 'sha256', EdDSA: 'sha512' } as const;
const MAC = ['HS256', 'HS384', 'HS512'] as const;

function half(value: string, alg: keyof typeof HASHES): string {
  const digest = createHash(HASHES[alg]).update(value).digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

onEveryDatabase(
  'tokens signed with the secret of the client (OIDC Core §10.1)',
  (running) => {
    const secrets = () => running.service.app.get(ClientSecretsService, { strict: false });
    const clients = () => running.service.app.get(ClientsService, { strict: false });

    async function aSharer(wish: ClientWish = { idTokenSignedResponseAlg: 'HS256' }) {
      const ready = await aSignInReadyToHappen(running.service, { postLogoutRedirectUris: [GOODBYE], ...wish });
      return { ...ready, bare: new BareClient(running.service, ready.client) };
    }

    const readWith = async (token: unknown, secret: unknown) =>
      (await verified(running.service, String(token), String(secret))).payload;

    it.each(MAC)('are ID tokens with %s', async (alg) => {
      const { bare, alice, browser, client } = await aSharer({ idTokenSignedResponseAlg: alg });
      const { idToken, accessToken, nonce, refreshToken } = await bare.signIn(browser, alice);
      expect(decodeProtectedHeader(idToken)).toEqual({ alg, typ: 'JWT' });
      const claims = await readWith(idToken, client.clientSecret);
      expect(claims).toMatchObject({ sub: alice.id, aud: client.clientId, nonce });
      expect(claims['at_hash']).toBe(half(accessToken, alg));
      expect(claims).not.toHaveProperty('s_hash');
      const refreshed = (await bare.refresh(refreshToken)).body['id_token'];
      expect((await readWith(refreshed, client.clientSecret)).sub).toBe(alice.id);
      await expect(readWith(idToken, 'x'.repeat(64))).rejects.toThrow();
    });

    it.each(MAC)('serve openid-client: %s', async (alg) => {
      const { client, alice, browser } = await aSharer({ idTokenSignedResponseAlg: alg });
      const rp = await RelyingParty.of(running.service, client, { id_token_signed_response_alg: alg });
      expect((await rp.signIn(browser, alice)).claims.sub).toBe(alice.id);
    });

    it.each(['HS256', 'HS384', 'HS512', 'EdDSA', 'RS256'] as const)(
      'or otherwise bind code, access token and state in the front channel by the hash of %s (OIDC Core §3.3.2.11)',
      async (alg) => {
        const { client, bare, alice, browser } = await aSharer({
          idTokenSignedResponseAlg: alg,
          requirePkce: false,
          grantTypes: ['authorization_code', 'implicit'],
          responseTypes: ['code id_token token', 'id_token'],
        });
        const wish = {
          response_type: 'code id_token token',
          code_challenge: undefined,
          code_challenge_method: undefined,
        };
        const front = async (state: string | undefined) => {
          const { leftFor } = await bare.ask(browser, alice, { ...wish, state });
          return Object.fromEntries(new URLSearchParams(leftFor?.hash.slice(1))) as Record<string, string>;
        };
        const shared = alg.startsWith('HS') ? client.clientSecret : undefined;
        const values = await front('the state of the client');
        const { payload } = await verified(running.service, values['id_token'] ?? '', shared);
        expect(payload).toMatchObject({
          c_hash: half(values['code'] ?? '', alg),
          at_hash: half(values['access_token'] ?? '', alg),
          s_hash: half('the state of the client', alg),
        });
        const stateless = (await front(undefined))['id_token'] ?? '';
        expect((await verified(running.service, stateless, shared)).payload).not.toHaveProperty('s_hash');
      },
    );

    describe('as hints', () => {
      async function aHinting(wish?: ClientWish) {
        const sharer = await aSharer(wish);
        const { bare, browser, alice, client } = sharer;
        const tokens = await bare.signIn(browser, alice);
        const claims = { iss: running.service.issuer, aud: client.clientId, sub: alice.id };
        const forged = (alg: string, header: object = {}, more: object = {}, secret = client.clientSecret ?? '') =>
          new SignJWT({ ...claims, ...more })
            .setProtectedHeader({ alg, typ: 'JWT', ...header })
            .sign(new TextEncoder().encode(secret));
        const hinted = async (hint: string) => {
          const { answer } = await browser.visit(bare.request({ prompt: 'none', id_token_hint: hint }).url);
          return answer['error'] ?? 'accepted';
        };
        const logout = (hint: string) => {
          const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: GOODBYE });
          return browser.visit(running.service.url(`/oauth2/logout?${query.toString()}`), { site: 'cross-site' });
        };
        return { ...sharer, tokens, forged, hinted, logout };
      }

      it('are recognised, expired or not (OIDC Core §3.1.2.1, OIDC RP-Initiated Logout §2)', async () => {
        const { hinted, logout, tokens, browser } = await aHinting();
        expect(await hinted(tokens.idToken)).toBe('accepted');
        running.service.clock.advance('6h');
        expect(await hinted(tokens.idToken)).toBe('accepted');
        const page = await logout(tokens.idToken);
        expect((await browser.submit(page, '#logout-confirm')).leftFor?.href).toBe(GOODBYE);
      });

      it('are those of the user who is signed in', async () => {
        const { hinted, forged } = await aHinting();
        expect(await hinted(await forged('HS256'))).toBe('accepted');
        expect(await hinted(await forged('HS256', {}, { sub: 'somebody-else' }))).toBe('login_required');
      });

      it('are refused where anything but the registered algorithm, type, issuer and secret is in them (RFC 8725 §3.1)', async () => {
        const { hinted, logout, forged, tokens } = await aHinting();
        const other = await aClient(running.service, { idTokenSignedResponseAlg: 'HS256' });
        const [head = '', body = '', signature = ''] = tokens.idToken.split('.');
        const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
        for (const hint of [
          await forged('HS512'),
          await forged('HS256', { typ: undefined }),
          await forged('HS256', { typ: 'at+jwt' }),
          await forged('HS256', {}, { iss: 'https://other.example' }),
          await forged('HS256', {}, { aud: 'nobody' }),
          await forged('HS256', {}, { aud: other.clientId }),
          await forged('HS256', {}, {}, 'x'.repeat(64)),
          `${none}.${body}.`,
          `${head}.${body}.${signature.slice(0, -2)}AA`,
        ]) {
          expect([hint, await hinted(hint)]).toEqual([hint, 'invalid_request']);
          expect((await logout(hint)).status).toBe(400);
        }
      });

      it('are refused from a client whose tokens a key of ours signs, whatever secret it has (RFC 8725 §2.1)', async () => {
        const { hinted, logout, forged, tokens } = await aHinting({ tokenEndpointAuthMethod: 'client_secret_jwt' });
        expect(await hinted(tokens.idToken)).toBe('accepted');
        const { publicKey } = await generateKeyPair('RS256');
        for (const hint of [await forged('HS256'), await forged('HS256', {}, {}, await exportSPKI(publicKey))]) {
          expect(await hinted(hint)).toBe('invalid_request');
          expect((await logout(hint)).status).toBe(400);
        }
      });
    });

    describe('with several secrets', () => {
      it('are signed with the newest that lives, and none of them is a hint once its secret ended', async () => {
        const { bare, alice, browser, client } = await aSharer();
        running.service.clock.advance('1s');
        const expiresAt = new Date(running.service.clock.now().getTime() + 60_000);
        const next = await secrets().add(client.clientId, { expiresAt });
        const { idToken } = await bare.signIn(browser, alice);
        expect((await readWith(idToken, next?.value)).sub).toBe(alice.id);
        running.service.clock.advance('60s');
        const later = await bare.signIn(browser, alice);
        expect((await readWith(later.idToken, client.clientSecret)).sub).toBe(alice.id);
        const hinted = (hint: string) => browser.visit(bare.request({ prompt: 'none', id_token_hint: hint }).url);
        expect((await hinted(idToken)).answer['error']).toBe('invalid_request');
        expect((await hinted(later.idToken)).answer['code']).toBeDefined();
      });

      it('are not made without one, and the code waits for it', async () => {
        const { alice, browser, client } = await aSharer({ idTokenSignedResponseAlg: 'HS384' });
        // What reads like a client that was changed before its secrets were kept readable.
        const sealed = running.service.app.get(SealedClientSecretsRepository, { strict: false });
        const { items } = await secrets().list(client.clientId, { limit: 5 });
        await sealed.forget(items.map(({ id }) => id));
        const bare = new BareClient(running.service, client);
        const obtained = await bare.obtainCode(browser, alice);
        const refused = await bare.redeem(obtained);
        expect(refused).toMatchObject({ status: 500, body: { error: 'server_error' } });
        expect(refused.body['error_description']).toContain('it needs a new one');
        expect(running.service.logs.text).toContain(`client ${client.clientId} has no readable secret`);
        const made = await secrets().add(client.clientId);
        const served = await bare.redeem(obtained);
        expect((await readWith(served.body['id_token'], made?.value)).sub).toBe(alice.id);
      });
    });

    describe('when a client begins or ends to need a readable secret', () => {
      const signs = async (client: GivenClient, secret: unknown) => {
        const answer = await new BareClient(running.service, {
          ...client,
          clientSecret: String(secret),
        }).signIn(aBrowser(running.service), await aUser(running.service));
        return decodeProtectedHeader(answer.idToken).alg?.startsWith('HS') === true
          ? readWith(answer.idToken, secret)
          : (await verified(running.service, answer.idToken)).payload;
      };

      it.each([
        ['id_token_signed_response_alg', 'HS512', 'RS256'],
        ['userinfo_signed_response_alg', 'HS256', null],
        ['token_endpoint_auth_method', 'client_secret_jwt', 'client_secret_basic'],
      ])('a patch of %s to %s answers with a new secret, and back forgets it, over REST', async (member, on, off) => {
        const api = await AdminApi.of(running.service);
        const client = await aClient(running.service);
        const path = `/clients/${client.clientId}`;
        const changed = await api.patch(path, { [member]: on });
        expect(changed.body).toMatchObject({ [member]: on, client_secret_expires_at: 0 });
        const secret = String(changed.body['client_secret']);
        expect(secret).toHaveLength(64);
        expect((await api.patch(path, { client_name: 'Another' })).body).not.toHaveProperty('client_secret');
        const method = String(changed.body['token_endpoint_auth_method']) as GivenClient['method'];
        expect((await signs({ ...client, method }, secret)).aud).toBe(client.clientId);
        expect(await secrets().signing(client.clientId)).toMatchObject([{ value: secret }]);
        const back = await api.patch(path, { [member]: off });
        expect(back.body).not.toHaveProperty('client_secret');
        expect(await secrets().signing(client.clientId)).toEqual([]);
        // the old secret and the new one still prove who the client is
        for (const known of [client.clientSecret, secret]) {
          expect(await secrets().verify(client.clientId, String(known))).toEqual(expect.any(String));
        }
        expect((await signs({ ...client, method: 'client_secret_basic' }, secret)).aud).toBe(client.clientId);
      });

      it('makes one secret, however many make the same change at once', async () => {
        const api = await AdminApi.of(running.service);
        const { clientId } = await aClient(running.service);
        const patch = () => api.patch(`/clients/${clientId}`, { id_token_signed_response_alg: 'HS256' });
        const answers = await Promise.all(Array.from({ length: 8 }, patch));
        const made = answers.flatMap(({ body }) => body['client_secret'] ?? []);
        expect((await secrets().signing(clientId)).map(({ value }) => value)).toEqual(made);
        expect(made).toHaveLength(1);
      });

      async function manage(answer: Answer['body'], changes: object): Promise<Answer> {
        const {
          registration_access_token: token,
          registration_client_uri: uri,
          client_secret_expires_at: _end,
          client_id_issued_at: _start,
          ...rest
        } = answer;
        const headers = { authorization: `Bearer ${String(token)}`, 'content-type': 'application/json' };
        const body = JSON.stringify({ ...rest, ...changes });
        return answerOf(await fetch(String(uri), { method: 'PUT', headers, body }));
      }

      async function registered(members: object): Promise<Answer> {
        const body = JSON.stringify({ redirect_uris: [CALLBACK], ...members });
        const headers = { 'content-type': 'application/json' };
        return answerOf(await fetch(running.service.url('/oauth2/register'), { method: 'POST', headers, body }));
      }

      it.each([
        ['id_token_signed_response_alg', 'HS256'],
        ['userinfo_signed_response_alg', 'HS384'],
        ['token_endpoint_auth_method', 'client_secret_jwt'],
      ])(
        'a registered client that sends %s %s gets a new secret, and what it had ends (RFC 7592 §2.2)',
        async (member, on) => {
          const first = (await registered({})).body;
          const client: GivenClient = {
            clientId: String(first['client_id']),
            redirectUri: CALLBACK,
            method: member === 'token_endpoint_auth_method' ? 'client_secret_jwt' : 'client_secret_basic',
          };
          const changed = await manage(first, { [member]: on });
          expect(changed.status, changed.text).toBe(200);
          const secret = String(changed.body['client_secret']);
          expect(secret).toHaveLength(64);
          expect(await secrets().verify(client.clientId, String(first['client_secret']))).toBeUndefined();
          expect((await signs({ ...client }, secret)).aud).toBe(client.clientId);
          const same = await manage(changed.body, { client_name: 'Another' });
          expect(same.body).not.toHaveProperty('client_secret');
          const back = await manage({ ...same.body, client_secret: secret }, { [member]: undefined });
          expect(back.status, back.text).toBe(200);
          expect(back.body).not.toHaveProperty('client_secret');
          expect(await secrets().signing(client.clientId)).toEqual([]);
          expect(await secrets().verify(client.clientId, secret)).toEqual(expect.any(String));
          const none = await manage(back.body, { token_endpoint_auth_method: 'none' });
          expect(none.status, none.text).toBe(200);
          expect(await secrets().verify(client.clientId, secret)).toBeUndefined();
        },
      );

      it('a client registers for it at once (OIDC Registration §2)', async () => {
        const { status, body } = await registered({ id_token_signed_response_alg: 'HS512' });
        expect(status).toBe(201);
        const client = {
          clientId: String(body['client_id']),
          redirectUri: CALLBACK,
          method: 'client_secret_basic',
        } as const;
        expect((await signs(client, body['client_secret'])).aud).toBe(client.clientId);
      });

      it.each([
        ['none', {}],
        ['private_key_jwt', { jwks_uri: 'https://rp.example/jwks' }],
      ])('a client without a secret cannot: %s (OIDC Core §10.1)', async (method, more) => {
        const api = await AdminApi.of(running.service);
        for (const member of ['id_token_signed_response_alg', 'userinfo_signed_response_alg']) {
          const members = { token_endpoint_auth_method: method, [member]: 'HS256', ...more };
          const refused = await registered(members);
          expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
          const rest = await api.post('/clients', { redirect_uris: [CALLBACK], ...members });
          expect(rest.status).toBe(422);
          expect(pointersOf(rest)).toEqual([`#/${member}`]);
        }
      });

      it.each([
        ['HS256', 32],
        ['HS384', 48],
        ['HS512', 64],
      ] as const)('a chosen secret must be as long as the hash: %s, %i bytes (RFC 7518 §3.2)', async (alg, octets) => {
        for (const wish of [{ idTokenSignedResponseAlg: alg }, { userinfoSignedResponseAlg: alg }]) {
          const register = (length: number) =>
            clients().register(
              { redirectUris: [CALLBACK], ...wish },
              { clientId: uniqueName('chosen'), clientSecret: 'x'.repeat(length) },
            );
          expect(await register(octets - 1)).toMatchObject({
            outcome: 'invalid',
            problems: [{ pointer: '#/client_secret', detail: `must have at least ${octets} bytes to sign with` }],
          });
          expect(await register(octets)).toMatchObject({ outcome: 'registered' });
        }
      });

      it('a longer hash makes a chosen secret too short, and a new one is made', async () => {
        const api = await AdminApi.of(running.service);
        const clientSecret = 'x'.repeat(40);
        const client = await aClient(running.service, { idTokenSignedResponseAlg: 'HS256', clientSecret });
        expect((await signs(client, clientSecret)).aud).toBe(client.clientId);
        running.service.clock.advance('1s');
        const changed = await api.patch(`/clients/${client.clientId}`, { id_token_signed_response_alg: 'HS384' });
        expect((await signs(client, changed.body['client_secret'])).aud).toBe(client.clientId);
      });
    });
  },
  { env: { CLIENT_REGISTRATION: 'open' } },
);
