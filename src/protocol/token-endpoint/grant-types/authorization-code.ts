import { Injectable } from '@nestjs/common';
import { mayUseGrantType, type Client } from '#clients/index.js';
import { Transactions } from '#platform/database/index.js';
import { GrantType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import { AuthorizationCodesService, GrantsService, type AuthorizationCode, type Grant } from '#tokens/index.js';
import { differsAt, plainAddress, type Decision } from '#explanations/index.js';
import { InvalidGrant } from '../../errors/oauth-error.js';
import { GrantStanding } from '../../issuance/grant-standing.js';
import type { Issuance } from '../../issuance/issuance.js';
import type { OAuthParameters } from '../../parameters/oauth-parameters.js';
import { codeVerifierProblem } from './code-verifier.js';
import { GrantTypeHandler } from './grant-type-handler.js';
import { RefreshTokenPolicy } from './refresh-token-policy.js';
import { TokenTargets } from '../../issuance/token-target.js';

/** RFC 6749 §4.1.3: a code for tokens, once. */
@Injectable()
export class AuthorizationCodeGrant extends GrantTypeHandler {
  readonly grantType = GrantType.AuthorizationCode;

  constructor(
    private readonly codes: AuthorizationCodesService,
    private readonly grants: GrantsService,
    private readonly standing: GrantStanding,
    private readonly targets: TokenTargets,
    private readonly refreshTokens: RefreshTokenPolicy,
    private readonly transactions: Transactions,
  ) {
    super();
  }

  async decide(client: Client, parameters: OAuthParameters): Promise<Issuance> {
    const code = await this.redeemable(parameters.require('code'), client);
    await this.checkBindings(code, client, parameters);
    const grant = await this.standing.require(code.grant, client);
    const { resource, scope } = await this.targets.choose(client, parameters, grant);
    const refreshToken = await this.redeem(code, client, grant);
    const idToken = grant.scope.includes(StandardScope.OpenId) ? { nonce: code.nonce } : undefined;
    return { client, grant, scope, resource, refreshToken, idToken };
  }

  private async redeemable(value: string, client: Client): Promise<AuthorizationCode> {
    const presented = await this.codes.find(value);
    if (presented.outcome === 'redeemable') return presented.code;
    if (presented.outcome === 'redeemed') await this.replayed(presented.code, client);
    throw new InvalidGrant(`code is ${presented.outcome}`, { decision: ofCode(client, { state: presented.outcome }) });
  }

  /** RFC 6749 §4.1.2, RFC 9700 §4.5.3: a second use ends everything that the first one yielded. */
  private async replayed(code: AuthorizationCode, client: Client): Promise<never> {
    if (code.clientId === client.clientId) await this.grants.revokeReplayed(code.grant, 'authorization_code.replayed');
    throw new InvalidGrant('code was redeemed before', { decision: ofCode(client, { state: 'redeemed' }) });
  }

  /** RFC 6749 §4.1.3, RFC 7636 §4.6; the wrong client or verifier does not burn the code at once. */
  private async checkBindings(code: AuthorizationCode, client: Client, parameters: OAuthParameters): Promise<void> {
    const problem =
      code.clientId === client.clientId
        ? (redirectUriProblem(code, parameters) ??
          codeVerifierProblem(code.codeChallenge, parameters.get('code_verifier')))
        : 'code was issued to another client';
    if (problem === undefined) return;
    await this.codes.countFailure(code);
    throw new InvalidGrant(problem, { decision: bindingDecision(code, client, parameters) });
  }

  /** Takes the code and keeps the grant, in one transaction: of any number of redemptions one is served. */
  private async redeem(code: AuthorizationCode, client: Client, grant: Grant): Promise<string | undefined> {
    const outcome = await this.transactions.run(async () => {
      if (!(await this.codes.redeem(code))) return 'lost';
      if (!mayUseGrantType(client, GrantType.RefreshToken)) return undefined;
      const lifetimes = this.refreshTokens.lifetimes(client);
      if (!(await this.grants.extend(grant.id, this.refreshTokens.grantEnd(lifetimes)))) return 'revoked';
      return { refreshToken: await this.refreshTokens.start(grant, client, lifetimes) };
    });
    if (outcome === 'lost') return this.replayed(code, client);
    if (outcome === 'revoked') {
      throw new InvalidGrant('the grant was revoked meanwhile', { decision: ofCode(client, { state: 'revoked' }) });
    }
    return outcome?.refreshToken;
  }
}

/** RFC 6749 §4.1.3: identical to the one of the authorization request, which always has one here. */
function redirectUriProblem(code: AuthorizationCode, parameters: OAuthParameters): string | undefined {
  return parameters.get('redirect_uri') === code.redirectUri
    ? undefined
    : 'redirect_uri differs from that of the authorization request';
}

function ofCode({ clientId }: Client, facts: Decision['facts']): Decision {
  return { rule: 'code.state', clause: 'RFC 6749 §4.1.2', clientId, facts };
}

/** Which of the bindings of a code does not hold, and what was seen of it; never the verifier. */
function bindingDecision(code: AuthorizationCode, client: Client, parameters: OAuthParameters): Decision {
  const { clientId } = client;
  if (code.clientId !== clientId) return { rule: 'code.client', clause: 'RFC 6749 §4.1.3', clientId, facts: {} };
  const presented = parameters.get('redirect_uri');
  if (presented !== code.redirectUri) {
    const differs = presented === undefined ? {} : { differs_at: differsAt(presented, code.redirectUri) };
    const facts = { presented: plainAddress(presented ?? ''), earlier: plainAddress(code.redirectUri), ...differs };
    return { rule: 'code.redirect_uri', clause: 'RFC 6749 §4.1.3', clientId, facts };
  }
  const verifier = parameters.get('code_verifier');
  const facts = { challenged: code.codeChallenge !== undefined, length: verifier?.length ?? 0 };
  return { rule: 'code.verifier', clause: 'RFC 7636 §4.6', clientId, facts };
}
