import { Injectable } from '@nestjs/common';
import { isPublic, type Client } from '#clients/index.js';
import { GrantType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import { GrantsService, RefreshTokensService, type Grant, type PresentedRefreshToken } from '#tokens/index.js';
import { askedScope } from '../../parameters/asked-scope.js';
import type { Decision } from '#explanations/index.js';
import { InvalidGrant } from '../../errors/oauth-error.js';
import { GrantStanding } from '../../issuance/grant-standing.js';
import type { Issuance } from '../../issuance/issuance.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { GrantTypeHandler } from './grant-type-handler.js';
import { RefreshTokenPolicy } from './refresh-token-policy.js';
import { narrowed, TokenTargets } from '../../issuance/token-target.js';

/** RFC 6749 §6: a refresh token for new tokens; it is replaced, and its reuse ends the grant (RFC 9700 §4.14.2). */
@Injectable()
export class RefreshTokenGrant extends GrantTypeHandler {
  readonly grantType = GrantType.RefreshToken;

  constructor(
    private readonly tokens: RefreshTokensService,
    private readonly grants: GrantsService,
    private readonly standing: GrantStanding,
    private readonly targets: TokenTargets,
    private readonly policy: RefreshTokenPolicy,
  ) {
    super();
  }

  async decide(client: Client, parameters: OAuthParameters): Promise<Issuance> {
    const value = parameters.require('refresh_token');
    const token = await this.presented(value, client);
    const grant = await this.standing.require(token.grant, client);
    const scope = narrowed(optionalScope(parameters), grant.scope, client);
    const target = await this.targets.choose(client, parameters, { ...grant, scope });
    const refreshToken = await this.successor(value, token, client);
    return { client, grant, ...target, refreshToken, idToken: idToken(grant, scope) };
  }

  private async presented(value: string, client: Client): Promise<PresentedRefreshToken> {
    const token = await this.tokens.find(value);
    if (token === undefined) throw new InvalidGrant('refresh token is unknown', { decision: seen(client, 'unknown') });
    if (token.clientId !== client.clientId)
      throw new InvalidGrant('refresh token was issued to another client', {
        decision: seen(client, "another client's"),
      });
    if (token.state === 'expired')
      throw new InvalidGrant('refresh token has expired', { decision: seen(client, 'expired') });
    if (token.state === 'superseded') return this.reused(token);
    return token;
  }

  private async successor(value: string, token: PresentedRefreshToken, client: Client): Promise<string> {
    const lifetimes = this.policy.lifetimes(client);
    // RFC 9700 §4.14.2: only a client that authenticates may keep its token
    if (client.refreshTokenRotation === 'static' && !isPublic(client)) {
      await this.tokens.keep(token, lifetimes);
      return value;
    }
    const rotation = await this.tokens.rotate(token, lifetimes);
    return rotation.outcome === 'rotated' ? rotation.value : this.reused(token);
  }

  private async reused(token: PresentedRefreshToken): Promise<never> {
    await this.grants.revokeReplayed(token.grant, 'refresh_token.replayed');
    throw new InvalidGrant('refresh token was used before', { decision: seen(token, 'used before') });
  }
}

function optionalScope(parameters: OAuthParameters): readonly string[] | undefined {
  return parameters.get('scope') === undefined ? undefined : askedScope(parameters, []);
}

/** OIDC Core §12.2: a new ID token without nonce, for whoever still asks as OpenID Connect. */
function idToken(grant: Grant, scope: readonly string[]): Issuance['idToken'] {
  const openId = grant.scope.includes(StandardScope.OpenId) && scope.includes(StandardScope.OpenId);
  return openId ? { nonce: undefined } : undefined;
}

function seen({ clientId }: Pick<Client, 'clientId'>, state: string): Decision {
  return { rule: 'refresh_token.state', clause: 'RFC 6749 §6', clientId, facts: { state } };
}
