import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { BareClient, type Parameters } from '../support/bare-client.js';
import { onEveryDatabase } from '../support/every-database.js';
import { aSignInReadyToHappen, anApi, type ClientWish, type GivenApi } from '../support/given.js';

onEveryDatabase('resource indicators', (running) => {
  async function aClientOfTwoApis(
    wish: (orders: GivenApi, stock: GivenApi) => ClientWish = () => ({}),
    format: 'jwt' | 'opaque' = 'jwt',
  ) {
    const orders = await anApi(running.service, { accessTokenFormat: format });
    const stock = await anApi(running.service, { accessTokenFormat: format });
    const scope = ['openid', 'email', 'offline_access', ...orders.scopes, ...stock.scopes];
    const ready = await aSignInReadyToHappen(running.service, { scope, ...wish(orders, stock) });
    return { ...ready, orders, stock, bare: new BareClient(running.service, ready.client) };
  }

  type Story = Awaited<ReturnType<typeof aClientOfTwoApis>>;
  const userinfo = () => running.service.url('/oauth2/userinfo');
  const refusal = async ({ bare, browser, alice }: Story, wish: Parameters) =>
    (await bare.ask(browser, alice, wish)).answer;

  /** What a token is good for, as its owner is told. */
  const audience = async ({ bare }: Story, token: unknown) => {
    const { body } = await bare.introspect(String(token));
    return { aud: body['aud'], scope: body['scope'] };
  };

  it.each(['jwt', 'opaque'] as const)(
    'makes the resource the audience, and userinfo beside it with openid (%s; RFC 8707 §2.2)',
    async (format) => {
      const story = await aClientOfTwoApis(undefined, format);
      const { bare, browser, alice, orders } = story;
      const [read = ''] = orders.scopes;
      const tokens = await bare.signIn(browser, alice, { scope: `openid ${read}`, resource: orders.identifier });
      expect(await audience(story, tokens.accessToken)).toEqual({
        aud: [orders.identifier, userinfo()],
        scope: `openid ${read}`,
      });
      const own = await bare.signIn(browser, alice, { scope: read, resource: orders.identifier });
      expect(await audience(story, own.accessToken)).toEqual({ aud: orders.identifier, scope: read });
    },
  );

  it('implies the only resource that owns the scope', async () => {
    const story = await aClientOfTwoApis();
    const { bare, browser, alice, stock } = story;
    const tokens = await bare.signIn(browser, alice, { scope: stock.scopes.join(' ') });
    expect(await audience(story, tokens.accessToken)).toEqual({ aud: stock.identifier, scope: stock.scopes.join(' ') });
  });

  it('implies userinfo without API scopes', async () => {
    const story = await aClientOfTwoApis();
    const tokens = await story.bare.signIn(story.browser, story.alice, { scope: 'openid email' });
    expect(await audience(story, tokens.accessToken)).toEqual({ aud: userinfo(), scope: 'openid email' });
  });

  it('asks for a decision when several resources own the scope, unless one is the default', async () => {
    const undecided = await aClientOfTwoApis();
    const scope = ({ orders, stock }: Story) => `${orders.scopes[0] ?? ''} ${stock.scopes[0] ?? ''}`;
    expect((await refusal(undecided, { scope: scope(undecided) }))['error']).toBe('invalid_target');
    const decided = await aClientOfTwoApis((_, stock) => ({ defaultResource: stock.identifier }));
    const tokens = await decided.bare.signIn(decided.browser, decided.alice, { scope: scope(decided) });
    expect(await audience(decided, tokens.accessToken)).toEqual({
      aud: decided.stock.identifier,
      scope: decided.stock.scopes[0],
    });
  });

  it('lets one sign-in serve several resources, one access token each (RFC 8707 §2.2)', async () => {
    const story = await aClientOfTwoApis();
    const { bare, browser, alice, orders, stock } = story;
    const resource = [orders.identifier, stock.identifier];
    const scope = `openid offline_access ${orders.scopes[0] ?? ''} ${stock.scopes[0] ?? ''}`;
    const obtained = await bare.obtainCode(browser, alice, { scope, resource });
    expect((await bare.redeem(obtained)).body['error']).toBe('invalid_target');
    const first = await bare.redeem(obtained, { resource: orders.identifier });
    expect((await audience(story, first.body['access_token'])).aud).toEqual([orders.identifier, userinfo()]);
    const second = await bare.refresh(String(first.body['refresh_token']), { resource: stock.identifier });
    expect((await audience(story, second.body['access_token'])).aud).toEqual([stock.identifier, userinfo()]);
    const third = await bare.refresh(String(second.body['refresh_token']), { resource: userinfo() });
    expect((await audience(story, third.body['access_token'])).aud).toBe(userinfo());
  });

  it('may be narrowed and never widened, at redemption and refresh (RFC 8707 §2.2)', async () => {
    const story = await aClientOfTwoApis();
    const { bare, browser, alice, orders, stock } = story;
    const [read = ''] = orders.scopes;
    const obtained = await bare.obtainCode(browser, alice, { scope: `openid ${read}`, resource: orders.identifier });
    for (const resource of [stock.identifier, 'https://nobody.example', [orders.identifier, stock.identifier]]) {
      expect(await bare.redeem(obtained, { resource })).toMatchObject({
        status: 400,
        body: { error: 'invalid_target' },
      });
    }
    const { body } = await bare.redeem(obtained, { resource: orders.identifier });
    const refreshed = await bare.refresh(String(body['refresh_token']), { resource: stock.identifier });
    expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    expect((await bare.refresh(String(body['refresh_token']))).status).toBe(200);
  });

  it.each([
    ['unknown', 'https://nobody.example/api'],
    ['no URI', 'orders'],
    ['relative', '/api'],
    ['with a fragment', 'https://orders.example/api#x'],
    ['in another case', 'HTTPS://ORDERS.EXAMPLE/api'],
  ])('refuses a resource that is %s, at the redirect URI (RFC 8707 §2)', async (_, resource) => {
    const story = await aClientOfTwoApis();
    expect(await refusal(story, { resource })).toMatchObject({ error: 'invalid_target', iss: running.service.issuer });
  });

  it('refuses a resource of which the client may ask nothing (RFC 8707 §2)', async () => {
    const story = await aClientOfTwoApis();
    const other = await anApi(running.service);
    expect((await refusal(story, { resource: other.identifier }))['error']).toBe('invalid_target');
  });

  it('drops scopes that the client may not ask, and refuses when none is left (RFC 6749 §3.3)', async () => {
    const story = await aClientOfTwoApis();
    const { bare, browser, alice } = story;
    const other = await anApi(running.service);
    const tokens = await bare.signIn(browser, alice, { scope: `openid ${other.scopes[0] ?? ''} nonsense address` });
    expect(tokens.response.body['scope']).toBe('openid');
    for (const scope of ['nonsense', other.scopes[0] ?? '', 'a"b', 'ö', '\\']) {
      expect((await refusal(story, { scope }))['error']).toBe('invalid_scope');
    }
  });

  it('asks for the default scope of the client when none is sent, and refuses without one (RFC 6749 §3.3)', async () => {
    const plain = await aClientOfTwoApis();
    expect((await refusal(plain, { scope: undefined }))['error']).toBe('invalid_scope');
    expect((await refusal(plain, { scope: '' }))['error']).toBe('invalid_scope');
    const { bare, browser, alice } = await aClientOfTwoApis(() => ({ defaultScope: ['openid', 'email'] }));
    const tokens = await bare.signIn(browser, alice, { scope: undefined });
    expect(tokens.response.body['scope']).toBe('openid email');
  });

  it('lets a token live as the resource says, unless the client record says otherwise', async () => {
    const api = await anApi(running.service, { accessTokenLifetime: 77 });
    const { client, alice, browser } = await aSignInReadyToHappen(running.service, { scope: [...api.scopes] });
    const { response, accessToken } = await new BareClient(running.service, client).signIn(browser, alice, {
      scope: api.scopes[0] ?? '',
    });
    expect(response.body['expires_in']).toBe(77);
    const { exp = 0, iat = 0 } = decodeJwt(accessToken);
    expect(exp - iat).toBe(77);
  });
});
