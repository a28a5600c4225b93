import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientsService } from '#clients/index.js';
import { BareClient, encoded, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aBrowser, aClient, aSignInReadyToHappen, type ClientWish, type GivenClient } from '../support/given.js';
import { givenFrom, registerItself } from '../support/self-registered.js';
import { startService, type TestService } from '../support/start-service.js';
import { UserAgent } from '../support/user-agent.js';

const GOODBYE = 'https://rp.example/goodbye';
const SHARER: ClientWish = { idTokenSignedResponseAlg: 'HS256', postLogoutRedirectUris: [GOODBYE] };

/** A hint that a client made for itself, with the secret that it shares with us. */
function ownHint(service: TestService, client: GivenClient, claims: Parameters = {}): Promise<string> {
  return new SignJWT({ iss: service.issuer, sub: 'somebody', aud: client.clientId, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(client.clientSecret));
}

describe('attacks on the end-session endpoint of a production issuer (RFC 9700 §4.11.2)', () => {
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'login.example' };
  let service: TestService;
  let base: string;
  beforeAll(async () => {
    service = await startService({
      env: {
        ISSUER: 'https://login.example',
        TRUST_PROXY: '127.0.0.1',
        SECRET_KEYS: randomBytes(32).toString('base64url'),
        CLIENT_REGISTRATION: 'open',
      },
    });
    base = `http://127.0.0.1:${service.settings.server.port}`;
  });
  afterAll(() => service.close());

  async function follow(client: GivenClient) {
    const browser = new UserAgent(service.issuer, { connectTo: base, headers: forwarded });
    const query = encoded({ id_token_hint: await ownHint(service, client), post_logout_redirect_uri: GOODBYE });
    return browser.visit(`${service.issuer}/oauth2/logout?${query}`, { site: 'cross-site' });
  }

  it('a hint that an unchecked client made for itself leads nobody to it who did not sign out', async () => {
    const registration = { id_token_signed_response_alg: 'HS256', post_logout_redirect_uris: [GOODBYE] };
    const there = { url: (path: string) => `${base}${path}` };
    const { body, status } = await registerItself(there, registration, forwarded);
    expect(status).toBe(201);
    const visit = await follow(givenFrom(body));
    expect([visit.leftFor, visit.status]).toEqual([undefined, 200]);
    const clients = service.app.get(ClientsService, { strict: false });
    await clients.update(String(body['client_id']), { vetted: true });
    expect((await follow(givenFrom(body))).leftFor?.href).toBe(GOODBYE);
  });

  it('a hint of a client of the company leads to it', async () => {
    expect((await follow(await aClient(service, SHARER))).leftFor?.href).toBe(GOODBYE);
  });
});

onEveryDatabase('attacks on the end-session endpoint', (running) => {
  const out = (parameters: Parameters) => running.service.url(`/oauth2/logout?${encoded(parameters)}`);
  const disable = ({ clientId }: GivenClient) =>
    running.service.app.get(ClientsService, { strict: false }).update(clientId, { status: 'disabled' });

  it('a disabled client gets no browser any more, and its users still sign out (RFC 9700 §4.11.2)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, SHARER);
    const { idToken } = await new BareClient(running.service, client).signIn(browser, alice);
    await disable(client);
    const asked = { id_token_hint: idToken, post_logout_redirect_uri: GOODBYE, state: 's' };
    const page = await browser.visit(out(asked), { site: 'cross-site' });
    const done = await browser.submit(page, '#logout-confirm');
    expect([done.leftFor, done.status]).toEqual([undefined, 200]);
    const stranger = await aBrowser(running.service).visit(out(asked), { site: 'cross-site' });
    expect([stranger.leftFor, stranger.status]).toEqual([undefined, 200]);
  });

  it.each([
    ['for another client', { aud: 'other' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for several clients', { aud: ['other', 'another'] }],
    ['for nobody', { aud: undefined }],
  ])('a hint %s is no hint (OIDC RP-Initiated Logout §4)', async (_whose, claims) => {
    const client = await aClient(running.service, SHARER);
    const hint = await ownHint(running.service, client, claims);
    const url = out({ id_token_hint: hint, post_logout_redirect_uri: GOODBYE });
    const { leftFor, status } = await aBrowser(running.service).visit(url);
    expect([leftFor, status]).toEqual([undefined, 400]);
  });

  it.each([
    'https://evil.example/',
    `${GOODBYE}/`,
    `${GOODBYE}?`,
    `${GOODBYE}#x`,
    'https://rp.example@evil.example/goodbye',
    'javascript:alert(1)',
    '//evil.example',
    '/account',
  ])('nobody is led to %s, which is not registered (OIDC RP-Initiated Logout §3)', async (uri) => {
    const client = await aClient(running.service, SHARER);
    const url = out({ id_token_hint: await ownHint(running.service, client), post_logout_redirect_uri: uri });
    const { leftFor, status } = await aBrowser(running.service).visit(url);
    expect([leftFor, status]).toEqual([undefined, 400]);
  });

  it('a hint that a client forged about another signs nobody out without a word (OIDC Core §10.1)', async () => {
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, SHARER);
    const bare = new BareClient(running.service, client);
    await bare.signIn(browser, alice);
    const evil = await aClient(running.service, SHARER);
    const hint = await ownHint(running.service, evil, { sub: alice.id });
    const page = await browser.visit(out({ id_token_hint: hint, post_logout_redirect_uri: GOODBYE }));
    expect([page.leftFor, page.html.has('#logout-confirm')]).toEqual([undefined, true]);
    expect((await bare.ask(browser, alice, { prompt: 'none' })).answer).toHaveProperty('code');
  });

  it('what stands in the state never leaves the query (OIDC RP-Initiated Logout §3)', async () => {
    const client = await aClient(running.service, SHARER);
    const state = `&post_logout_redirect_uri=https://evil.example#"><script>'`;
    const asked = { id_token_hint: await ownHint(running.service, client), post_logout_redirect_uri: GOODBYE, state };
    const { leftFor } = await aBrowser(running.service).visit(out(asked));
    expect(leftFor?.href.split('?')[0]).toBe(GOODBYE);
    expect([...(leftFor?.searchParams ?? [])]).toEqual([['state', state]]);
    expect(leftFor?.hash).toBe('');
  });
});
