import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { GrantType, ResponseType } from '#standards/oauth.js';
import type { Grant } from '#tokens/index.js';
import { ClaimRelease } from '../claims/claim-release.js';
import { AccessTokenIssuer } from '../issuance/access-token.js';
import { IdTokenIssuer } from '../issuance/id-token.js';
import { IssueNotes } from '../issuance/issue-notes.js';
import { TokenTargets } from '../issuance/token-target.js';
import { OAuthParameters } from '../parameters/oauth-parameters.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { Yield } from './authorization-response.js';
import { yieldsIdToken, yieldsToken } from './rules/response-type.js';

const NO_PARAMETERS = new OAuthParameters([]);

/** Makes the tokens that come with the answer itself (OIDC Core §3.2.2.5, §3.3.2.5, RFC 6749 §4.2.2). */
@Injectable()
export class FrontChannelTokens {
  constructor(
    private readonly targets: TokenTargets,
    private readonly accessTokens: AccessTokenIssuer,
    private readonly idTokens: IdTokenIssuer,
    private readonly release: ClaimRelease,
    private readonly clock: Clock,
    private readonly notes: IssueNotes,
  ) {}

  async make(request: AuthorizationRequest, grant: Grant, code: string | undefined): Promise<Yield> {
    const tokens = await this.tokens(request, grant, code);
    this.notes.issued(GrantType.Implicit, tokens);
    return tokens;
  }

  private async tokens(request: AuthorizationRequest, grant: Grant, code: string | undefined): Promise<Yield> {
    const now = this.clock.epochSeconds();
    const access = yieldsToken(request.responseType) ? await this.accessToken(request, grant, now) : {};
    if (!yieldsIdToken(request.responseType)) return access;
    const { client, nonce, state } = request;
    const content = { client, grant, nonce, accessToken: access.access_token, code, state };
    const claims = await this.claims(request, grant);
    const idToken = await this.idTokens.issue({ ...content, claims }, now);
    this.notes.released(client, grant.userId, 'id_token', claims);
    return { ...access, id_token: idToken };
  }

  private async accessToken({ client }: AuthorizationRequest, grant: Grant, now: number): Promise<Yield> {
    const target = await this.targets.choose(client, NO_PARAMETERS, grant);
    const issuance = { client, grant, ...target, refreshToken: undefined, idToken: undefined };
    const mapped = await this.release.forAccessToken(client, grant, target.scope);
    const { value, expiresIn } = await this.accessTokens.issue(issuance, now, mapped);
    this.notes.released(client, grant.userId, 'access_token', mapped);
    return {
      access_token: value,
      token_type: 'Bearer',
      expires_in: String(expiresIn),
      scope: target.scope.join(' '),
    };
  }

  /** OIDC Core §5.4: where no access token is issued, the ID token is the only place for the claims of the scope. */
  private claims(
    { client, responseType }: AuthorizationRequest,
    grant: Grant,
  ): Promise<Readonly<Record<string, unknown>>> {
    return this.release.forIdToken(
      client,
      grant,
      grant.scope,
      responseType === ResponseType.IdToken ? grant.scope : [],
    );
  }
}
