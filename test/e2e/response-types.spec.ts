import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { describe, expect, it } from 'vitest';
import type { ClientMetadataInput } from '#clients/index.js';
import { BareClient, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aBrowser, aClient, aUser, type GivenUser } from '../support/given.js';
import { signIn } from '../support/signing-in.js';
import type { UserAgent, Visit } from '../support/user-agent.js';

const HYBRID: ClientMetadataInput = {
  requirePkce: false,
  grantTypes: ['authorization_code', 'implicit', 'refresh_token'],
  responseTypes: ['code', 'code id_token', 'code token', 'code id_token token', 'id_token', 'id_token token', 'none'],
};
const WITHOUT_PKCE: Parameters = { code_challenge: undefined, code_challenge_method: undefined };

type Received = Readonly<Record<string, string>>;

/** What arrives at the client, and by which way. */
function received(visit: Visit): { way: string; values: Received } {
  const { leftFor } = visit;
  if (leftFor === undefined) {
    const inputs = visit.html.tags.filter(({ attributes }) => attributes.get('type') === 'hidden');
    const pairs = inputs.map(({ attributes }) => [attributes.get('name') ?? '', attributes.get('value') ?? '']);
    return { way: visit.html.has('#continue') ? 'form_post' : 'page', values: Object.fromEntries(pairs) as Received };
  }
  const fragment = leftFor.hash.slice(1);
  const values = Object.fromEntries(fragment === '' ? leftFor.searchParams : new URLSearchParams(fragment));
  return { way: fragment === '' ? 'query' : 'fragment', values };
}

const half = (value: string) => {
  const digest = createHash('sha256').update(value).digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
};

async function asked(
  { service }: Running,
  wish: Parameters,
  record = HYBRID,
): Promise<{ bare: BareClient; alice: GivenUser; browser: UserAgent; visit: Visit; state: string; nonce: string }> {
  const bare = new BareClient(service, await aClient(service, record));
  const [alice, browser] = [await aUser(service), aBrowser(service)];
  const sent = bare.request({ ...WITHOUT_PKCE, scope: 'openid email', ...wish });
  const page = await browser.visit(sent.url, { site: 'cross-site' });
  const consent = page.html.has('#password') ? await signIn(browser, page, alice) : page;
  const visit = consent.html.has('#consent-allow') ? await browser.submit(consent, '#consent-allow') : consent;
  return { bare, alice, browser, visit, state: sent.state, nonce: sent.nonce };
}

async function verified({ service }: Running, idToken: string) {
  const keys = (await (await fetch(service.url('/oauth2/jwks'))).json()) as JSONWebKeySet;
  const { payload } = await jwtVerify(idToken, createLocalJWKSet(keys), { currentDate: service.clock.now() });
  return payload;
}

