import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { IssuerSettings } from '#platform/config/index.js';
import type { ActiveToken } from '../access-token-guard/active-tokens.service.js';
import type { ReleasedClaims } from '../claims/claim-release.js';
import { SubjectIdentifiers } from '../claims/subject-identifier.js';

/** RFC 7662 §2.2: what is said about a token; about one that is not good for the caller, nothing. */
export type IntrospectionResponse = { readonly active: false } | ({ readonly active: true } & Record<string, unknown>);

/** Writes what is known of a token as the members of RFC 7662 §2.2. */
@Injectable()
export class TokenFacts {
  constructor(
    private readonly issuer: IssuerSettings,
    private readonly subjects: SubjectIdentifiers,
  ) {}

  /** What is said of an access token; `mapped` stands beside the members of the standard, which nothing can replace. */
  accessToken({ token, grant }: ActiveToken, mapped: ReleasedClaims): IntrospectionResponse {
    return {
      ...mapped,
      active: true,
      token_type: 'Bearer',
      scope: token.scope.join(' '),
      client_id: token.clientId,
      sub: token.subject,
      aud: token.audience.length === 1 ? token.audience[0] : token.audience,
      iss: this.issuer.issuer,
      jti: token.jti,
      iat: seconds(token.issuedAt),
      exp: seconds(token.expiresAt),
      ...(grant === undefined ? {} : { auth_time: seconds(grant.authTime), acr: grant.acr }),
    };
  }

  refreshToken(
    token: { clientId: string; issuedAt: Date; expiresAt: Date },
    grant: { userId: string; scope: readonly string[]; authTime: Date; acr: string },
    client: Client,
  ): IntrospectionResponse {
    return {
      active: true,
      scope: grant.scope.join(' '),
      client_id: token.clientId,
      sub: this.subjects.of(grant.userId, client),
      iss: this.issuer.issuer,
      iat: seconds(token.issuedAt),
      exp: seconds(token.expiresAt),
      auth_time: seconds(grant.authTime),
      acr: grant.acr,
    };
  }
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
