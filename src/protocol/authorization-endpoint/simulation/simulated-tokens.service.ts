import { Injectable } from '@nestjs/common';
import { mayUseGrantType } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import { GrantType, ResponseType } from '#standards/oauth.js';
import { StandardScope } from '#standards/oidc.js';
import { isLive, type Grant } from '#tokens/index.js';
import type { User } from '#users/index.js';
import { ClaimRelease } from '../../claims/claim-release.js';
import { SubjectIdentifiers } from '../../claims/subject-identifier.js';
import { userinfoIdentifier } from '../../claims/userinfo-resource.js';
import { AccessTokenIssuer } from '../../issuance/access-token.js';
import { IdTokenIssuer } from '../../issuance/id-token.js';
import type { Issuance } from '../../issuance/issuance.js';
import { authorized } from '../authorized.js';
import type { AuthorizationRequest } from '../authorization-request.js';
import type { Granted } from '../request-judge.service.js';
import { yieldsCode, yieldsIdToken, yieldsToken } from '../rules/response-type.js';
import { SIMULATED_ID } from './simulated-sign-in.js';
import { simulatedClaims } from './simulated-claims.js';
import { SimulatedTargets } from './simulated-targets.service.js';
import type { SimulatedAnswer } from './simulation.js';

/** What tokens are made of. */
interface Making {
  readonly request: AuthorizationRequest;
  readonly grant: Grant;
  readonly user: User;
  readonly seconds: number;
}

const MS = 1000;

/** Says what would be in the tokens, by what makes the real ones. */
@Injectable()
export class SimulatedTokens {
  constructor(
    private readonly targets: SimulatedTargets,
    private readonly accessTokens: AccessTokenIssuer,
    private readonly idTokens: IdTokenIssuer,
    private readonly release: ClaimRelease,
    private readonly subjects: SubjectIdentifiers,
    private readonly issuer: IssuerSettings,
  ) {}

  /** Each answer that brings tokens: the one of the authorization endpoint, and one of the token endpoint for each API. */
  async of(granted: Granted, user: User, now: Date): Promise<SimulatedAnswer[]> {
    const { request } = granted;
    const times = { createdAt: now, expiresAt: new Date(now.getTime() + MS), revokedAt: undefined };
    const grant: Grant = { ...authorized(granted), ...times, id: SIMULATED_ID };
    if (request.responseType === ResponseType.None || !isLive(grant, now)) return [];
    const making: Making = { request, grant, user, seconds: Math.floor(now.getTime() / MS) };
    const front = yieldsToken(request.responseType) || yieldsIdToken(request.responseType);
    return [
      ...(front ? [await this.fromAuthorization(making)] : []),
      ...(yieldsCode(request.responseType) ? await this.fromTokenEndpoint(making) : []),
    ];
  }

  /** OIDC Core §3.2.2.5, §3.3.2.5; where no access token comes, the ID token has the claims of the scope (OIDC Core §5.4). */
  private async fromAuthorization(making: Making): Promise<SimulatedAnswer> {
    const { request, grant } = making;
    const { responseType, client } = request;
    const [issuance] = yieldsToken(responseType) ? await this.targets.of(client, grant, []) : [];
    const standard = responseType === ResponseType.IdToken ? grant.scope : [];
    const released = { scope: grant.scope, standard };
    const beside = { accessToken: issuance && SIMULATED_ID, code: yieldsCode(responseType) ? SIMULATED_ID : undefined };
    return {
      from: 'authorization_endpoint',
      ...(issuance && (await this.access(issuance, making))),
      ...(yieldsIdToken(responseType) ? await this.idToken(making, released, { ...beside, state: SIMULATED_ID }) : {}),
      refreshToken: false,
    };
  }

  private async fromTokenEndpoint(making: Making): Promise<SimulatedAnswer[]> {
    const { client } = making.request;
    const issuances = await this.targets.of(client, making.grant, making.grant.resources);
    const refreshToken = mayUseGrantType(client, GrantType.RefreshToken);
    return Promise.all(issuances.map((issuance) => this.response(issuance, making, refreshToken)));
  }

  private async response(issuance: Issuance, making: Making, refreshToken: boolean): Promise<SimulatedAnswer> {
    const hasIdToken = making.grant.scope.includes(StandardScope.OpenId);
    const released = { scope: issuance.scope, standard: [] };
    return {
      from: 'token_endpoint',
      ...(await this.access(issuance, making)),
      ...(hasIdToken ? await this.idToken(making, released, { accessToken: SIMULATED_ID }) : {}),
      refreshToken,
    };
  }

  private async access(issuance: Issuance, making: Making): Promise<Pick<SimulatedAnswer, 'accessToken' | 'userinfo'>> {
    const { client, scope, resource } = issuance;
    const { user, seconds } = making;
    const { audience, expiresIn } = this.accessTokens.facts(issuance);
    const mapped = await this.release.ofAccessToken(client, { userId: user.id, user }, scope);
    const format = resource?.accessTokenFormat ?? 'jwt';
    const own = { ...this.accessTokens.claims(issuance, seconds), jti: SIMULATED_ID };
    const claims = simulatedClaims(mapped, own, format);
    const accessToken = { format, audience, scope, expiresIn, claims };
    return { accessToken, ...(await this.userinfo(issuance, making, audience)) };
  }

  /** OIDC Core §5.3: what the token opens at user info, if it does. */
  private async userinfo(
    { client, scope }: Issuance,
    { grant, user }: Making,
    audience: readonly string[],
  ): Promise<Pick<SimulatedAnswer, 'userinfo'>> {
    const open = audience.includes(userinfoIdentifier(this.issuer)) && scope.includes(StandardScope.OpenId);
    if (!open) return {};
    const released = await this.release.ofUserinfo(client, grant, user, scope);
    return { userinfo: { claims: simulatedClaims(released, { sub: this.subjects.of(user.id, client) }) } };
  }

  private async idToken(
    { request, grant, seconds }: Making,
    { scope, standard }: { readonly scope: readonly string[]; readonly standard: readonly string[] },
    beside: { readonly accessToken?: string | undefined; readonly code?: string | undefined; readonly state?: string },
  ): Promise<Pick<SimulatedAnswer, 'idToken'>> {
    const { client, nonce } = request;
    const released = await this.release.ofIdToken(client, grant, scope, standard);
    const own = this.idTokens.claims({ client, grant, nonce, ...beside }, seconds);
    return { idToken: { claims: simulatedClaims(released, own) } };
  }
}
