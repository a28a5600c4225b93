import OAuth2Strategy from 'passport-oauth2';
import { PRESETS } from '../presets/index.js';
import type { NewFlow } from '../flows/upstream-flow.js';
import type { FlowStateStore } from './flow-state-store.js';
import type { Profiles } from './profiles.service.js';
import type { ProviderConnection } from './provider-connections.service.js';
import type { TokenExchange } from './token-exchange.service.js';

/** What a browser is to be sent away with. */
export interface DepartureOptions {
  readonly flow: NewFlow;
  readonly loginHint?: string | undefined;
}

/** What a strategy does outside of itself. */
export interface StrategyTools {
  readonly store: FlowStateStore;
  readonly tokens: TokenExchange;
  readonly profiles: Profiles;
}

/** The part of the library's client that speaks to the token endpoint. */
interface CodeRedeemer {
  getOAuthAccessToken: (code: string, request: Readonly<Record<string, string>>, done: TokensDone) => void;
  _request: () => never;
}

type TokensDone = (error: unknown, accessToken?: string, refreshToken?: string, parameters?: unknown) => void;

/** The library's strategy for one provider: it sends browsers there with state and PKCE, and redeems what they bring back. */
export class ProviderStrategy extends OAuth2Strategy {
  constructor(
    private readonly connection: ProviderConnection,
    private readonly tools: StrategyTools,
    verify: OAuth2Strategy.VerifyFunction,
  ) {
    const { provider, endpoints, redirectUri } = connection;
    super(
      {
        authorizationURL: endpoints.authorization,
        tokenURL: endpoints.token,
        clientID: provider.clientId,
        clientSecret: '', // it is opened for each use, and never kept here
        callbackURL: redirectUri,
        scope: provider.scope ?? PRESETS[provider.preset].scope,
        pkce: true, // RFC 7636 §4.2: S256
        // The library asks for the number of parameters that the store takes, which its types do not know.
        store: tools.store as unknown as OAuth2Strategy.StateStore,
      },
      verify,
    );
    this.leadThroughTheDoor(this._oauth2 as unknown as CodeRedeemer);
  }

  override authorizationParams({ flow, loginHint }: DepartureOptions): object {
    const { provider } = this.connection;
    const preset = PRESETS[provider.preset];
    return {
      ...preset.parameters?.({ choices: provider, afresh: flow.goal.afresh, loginHint }),
      // OIDC Core §3.1.2.1: what the ID token must repeat
      ...(preset.protocol === 'oidc' ? { nonce: flow.nonce } : {}),
    };
  }

  override userProfile(accessToken: string, done: (error?: unknown, profile?: unknown) => void): void {
    this.tools.profiles.of(this.connection, accessToken).then((profile) => {
      done(null, profile);
    }, done);
  }

  /** The library's own requests would go past the guard, so there are none left (RFC 9700 §4.15). */
  private leadThroughTheDoor(client: CodeRedeemer): void {
    client.getOAuthAccessToken = (code, request, done) => {
      this.tools.tokens.redeem(this.connection, { ...request, code }).then((answer) => {
        if (answer.outcome === 'failed') done(new Error(answer.detail));
        else done(null, answer.accessToken, undefined, answer.parameters);
      }, done);
    };
    client._request = () => {
      throw new Error('requests to providers go through OutboundHttp');
    };
  }
}
