import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { ClaimRelease } from '../claims/claim-release.js';
import { AccessTokenIssuer } from './access-token.js';
import { IdTokenIssuer } from './id-token.js';
import type { Issuance } from './issuance.js';
import { IssueNotes } from './issue-notes.js';

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
    private readonly notes: IssueNotes,
  ) {}

  async issue(issuance: Issuance): Promise<TokenResponse> {
    const { client, grant, refreshToken } = issuance;
    const now = this.clock.epochSeconds();
    const mapped = await this.release.forAccessToken(client, { userId: grant?.userId }, issuance.scope);
    const access = await this.accessTokens.issue(issuance, now, mapped);
    const idToken = await this.idToken(issuance, access.value, now);
    if (grant !== undefined) {
      this.notes.used(client, grant, issuance.scope);
      this.notes.released(client, grant.userId, 'access_token', mapped);
    }
    return {
      access_token: access.value,
      token_type: 'Bearer',
      expires_in: access.expiresIn,
      scope: issuance.scope.join(' '),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      ...(idToken === undefined ? {} : { id_token: idToken }),
    };
  }

  private async idToken(issuance: Issuance, accessToken: string, now: number): Promise<string | undefined> {
    const { client, grant, idToken, scope } = issuance;
    if (idToken === undefined || grant === undefined) return undefined;
    const claims = await this.release.forIdToken(client, grant, scope);
    const token = await this.idTokens.issue({ client, grant, nonce: idToken.nonce, accessToken, claims }, now);
    this.notes.released(client, grant.userId, 'id_token', claims);
    return token;
  }
}
