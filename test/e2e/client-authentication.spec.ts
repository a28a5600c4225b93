import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { ClientSecretsService, ClientsService } from '#clients/index.js';
import {
  assertion,
  assertionParameters,
  BareClient,
  basic,
  encoded,
  post,
  type Answer,
  type AssertionWish,
} from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aKeyHolder, aMachine, anApi, aPublicClient, aUser, uniqueName } from '../support/given.js';

const REFUSED = { status: 401, body: { error: 'invalid_client' } };
const TWICE = { status: 400, body: { error: 'invalid_request' } };

onEveryDatabase('client authentication', (running) => {
  async function aMachineWith(
    wish: Parameters<typeof aMachine>[2] & { clientId?: string; clientSecret?: string } = {},
  ) {
    const { scopes } = await anApi(running.service);
    return aMachine(running.service, scopes, wish);
  }

  function ask(authorization: string | undefined, form: Record<string, string> = {}): Promise<Answer> {
    const headers = authorization === undefined ? {} : { authorization };
    return post(running.service, '/oauth2/token', encoded({ grant_type: 'client_credentials', ...form }), headers);
  }

  describe('client_secret_basic (RFC 6749 §2.3.1)', () => {
    it('decodes both halves as forms: a client_id and a secret may have any character', async () => {
      const clientSecret = 'pass word:100%&=+ /?"\\~';
      const clientId = `${uniqueName('app')}:one%2F+&=two`;
      const client = await aMachineWith({ clientId, clientSecret });
      expect((await ask(basic(clientId, clientSecret))).status).toBe(200);
      expect((await new BareClient(running.service, client).ownToken()).status).toBe(200);
    });

    it('takes + for a space and not for itself', async () => {
      const client = await aMachineWith({ clientSecret: 'one two+three' });
      const header = (secret: string) => `Basic ${Buffer.from(`${client.clientId}:${secret}`).toString('base64')}`;
      expect((await ask(header('one+two%2Bthree'))).status).toBe(200);
      expect((await ask(header('one%20two%2bthree'))).status).toBe(200);
      expect(await ask(header('one+two+three'))).toMatchObject(REFUSED);
    });

    it('compares the scheme without regard to case (RFC 9110 §11.1)', async () => {
      const { clientId, clientSecret = '' } = await aMachineWith();
      for (const scheme of ['basic', 'BASIC', 'bAsIc']) {
        expect((await ask(basic(clientId, clientSecret).replace('Basic', scheme))).status).toBe(200);
      }
    });

    it.each([
      ['bad base64', 'Basic %%%'],
      ['nothing', 'Basic '],
      ['no colon', `Basic ${Buffer.from('client').toString('base64')}`],
      ['no client_id', `Basic ${Buffer.from(':secret').toString('base64')}`],
      ['a broken percent escape', `Basic ${Buffer.from('a%zz:b').toString('base64')}`],
      ['bytes that are not UTF-8', `Basic ${Buffer.from('a%ff:b').toString('base64')}`],
      ['NUL', `Basic ${Buffer.from('a%00:b').toString('base64')}`],
      ['another scheme', 'Bearer abc'],
      ['an unknown scheme', 'Whatever'],
    ])('refuses %s with 401 and a challenge (RFC 6749 §5.2)', async (_, header) => {
      const refused = await ask(header);
      expect(refused).toMatchObject(REFUSED);
      expect(refused.headers.get('www-authenticate')).toMatch(/^Basic realm="[^"]+", charset="UTF-8"$/);
      expect(refused.headers.get('cache-control')).toBe('no-store');
    });

    it('answers alike for a wrong secret, a client nobody knows and a disabled one', async () => {
      const client = await aMachineWith();
      const disabled = await aMachineWith();
      await running.service.app
        .get(ClientsService, { strict: false })
        .update(disabled.clientId, { status: 'disabled' });
      const answers = [
        await ask(basic(client.clientId, 'wrong')),
        await ask(basic(uniqueName('nobody'), 'wrong')),
        await ask(basic(disabled.clientId, disabled.clientSecret ?? '')),
      ];
      for (const answer of answers) expect(answer).toMatchObject(REFUSED);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    });

    it.each([
      ['cut short', (secret: string) => secret.slice(0, -1)],
      ['made longer', (secret: string) => `${secret}A`],
      ['in another case', (secret: string) => secret.toLowerCase()],
      ['empty', () => ''],
    ])('refuses a secret that is %s', async (_, change) => {
      const { clientId, clientSecret = '' } = await aMachineWith();
      expect(await ask(basic(clientId, change(clientSecret)))).toMatchObject(REFUSED);
    });

    it('needs an equal client_id in the body, if there is one', async () => {
      const [client, other] = [await aMachineWith(), await aMachineWith()];
      const header = basic(client.clientId, client.clientSecret ?? '');
      expect((await ask(header, { client_id: client.clientId })).status).toBe(200);
      expect(await ask(header, { client_id: other.clientId })).toMatchObject(TWICE);
    });
  });

  describe('client_secret_post (RFC 6749 §2.3.1)', () => {
    it('reads client_id and client_secret from the body', async () => {
      const client = await aMachineWith({ tokenEndpointAuthMethod: 'client_secret_post' });
      expect((await new BareClient(running.service, client).ownToken()).status).toBe(200);
    });

    it('refuses a wrong secret with 401 and no challenge, as no Authorization was sent (RFC 6749 §5.2)', async () => {
      const { clientId } = await aMachineWith({ tokenEndpointAuthMethod: 'client_secret_post' });
      const refused = await ask(undefined, { client_id: clientId, client_secret: 'wrong' });
      expect(refused).toMatchObject(REFUSED);
      expect(refused.headers.get('www-authenticate')).toBeNull();
    });

    it('never reads a secret from the URL, whatever the body says (RFC 6749 §2.3.1)', async () => {
      const { clientId, clientSecret = '' } = await aMachineWith({ tokenEndpointAuthMethod: 'client_secret_post' });
      const form = encoded({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
      const query = encoded({ client_secret: clientSecret });
      expect(await post(running.service, `/oauth2/token?${query}`, form)).toMatchObject(TWICE);
    });

    it('refuses a secret without client_id', async () => {
      expect(await ask(undefined, { client_secret: 'x' })).toMatchObject(REFUSED);
    });
  });

  describe('the registered method (RFC 6749 §2.3, RFC 7591 §2)', () => {
    it('is the only one: a right secret by another method is refused', async () => {
      const byHeader = await aMachineWith();
      const byBody = await aMachineWith({ tokenEndpointAuthMethod: 'client_secret_post' });
      const { clientId, clientSecret = '' } = byHeader;
      expect(await ask(undefined, { client_id: clientId, client_secret: clientSecret })).toMatchObject(REFUSED);
      expect(await ask(basic(byBody.clientId, byBody.clientSecret ?? ''))).toMatchObject(REFUSED);
    });

    it('cannot be left out by a confidential client', async () => {
      const { clientId } = await aMachineWith();
      expect(await ask(undefined, { client_id: clientId })).toMatchObject(REFUSED);
    });

    it('is nothing for a public client: it says who it is, and a secret is refused', async () => {
      const { clientId, redirectUri } = await aPublicClient(running.service);
      const form = { grant_type: 'authorization_code', code: 'x', redirect_uri: redirectUri, client_id: clientId };
      expect(await ask(undefined, form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      expect(await ask(undefined, { ...form, client_secret: 'x' })).toMatchObject(REFUSED);
      expect(await ask(basic(clientId, 'x'), form)).toMatchObject(REFUSED);
      expect(await ask(basic(clientId, ''), form)).toMatchObject(REFUSED);
    });

    it('must be named at all', async () => {
      expect(await ask(undefined)).toMatchObject(REFUSED);
    });

    it('is one: two at once are an invalid request', async () => {
      const { clientId, clientSecret = '' } = await aMachineWith();
      const holder = await aKeyHolder(running.service);
      const proof = await assertionParameters(running.service, holder);
      const inBody = { client_id: clientId, client_secret: clientSecret };
      expect(await ask(basic(clientId, clientSecret), inBody)).toMatchObject(TWICE);
      expect(await ask(basic(clientId, clientSecret), { ...proof })).toMatchObject(TWICE);
      expect(await ask(undefined, { ...inBody, ...proof })).toMatchObject(TWICE);
    });
  });

  describe('several secrets', () => {
    it('overlap: the old and the new one are good at once, until the old one is removed', async () => {
      const { clientId, clientSecret = '' } = await aMachineWith();
      const secrets = running.service.app.get(ClientSecretsService, { strict: false });
      running.service.clock.advance('1s');
      const added = await secrets.add(clientId);
      for (const secret of [clientSecret, added?.value ?? '']) {
        expect((await ask(basic(clientId, secret))).status).toBe(200);
      }
      const [first] = (await secrets.list(clientId, { limit: 1 })).items;
      await secrets.remove(clientId, first?.id ?? '');
      expect(await ask(basic(clientId, clientSecret))).toMatchObject(REFUSED);
      expect((await ask(basic(clientId, added?.value ?? ''))).status).toBe(200);
    });

    it('end when they expire (RFC 7591 §3.2.1)', async () => {
      const { clientId, clientSecret = '' } = await aMachineWith();
      const { clock, app } = running.service;
      const expiresAt = new Date(clock.now().getTime() + 60_000);
      const added = await app.get(ClientSecretsService, { strict: false }).add(clientId, { expiresAt });
      clock.advance('59s');
      expect((await ask(basic(clientId, added?.value ?? ''))).status).toBe(200);
      clock.advance('1s');
      expect(await ask(basic(clientId, added?.value ?? ''))).toMatchObject(REFUSED);
      expect((await ask(basic(clientId, clientSecret))).status).toBe(200);
    });
  });

  describe('private_key_jwt (RFC 7523 §3, OIDC Core §9)', () => {
    async function aHolder(wish: Parameters<typeof aKeyHolder>[1] = {}) {
      const { scopes } = await anApi(running.service);
      return aKeyHolder(running.service, {
        redirectUris: [],
        grantTypes: ['client_credentials'],
        scope: scopes,
        ...wish,
      });
    }

    async function prove(client: Awaited<ReturnType<typeof aHolder>>, wish: AssertionWish = {}): Promise<Answer> {
      return ask(undefined, { ...(await assertionParameters(running.service, client, wish)) });
    }

    const now = () => running.service.clock.epochSeconds();

    it.each(['ES256', 'PS256', 'RS256', 'EdDSA'])('takes an assertion signed with %s', async (algorithm) => {
      const client = await aHolder({ algorithm });
      expect((await prove(client, { header: { alg: algorithm } })).status).toBe(200);
    });

    it.each([
      ['iss of another', () => ({ iss: 'another' })],
      ['sub of another', () => ({ iss: 'another', sub: 'another' })],
      ['no sub', () => ({ sub: undefined })],
      ['no iss', () => ({ iss: undefined })],
      ['no exp', () => ({ exp: undefined })],
      ['exp past', () => ({ exp: now() - 11 })],
      ['exp as a text', () => ({ exp: String(now() + 60) })],
      ['exp more than five minutes ahead', () => ({ exp: now() + 320 })],
      ['iat more than a minute ahead', () => ({ iat: now() + 61 })],
      ['nbf more than a minute ahead', () => ({ nbf: now() + 61 })],
      ['no jti', () => ({ jti: undefined })],
      ['an empty jti', () => ({ jti: '' })],
      ['a number as jti', () => ({ jti: 7 })],
      ['no aud', () => ({ aud: undefined })],
      ['aud of another issuer', () => ({ aud: 'https://other.example' })],
      ['aud with a slash more', () => ({ aud: `${running.service.issuer}/` })],
      ['the token endpoint as aud', () => ({ aud: running.service.url('/oauth2/token') })],
      ['two audiences', () => ({ aud: [running.service.issuer, running.service.url('/oauth2/token')] })],
    ])('refuses %s (RFC 7523 §3, RFC 10070 §4)', async (_, claims) => {
      expect(await prove(await aHolder(), { claims: claims() })).toMatchObject(REFUSED);
    });

    it.each([
      ['exp ten seconds ago at most', () => ({ exp: now() - 5 })],
      ['exp five minutes ahead', () => ({ exp: now() + 300 })],
      ['iat and nbf ten seconds ahead', () => ({ iat: now() + 8, nbf: now() + 8 })],
      ['no iat', () => ({ iat: undefined })],
      ['other claims', () => ({ purpose: 'test', nonce: 'x' })],
    ])('accepts %s', async (_, claims) => {
      expect((await prove(await aHolder(), { claims: claims() })).status).toBe(200);
    });

    it('accepts the endpoints as audience from a client whose record says compat (OIDC Core §9)', async () => {
      const client = await aHolder({ clientAssertionAudience: 'compat' });
      const { issuer } = running.service;
      const endpoint = running.service.url('/oauth2/token');
      for (const aud of [issuer, endpoint, [endpoint], [issuer]]) {
        expect((await prove(client, { claims: { aud } })).status).toBe(200);
      }
      for (const aud of [[issuer, endpoint], `${endpoint}/`, 'https://other.example']) {
        expect(await prove(client, { claims: { aud } })).toMatchObject(REFUSED);
      }
    });

    it.each([undefined, 'JWT', 'client-authentication+jwt'])('accepts the typ %s (RFC 10070 §4)', async (typ) => {
      expect((await prove(await aHolder(), { header: typ === undefined ? {} : { typ } })).status).toBe(200);
    });

    it.each(['at+jwt', 'dpop+jwt', 'logout+jwt', 'oauth-authz-req+jwt'])(
      'refuses the typ %s (RFC 8725 §3.11)',
      async (typ) => {
        expect(await prove(await aHolder(), { header: { typ } })).toMatchObject(REFUSED);
      },
    );

    it('takes each jti once, also at 20 at the same time (RFC 7523 §3)', async () => {
      const client = await aHolder();
      const once = await assertionParameters(running.service, client);
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(undefined, { ...once })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
    });

    it('keeps the jti of one client apart from that of another', async () => {
      const claims = { jti: randomUUID() };
      expect((await prove(await aHolder(), { claims })).status).toBe(200);
      expect((await prove(await aHolder(), { claims })).status).toBe(200);
    });

    it('refuses a signature of another key, and one of another client (RFC 7515 §5.2)', async () => {
      const [client, other] = [await aHolder(), await aHolder()];
      expect(await prove({ ...client, privateKey: other.privateKey })).toMatchObject(REFUSED);
      expect(await prove(client, { header: { kid: 'another' } })).toMatchObject(REFUSED);
    });

    it('ignores a key that the header brings along (RFC 8725 §3.10)', async () => {
      const [client, { publicKey, privateKey }] = [
        await aHolder(),
        await generateKeyPair('ES256', { extractable: true }),
      ];
      const jwk = await exportJWK(publicKey);
      expect(await prove({ ...client, privateKey }, { header: { jwk, kid: undefined } })).toMatchObject(REFUSED);
    });

    it('never takes an unsigned one (RFC 8725 §3.1)', async () => {
      const { clientId } = await aHolder();
      const claims = { iss: clientId, sub: clientId, aud: running.service.issuer, exp: now() + 60, jti: randomUUID() };
      const form = (text: string) => ({
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: text,
      });
      expect(await ask(undefined, form(new UnsecuredJWT(claims).encode()))).toMatchObject(REFUSED);
      expect(await ask(undefined, form('not.a.jwt'))).toMatchObject(REFUSED);
      expect(await ask(undefined, form('x'))).toMatchObject(REFUSED);
    });

    it('takes only the algorithm that the client registered (RFC 8725 §3.1)', async () => {
      const client = await aHolder({ tokenEndpointAuthSigningAlg: 'RS256' });
      expect(await prove(client)).toMatchObject(REFUSED);
    });

    it('needs the one assertion type there is, and an assertion (RFC 7521 §4.2)', async () => {
      const client = await aHolder();
      const text = await assertion(running.service, client);
      expect(await ask(undefined, { client_assertion: text })).toMatchObject(REFUSED);
      expect(await ask(undefined, { client_assertion: text, client_assertion_type: 'urn:other' })).toMatchObject(
        REFUSED,
      );
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      expect(await ask(undefined, { client_assertion_type: type })).toMatchObject(REFUSED);
    });

    it('needs an equal client_id, if there is one (RFC 7521 §4.2)', async () => {
      const client = await aHolder();
      const proof = { ...(await assertionParameters(running.service, client)) };
      expect((await ask(undefined, { ...proof, client_id: client.clientId })).status).toBe(200);
      const other = { ...(await assertionParameters(running.service, client)), client_id: 'another' };
      expect([400, 401]).toContain((await ask(undefined, other)).status);
    });

    it('is judged alike at introspection and revocation (RFC 10070 §4)', async () => {
      const client = await aHolder();
      const bare = new BareClient(running.service, client);
      const token = String((await bare.ownToken()).body['access_token']);
      expect((await bare.introspect(token)).body).toMatchObject({ active: true });
      const endpoint = { claims: { aud: running.service.url('/oauth2/introspect') } };
      const wrong = encoded({ token, ...(await assertionParameters(running.service, client, endpoint)) });
      expect(await post(running.service, '/oauth2/introspect', wrong)).toMatchObject(REFUSED);
      expect(await post(running.service, '/oauth2/revoke', wrong)).toMatchObject(REFUSED);
      expect((await bare.revoke(token)).status).toBe(200);
    });

    it('signs a user in as any other method does', async () => {
      const client = await aKeyHolder(running.service);
      const signedIn = await new BareClient(running.service, client).signIn(
        aBrowser(running.service),
        await aUser(running.service),
      );
      expect(signedIn.response.status).toBe(200);
    });
  });

  it('slows down whoever guesses at a client, and nobody else', async () => {
    const [client, other] = [await aMachineWith(), await aMachineWith()];
    let answer = await ask(basic(client.clientId, 'wrong'));
    for (let guesses = 1; guesses < 40 && answer.status === 401; guesses++) {
      answer = await ask(basic(client.clientId, `wrong ${guesses}`));
    }
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.body).toHaveProperty('error');
    expect((await ask(basic(other.clientId, other.clientSecret ?? ''))).status).toBe(200);
    const missing = await aClient(running.service);
    expect((await new BareClient(running.service, missing).token({ grant_type: 'x' })).body['error']).toBe(
      'unsupported_grant_type',
    );
  });
});