onEveryDatabase('response types and modes', (running) => {
  describe.each([
    ['code id_token', ['code', 'id_token']],
    ['code token', ['code', 'access_token']],
    ['code id_token token', ['code', 'id_token', 'access_token']],
    ['id_token', ['id_token']],
    ['id_token token', ['id_token', 'access_token']],
  ])('%s', (responseType, yielded) => {
    it.each([
      [undefined, 'fragment'],
      ['fragment', 'fragment'],
      ['form_post', 'form_post'],
    ])(
      'answers response_mode %s in the %s (OAuth Multiple Response Types §5, OIDC Core §3.3.2.5)',
      async (mode, way) => {
        const { visit, state, nonce, bare, alice } = await asked(running, {
          response_type: responseType,
          response_mode: mode,
        });
        const arrived = received(visit);
        expect(arrived.way).toBe(way);
        const { values } = arrived;
        expect(values).toMatchObject({ state, iss: running.service.issuer });
        const tokens = ['code', 'id_token', 'access_token'].filter((name) => name in values);
        expect(tokens.sort()).toEqual([...yielded].sort());
        if (values['access_token'] !== undefined) {
          expect(values).toMatchObject({ token_type: 'Bearer', expires_in: '600', scope: 'openid email' });
          expect((await bare.userinfo(values['access_token'])).body).toMatchObject({ sub: alice.id });
        }
        if (values['id_token'] === undefined) return;
        const claims = await verified(running, values['id_token']);
        expect(claims).toMatchObject({ nonce, sub: alice.id, aud: bare.client.clientId });
        // OIDC Core §3.3.2.11
        expect(claims['c_hash']).toBe(values['code'] === undefined ? undefined : half(values['code']));
        expect(claims['at_hash']).toBe(values['access_token'] === undefined ? undefined : half(values['access_token']));
        expect(claims['email']).toBe(responseType === 'id_token' ? alice.claims.email : undefined);
      },
    );

    it('is refused where the record does not ask for it (RFC 6749 §4.1.2.1)', async () => {
      const wish = { response_type: responseType, state: 'kept' };
      const { visit } = await asked(running, wish, { requirePkce: false });
      const { way, values } = received(visit);
      expect(way).toBe('fragment');
      expect(values).toMatchObject({ error: 'unauthorized_client', state: 'kept', iss: running.service.issuer });
      expect(visit.leftFor?.search).toBe('');
    });

    it('never goes into the query (OAuth Multiple Response Types §3.0)', async () => {
      const { visit } = await asked(running, { response_type: responseType, response_mode: 'query' });
      const { way, values } = received(visit);
      expect([way, values['error']]).toEqual(['fragment', 'invalid_request']);
    });
  });

  it.each(['code id_token', 'id_token', 'id_token token', 'code id_token token'])(
    'refuses %s without a nonce, in the fragment (OIDC Core §3.2.2.1, §3.3.2.11)',
    async (responseType) => {
      const { visit } = await asked(running, { response_type: responseType, nonce: undefined });
      const { way, values } = received(visit);
      expect([way, values['error']]).toEqual(['fragment', 'invalid_request']);
    },
  );

  it('redeems the code of a hybrid answer, with the same subject (OIDC Core §3.3.3.6)', async () => {
    const { visit, bare } = await asked(running, { response_type: 'code id_token' });
    const { values } = received(visit);
    const answer = await bare.token({
      grant_type: 'authorization_code',
      code: values['code'],
      redirect_uri: bare.client.redirectUri,
    });
    expect(answer.status).toBe(200);
    const [front, back] = [
      await verified(running, values['id_token'] ?? ''),
      await verified(running, String(answer.body['id_token'])),
    ];
    expect([back.iss, back.sub]).toEqual([front.iss, front.sub]);
  });

  it('ignores offline_access where no code is issued (OIDC Core §11)', async () => {
    const { visit } = await asked(running, { response_type: 'id_token token', scope: 'openid offline_access' });
    expect(received(visit).values['scope']).toBe('openid');
  });

  it('answers response_type none with state and issuer only (OAuth Multiple Response Types §4)', async () => {
    const { visit, state } = await asked(running, { response_type: 'none' });
    expect(received(visit)).toEqual({ way: 'query', values: { state, iss: running.service.issuer } });
  });

  it('posts errors too, and in the query when nobody knows the response type (OAuth Form Post §2, OIDC Core §3.1.2.6)', async () => {
    const none = await asked(running, { response_mode: 'form_post', prompt: 'none' });
    expect(received(none.visit)).toMatchObject({
      way: 'form_post',
      values: { error: 'login_required', state: none.state },
    });
    const missing = await asked(running, { response_type: undefined });
    expect(received(missing.visit)).toMatchObject({ way: 'query', values: { error: 'invalid_request' } });
    const unknown = await asked(running, { response_type: 'saml', response_mode: 'form_post' });
    expect(received(unknown.visit)).toMatchObject({ way: 'form_post', values: { error: 'unsupported_response_type' } });
  });

  it('lets the form post page run its one script and end at the client only (OAuth Form Post §4)', async () => {
    const { visit, bare } = await asked(running, { response_mode: 'form_post' });
    const policy = visit.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(visit.html.tags.find(({ name }) => name === 'script')?.attributes.get('nonce')).toBe(nonce);
    expect(policy).toContain(`form-action 'self' ${new URL(bare.client.redirectUri).origin}`);
    expect(visit.headers.get('cache-control')).toBe('no-store');
  });
});
