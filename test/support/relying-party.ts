import * as oidc from 'openid-client';
import type { GivenClient, GivenUser } from './given.js';
import { throughEveryPage, type Behaviour } from './signing-in.js';
import type { TestService } from './start-service.js';
import type { UserAgent } from './user-agent.js';

/** What a relying party has after a sign-in. */
export interface RelyingPartySession {
  readonly code: string;
  readonly callback: URL;
  readonly tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;
  readonly claims: oidc.IDToken;
}

/** An application that signs its users in through openid-client, as most do. */
export class RelyingParty {
  private constructor(
    readonly config: oidc.Configuration,
    readonly client: GivenClient,
  ) {}

  /** Learns everything but its own credentials from the discovery document. */
  static async of(
    service: TestService,
    client: GivenClient,
    metadata: Partial<oidc.ClientMetadata> = {},
  ): Promise<RelyingParty> {
    service.clock.catchUp();
    const config = await oidc.discovery(new URL(service.issuer), client.clientId, metadata, authenticationOf(client), {
      execute: [oidc.allowInsecureRequests],
    });
    return new RelyingParty(config, client);
  }

  /** Sends the user's browser here and back, and redeems the code; the library checks all that the standards demand. */
  async signIn(
    browser: UserAgent,
    user: GivenUser,
    parameters: Readonly<Record<string, string>> = {},
    behaviour: Behaviour = {},
  ): Promise<RelyingPartySession> {
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(this.config, {
      redirect_uri: this.client.redirectUri,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...parameters,
    });
    const visit = await throughEveryPage(browser, await browser.visit(url, { site: 'cross-site' }), user, behaviour);
    const callback = visit.leftFor;
    if (callback === undefined) throw new Error(`the user is stuck at ${visit.url.href}: ${visit.html.words}`);
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(this.config, callback, checks);
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('no ID token');
    return { code: callback.searchParams.get('code') ?? '', callback, tokens, claims };
  }

  refresh(refreshToken: string, parameters: Readonly<Record<string, string>> = {}) {
    return oidc.refreshTokenGrant(this.config, refreshToken, { ...parameters });
  }

  ownToken(parameters: Readonly<Record<string, string>> = {}) {
    return oidc.clientCredentialsGrant(this.config, { ...parameters });
  }

  userinfo({ tokens, claims }: Pick<RelyingPartySession, 'tokens' | 'claims'>): Promise<oidc.UserInfoResponse> {
    return oidc.fetchUserInfo(this.config, tokens.access_token, claims.sub);
  }

  introspect(token: string): Promise<oidc.IntrospectionResponse> {
    return oidc.tokenIntrospection(this.config, token);
  }

  revoke(token: string): Promise<void> {
    return oidc.tokenRevocation(this.config, token);
  }

  /** Where the user's browser goes to sign out (OIDC RP-Initiated Logout §2). */
  logoutUrl(parameters: Readonly<Record<string, string>>): URL {
    return oidc.buildEndSessionUrl(this.config, { ...parameters });
  }
}

function authenticationOf({ method, clientSecret, privateKey }: GivenClient): oidc.ClientAuth {
  if (method === 'none') return oidc.None();
  if (method === 'client_secret_jwt') return oidc.ClientSecretJwt(clientSecret);
  if (privateKey !== undefined) return oidc.PrivateKeyJwt({ key: privateKey, kid: 'first' });
  return method === 'client_secret_post' ? oidc.ClientSecretPost(clientSecret) : oidc.ClientSecretBasic(clientSecret);
}
