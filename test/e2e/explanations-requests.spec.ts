import { describe, expect, it } from 'vitest';
import { BareClient, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { Explainer } from '../support/explained.js';
import {
  aBrowser,
  aClient,
  aKeyHolder,
  anApi,
  aUser,
  CALLBACK,
  uniqueName,
  type ClientWish,
} from '../support/given.js';
import { requestObject, type ObjectWish } from '../support/request-object.js';

const PORTED = 'https://rp.example:8443/callback';

onEveryDatabase('what a support code tells of an authorization request', (running) => {
  const explainer = new Explainer(() => running.service);

  /** Makes a mistake at the authorization endpoint, without a sign-in. */
  async function mistake(wish: Parameters, client: ClientWish = {}): Promise<unknown> {
    const bare = new BareClient(running.service, await aClient(running.service, client));
    return explainer.words(await fetch(bare.request(wish).url, { redirect: 'manual' }));
  }

  it.each([
    ['in its path', `${CALLBACK}s?token=hush`, `differs at character 28 from the registered ${CALLBACK}.`],
    [
      'by a slash at the end',
      `${CALLBACK}/`,
      `differs at character 28 from the registered ${CALLBACK} by a slash at the end.`,
    ],
    [
      'by its scheme',
      'http://rp.example/callback',
      `differs at character 5 from the registered ${CALLBACK} by its scheme.`,
    ],
    [
      'by its case',
      'https://rp.example/Callback',
      `differs at character 20 from the registered ${CALLBACK} by upper and lower case.`,
    ],
    [
      'by its query',
      `${CALLBACK}?a=hush`,
      `differs at character 28 from the registered ${CALLBACK}, in its query or fragment.`,
    ],
  ])('a redirect_uri that differs %s (RFC 9700 §2.1)', async (_how, redirect_uri, words) => {
    const told = await mistake({ redirect_uri });
    expect(told).toBe(`The redirect_uri ${redirect_uri.split('?')[0] ?? ''} ${words}`);
    expect(told).not.toContain('hush');
  });

  it('a redirect_uri that differs by its port (RFC 9700 §2.1)', async () => {
    const told = await mistake({ redirect_uri: PORTED.replace('8443', '8444') }, { redirectUris: [PORTED] });
    expect(told).toBe(
      `The redirect_uri ${PORTED.replace('8443', '8444')} differs at character 23 from the registered ${PORTED} by its port.`,
    );
  });

  it.each<[string, Parameters, string]>([
    ['no redirect_uri', { redirect_uri: '' }, 'The parameter redirect_uri is missing.'],
    ['a repeated parameter', { state: ['a', 'b'] }, 'The parameter state was sent more than once.'],
    [
      'an overlong parameter',
      { nonce: 'n'.repeat(5000) },
      'The parameter nonce is longer than the 512 characters that are taken.',
    ],
    ['an unknown client', { client_id: 'nobody' }, 'There is no client of this client_id.'],
    [
      'no PKCE',
      { code_challenge: '', code_challenge_method: '' },
      'The client must use PKCE, and the request has no code_challenge.',
    ],
    ['a method alone', { code_challenge: '' }, 'The request has a code_challenge_method and no code_challenge.'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'The code_challenge_method is plain; only S256 is taken.'],
    [
      'a short challenge',
      { code_challenge: 'short' },
      'The code_challenge has 5 characters; the base64url of a SHA-256 digest has 43.',
    ],
    [
      'a response_type that is not its',
      { response_type: 'id_token' },
      'The response_type is id_token; the client is registered for code.',
    ],
    [
      'an unknown response_mode',
      { response_mode: 'pigeon' },
      'The response_mode is pigeon; this service knows query, fragment, form_post.',
    ],
    ['a max_age in words', { max_age: 'soon' }, 'The max_age is soon; it must be a whole number of seconds.'],
    ['prompt=none with another', { prompt: 'none login' }, 'The prompt is none, login; none must stand alone.'],
    ['a malformed scope', { scope: 'openid "x"' }, 'The scope has characters that no scope may have.'],
    [
      'a foreign id_token_hint',
      { id_token_hint: 'a.b.c' },
      'The id_token_hint is not an ID token that this service signed.',
    ],
    [
      'a sign-in that there is not',
      { claims: '{"id_token":{"acr":{"essential":true,"values":["9"]}}}' },
      'The client demands a sign-in of the kind 9; here there is',
    ],
    [
      'prompt=none without a sign-in',
      { prompt: 'none' },
      'prompt=none rules out asking, and the user must sign in: no session.',
    ],
  ])('%s (RFC 6749 §4.1.2.1)', async (_mistake, wish, words) => {
    expect(await mistake(wish)).toContain(words);
  });

  it('a response_type that nobody knows (RFC 6749 §3.1.1)', async () => {
    expect(await mistake({ response_type: 'cookie' })).toMatch(
      /^The response_type is cookie; this service knows code, /,
    );
  });

  it('a disabled client, and no more than that to whoever asks', async () => {
    const bare = new BareClient(running.service, await aClient(running.service, { status: 'disabled' }));
    const response = await fetch(bare.request().url, { redirect: 'manual' });
    expect(await response.text()).toContain('The client_id is not known here.');
    expect(await explainer.of(response)).toMatchObject({
      explanation: 'The client is disabled.',
      client_id: bare.client.clientId,
    });
  });

  it('scope and resource that are not open to the client (RFC 6749 §3.3, RFC 8707 §2)', async () => {
    expect(await mistake({ scope: 'nothing.here' }, { scope: ['openid', 'email'] })).toBe(
      'The client asked for nothing.here and may ask for openid, email: nothing is left.',
    );
    const [orders, stock] = [await anApi(running.service), await anApi(running.service)];
    const scope = ['openid', ...orders.scopes, ...stock.scopes];
    expect(await mistake({ resource: 'https://nobody.example/api' }, { scope: ['openid', ...orders.scopes] })).toBe(
      `The resource https://nobody.example/api is unknown, or the client may ask for no scope of it; open to it: ${orders.identifier}.`,
    );
    expect(await mistake({ scope: scope.join(' ') }, { scope })).toBe(
      `A token is for one resource, and several are meant: ${orders.identifier}, ${stock.identifier}. Name one with the resource parameter.`,
    );
  });

  it('ID tokens without nonce, openid or fragment (OIDC Core §3.2.2.1)', async () => {
    const client: ClientWish = { responseTypes: ['id_token'], grantTypes: ['implicit'] };
    const wish = { response_type: 'id_token', code_challenge: undefined, code_challenge_method: undefined };
    expect(await mistake({ ...wish, nonce: undefined }, client)).toBe('The response_type id_token needs a nonce.');
    expect(await mistake({ ...wish, scope: 'email' }, client)).toBe(
      'The response_type id_token yields an ID token and needs openid.',
    );
    expect(await mistake({ ...wish, response_mode: 'query' }, client)).toBe(
      'The response_mode is query, and the response_type id_token yields tokens, which never travel in a query.',
    );
  });

  describe('of a request object (RFC 9101 §7)', () => {
    async function objected(wish: ObjectWish, expected: string) {
      const client = await aKeyHolder(running.service);
      const bare = new BareClient(running.service, client);
      const { parameters } = bare.request();
      const request = await requestObject(running.service, client, parameters, wish);
      const url = running.service.url(
        `/oauth2/authorize?${new URLSearchParams({ client_id: client.clientId, request }).toString()}`,
      );
      expect(await explainer.words(await fetch(url, { redirect: 'manual' }))).toBe(expected);
    }
    const now = () => running.service.clock.epochSeconds();

    it('which expired', () =>
      objected(
        { claims: { exp: now() - 90, iat: now() - 5, nbf: undefined } },
        'The request object expired 90 s ago.',
      ));
    it('from the future', () =>
      objected(
        { claims: { iat: now() + 94, nbf: undefined } },
        'The clock of the client is 94 s ahead: its request object is not valid yet.',
      ));
    it('for somebody else', () =>
      objected(
        { claims: { aud: 'https://other.example' } },
        `The request object has https://other.example as its aud; it must have ${running.service.issuer} and nothing else.`,
      ));
    it('of another issuer', () =>
      objected(
        { claims: { iss: 'me' } },
        'The request object is not issued by the client: iss is another, or sub is the client.',
      ));
    it('by an unknown key', () =>
      objected(
        { header: { kid: 'lost' } },
        'The request object is signed with the key lost, and the client has no such key for ES256.',
      ));
    it('by a foreign key', async () => {
      const { privateKey: key } = await aKeyHolder(running.service);
      await objected({ key }, 'The request object is not signed with the key first of the client.');
    });
    it('of another client_id', () =>
      objected(
        { claims: { client_id: 'other' } },
        'The client_id in the request object is missing, or another than beside it.',
      ));
    it('at a place that is not registered', async () => {
      expect(await mistake({ request_uri: 'https://rp.example/object?hush' })).toBe(
        'The request_uri https://rp.example/object is not registered for the client.',
      );
    });
  });

  it('what prompt=none rules out, of somebody signed in (OIDC Core §3.1.2.6)', async () => {
    const [bare, other] = [
      new BareClient(running.service, await aClient(running.service)),
      new BareClient(running.service, await aClient(running.service)),
    ];
    const [browser, alice] = [aBrowser(running.service), await aUser(running.service)];
    const { idToken } = await bare.signIn(browser, alice);
    const silent = (client: BareClient, wish: Parameters) =>
      browser.visit(client.request({ prompt: 'none', ...wish }).url, { site: 'cross-site' });
    expect(await explainer.ofRedirect(await silent(other, {}))).toBe(
      'prompt=none rules out asking, and the user must be asked for consent: scope not approved.',
    );
    expect(await explainer.ofRedirect(await silent(other, { id_token_hint: idToken }))).toBe(
      `The id_token_hint was issued to another client: ${bare.client.clientId}.`,
    );
    running.service.clock.advance('2m');
    expect(await explainer.ofRedirect(await silent(bare, { max_age: '30' }))).toBe(
      'prompt=none rules out asking, and the user must sign in: the sign-in is 120 s old, and max_age is 30.',
    );
  });

  it('a group that is missing, on the page and with prompt=none (RFC 6749 §4.1.2.1)', async () => {
    const group = uniqueName('payroll');
    const client = await aClient(running.service, { allowedGroups: [group] });
    const bare = new BareClient(running.service, client);
    const [browser, alice] = [aBrowser(running.service), await aUser(running.service)];
    await new BareClient(running.service, await aClient(running.service)).signIn(browser, alice);
    const page = await browser.visit(bare.request().url, { site: 'cross-site' });
    expect([page.status, page.html.text('#support-code')]).toEqual([403, page.headers.get('x-request-id')]);
    const words = `A group is missing: the user is in none of those that may use the client: ${group}.`;
    expect(await explainer.of(page)).toMatchObject({
      error: 'access_denied',
      client_id: client.clientId,
      explanation: words,
      facts: { failed: ['group'], allowed_groups: [group] },
    });
    const silent = await browser.visit(bare.request({ prompt: 'none' }).url, { site: 'cross-site' });
    expect(await explainer.ofRedirect(silent)).toBe(words);
    expect(await explainer.ofRedirect(await browser.submit(page, '#cancel'))).toBe('The user said no.');
  });

  it('a sign-in that cannot go on, and an answer of another service that nobody waits for', async () => {
    const page = await aBrowser(running.service).visit('/sign-in?interaction=nothing');
    expect(await explainer.words(page)).toBe(
      'There is no such sign-in under way: its address is wrong or it is long gone.',
    );
    const lost = await aBrowser(running.service).visit('/federation/google/callback?state=x&code=hush');
    expect(lost.html.text('#support-code')).toBe(lost.headers.get('x-request-id'));
    expect(await explainer.words(lost)).toMatch(
      /^The answer of the other service belongs to no sign-in of this browser/,
    );
  });
});
