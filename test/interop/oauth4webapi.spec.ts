import * as oauth from 'oauth4webapi';
import { beforeAll, expect, it } from 'vitest';
import { onEveryDatabase, type Running } from '../support/every-database.js';
import { aKeyHolder, aMachine, anApi, aSignInReadyToHappen, aUser, type GivenClient } from '../support/given.js';
import { throughEveryPage } from '../support/signing-in.js';
import { UserAgent } from '../support/user-agent.js';

onEveryDatabase('oauth4webapi', tell, {
  env: { ISSUER: 'https://login.corp.test', SECRET_KEYS: Buffer.alloc(32, 3).toString('base64url') },
});

function tell(running: Running): void {
  let server: oauth.AuthorizationServer;

  const address = () => `http://127.0.0.1:${running.service.settings.server.port}`;
  /** Stands for the proxy that ends TLS before the service. */
  const proxied = {
    [oauth.customFetch]: (url: string, options: object) => {
      const { pathname, search } = new URL(url);
      return fetch(address() + pathname + search, { ...options });
    },
  };

  beforeAll(async () => {
    const issuer = new URL(running.service.issuer);
    server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, proxied));
  });

  it.each(['oidc', 'oauth2'] as const)(
    'finds the metadata by %s (OIDC Discovery §4, RFC 8414 §3)',
    async (algorithm) => {
      const issuer = new URL(running.service.issuer);
      const response = await oauth.discoveryRequest(issuer, { algorithm, ...proxied });
      expect((await oauth.processDiscoveryResponse(issuer, response)).issuer).toBe(running.service.issuer);
    },
  );

  /** The code flow, step by step, with every check that the library has. */
  async function signIn(given: GivenClient, authentication: oauth.ClientAuth, scope: string) {
    const alice = await aUser(running.service);
    const browser = new UserAgent(running.service.issuer, { connectTo: address() });
    const client: oauth.Client = { client_id: given.clientId };
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(server.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      client_id: given.clientId,
      redirect_uri: given.redirectUri,
      response_type: 'code',
      scope,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      max_age: '300',
    }).toString();
    const visit = await throughEveryPage(browser, await browser.visit(url), alice);
    const parameters = oauth.validateAuthResponse(server, client, visit.leftFor ?? new URL('about:blank'), state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      parameters,
      given.redirectUri,
      verifier,
      proxied,
    );
    const expectations = { expectedNonce: nonce, maxAge: 300, requireIdToken: true };
    return {
      alice,
      client,
      tokens: await oauth.processAuthorizationCodeResponse(server, client, response, expectations),
    };
  }

  it('goes through the code flow, userinfo, refresh, introspection and revocation (RFC 6749 §4.1)', async () => {
    const { client: given } = await aSignInReadyToHappen(running.service);
    const authentication = oauth.ClientSecretBasic(given.clientSecret ?? '');
    const { alice, client, tokens } = await signIn(given, authentication, 'openid email offline_access');
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    expect(claims?.sub).toBe(alice.id);

    const asked = await oauth.userInfoRequest(server, client, tokens.access_token, proxied);
    const userinfo = await oauth.processUserInfoResponse(server, client, alice.id, asked);
    expect(userinfo.email).toBe(alice.claims.email);

    const refresh = (token = '') => oauth.refreshTokenGrantRequest(server, client, authentication, token, proxied);
    const refreshed = await oauth.processRefreshTokenResponse(server, client, await refresh(tokens.refresh_token));
    expect(refreshed.scope).toBe('openid email offline_access');

    const introspect = async (token: string) => {
      const response = await oauth.introspectionRequest(server, client, authentication, token, proxied);
      return oauth.processIntrospectionResponse(server, client, response);
    };
    expect(await introspect(refreshed.access_token)).toMatchObject({ active: true, sub: alice.id });
    const token = refreshed.refresh_token ?? '';
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(server, client, authentication, token, proxied),
    );
    expect(await introspect(refreshed.access_token)).toEqual({ active: false });
    const refused = oauth.processRefreshTokenResponse(server, client, await refresh(token));
    await expect(refused).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('proves itself with a key of its own (RFC 7523 §2.2)', async () => {
    const given = await aKeyHolder(running.service);
    running.service.clock.catchUp();
    const authentication = oauth.PrivateKeyJwt({ key: given.privateKey, kid: 'first' });
    const { alice, tokens } = await signIn(given, authentication, 'openid');
    expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBe(alice.id);
  });

  it('gets a token of its own that an API verifies by itself (RFC 6749 §4.4, RFC 9068 §4)', async () => {
    const api = await anApi(running.service);
    const given = await aMachine(running.service, api.scopes);
    const client: oauth.Client = { client_id: given.clientId };
    const authentication = oauth.ClientSecretBasic(given.clientSecret ?? '');
    const parameters = { scope: api.scopes[0] ?? '' };
    const response = await oauth.clientCredentialsGrantRequest(server, client, authentication, parameters, proxied);
    const tokens = await oauth.processClientCredentialsResponse(server, client, response);
    const authorization = `Bearer ${tokens.access_token}`;
    const atApi = new Request(api.identifier, { headers: { authorization } });
    const claims = await oauth.validateJwtAccessToken(server, atApi, api.identifier, proxied);
    expect(claims).toMatchObject({ client_id: given.clientId, scope: api.scopes[0] });
    const elsewhere = oauth.validateJwtAccessToken(server, atApi, 'https://other.example/api', proxied);
    await expect(elsewhere).rejects.toThrow();
  });
}
