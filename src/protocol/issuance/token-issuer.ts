import { Injectable } from '@nestjs/common';
import { ConsentUses } from '#consent/index.js';
import { Clock } from '#platform/crypto/index.js';
import { ClaimRelease } from '../claims/claim-release.js';
import { AccessTokenIssuer } from './access-token.js';
import { IdTokenIssuer } from './id-token.js';
import type { Issuance } from './issuance.js';
import { usedApprovals } from './used-approvals.js';

/** RFC 6749 §5.1: the answer of the token endpoint. */
export interface TokenResponse {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
}

/** Makes the tokens of every grant type, in one place. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly accessTokens: AccessTokenIssuer,
    private readonly idTokens: IdTokenIssuer,
    private readonly release: ClaimRelease,
    private readonly clock: Clock,
    private readonly uses: ConsentUses,
  ) {}

  async issue(issuance: Issuance): Promise<TokenResponse> {
    const { client, grant, idToken, refreshToken } = issuance;
    const now = this.clock.epochSeconds();
    const mapped = await this.release.forAccessToken(client, { userId: grant?.userId }, issuance.scope);
    const access = await this.accessTokens.issue(issuance, now, mapped);
    const response: TokenResponse = {
      access_token: access.value,
      token_type: 'Bearer',
      expires_in: access.expiresIn,
      scope: issuance.scope.join(' '),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      ...(idToken === undefined || grant === undefined
        ? {}
        : {
            id_token: await this.idTokens.issue(
              {
                client,
                grant,
                nonce: idToken.nonce,
                accessToken: access.value,
                claims: await this.release.forIdToken(client, grant, issuance.scope),
              },
              now,
            ),
          }),
    };
    if (grant !== undefined) this.uses.note(grant.userId, client.clientId, usedApprovals(issuance.scope, grant.claims));
    return response;
  }
}
