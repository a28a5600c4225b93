import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import type { UpstreamClaims } from '../presets/preset.js';
import { FlowStateStore } from './flow-state-store.js';
import { Profiles } from './profiles.service.js';
import type { ProviderConnection } from './provider-connections.service.js';
import { ProviderStrategy, type StrategyTools } from './provider.strategy.js';
import { TokenExchange } from './token-exchange.service.js';

/** What a provider answered: the tokens, and what it told to the access token. */
export interface UpstreamAnswer {
  readonly accessToken: string;
  readonly idToken?: string;
  readonly profile: UpstreamClaims;
}

/** What passport is asked to do: with which provider. */
export interface UpstreamOptions {
  readonly connection: ProviderConnection;
}

type Actions = Record<'success' | 'fail' | 'redirect' | 'pass' | 'error', unknown>;

const NAME = 'upstream';

/** Never asked: which provider is meant shows in each request only. */
const NOBODY = {
  authorizationURL: 'https://nobody.invalid/authorize',
  tokenURL: 'https://nobody.invalid/token',
  clientID: 'nobody',
  clientSecret: '',
};

/** The one strategy that passport knows; each request is left to an instance made from the provider's row as it is now. */
@Injectable()
export class UpstreamStrategy extends PassportStrategy(OAuth2Strategy, NAME, 5) {
  /** Declared only: it is set while the base class is still being made. */
  declare private engine: passport.Authenticator | undefined;
  // Not `#`: passport calls on a copy that has this object for its prototype.
  private readonly strategies = new WeakMap<ProviderConnection, ProviderStrategy>();
  private readonly tools: StrategyTools;

  constructor(store: FlowStateStore, tokens: TokenExchange, profiles: Profiles) {
    super(NOBODY);
    this.tools = { store, tokens, profiles };
  }

  /** The mixin asks for it: an engine of its own, as that of the package is shared by all services of a process. */
  getPassportInstance(): passport.Authenticator {
    this.engine ??= new passport.Authenticator();
    return this.engine;
  }

  /** Passport calls this on a copy that has its actions; the provider's strategy acts through them. */
  override authenticate(request: Parameters<OAuth2Strategy['authenticate']>[0], options: UpstreamOptions): void {
    const { success, fail, redirect, pass, error } = this as unknown as Actions;
    const strategy = Object.create(this.strategyFor(options.connection)) as OAuth2Strategy;
    Object.assign(strategy, { success, fail, redirect, pass, error });
    strategy.authenticate(request, options);
  }

  /** What of the answer is used; a refresh token is not kept, as nothing is done at the provider later. */
  validate(accessToken: string, _refreshToken: unknown, parameters: UpstreamClaims, profile: unknown): UpstreamAnswer {
    const idToken = parameters['id_token'];
    return {
      accessToken,
      profile: profile as UpstreamClaims,
      ...(typeof idToken === 'string' ? { idToken } : {}),
    };
  }

  private strategyFor(connection: ProviderConnection): ProviderStrategy {
    const { _verify: verify } = this as unknown as { _verify: OAuth2Strategy.VerifyFunction };
    const strategy = this.strategies.get(connection) ?? new ProviderStrategy(connection, this.tools, verify);
    this.strategies.set(connection, strategy);
    return strategy;
  }
}
