import { Injectable } from '@nestjs/common';
import { JwtSigner } from '#keys/index.js';
import { IssuerSettings, TokenLifetimes } from '#platform/config/index.js';
import { Random } from '#platform/crypto/index.js';
import { TokenType } from '#standards/jose.js';
import { StandardScope } from '#standards/oidc.js';
import { AccessTokensService } from '#tokens/index.js';
import type { ReleasedClaims } from '../claims/claim-release.js';
import { userinfoIdentifier } from '../claims/userinfo-resource.js';
import { SubjectIdentifiers } from '../claims/subject-identifier.js';
import type { Issuance } from './issuance.js';

/** An access token and how long it lives. */
export interface IssuedAccessToken {
  readonly value: string;
  readonly expiresIn: number;
}

/** What is known of an access token before it is made. */
export interface AccessTokenFacts {
  readonly expiresIn: number;
  readonly audience: readonly string[];
  readonly subject: string;
}

/** Makes access tokens: signed JWTs (RFC 9068), or opaque ones where the resource says so. */
@Injectable()
export class AccessTokenIssuer {
  constructor(
    private readonly signer: JwtSigner,
    private readonly tokens: AccessTokensService,
    private readonly issuer: IssuerSettings,
    private readonly lifetimes: TokenLifetimes,
    private readonly random: Random,
    private readonly subjects: SubjectIdentifiers,
  ) {}

  /** Makes the token; `mapped` is what mappings say beside the claims of the protocol, which nothing can replace. */
  async issue(issuance: Issuance, now: number, mapped?: ReleasedClaims): Promise<IssuedAccessToken> {
    const { client, grant, resource, scope } = issuance;
    const { expiresIn, audience, subject } = this.facts(issuance);
    const jti = this.random.id();
    if (resource?.accessTokenFormat === 'opaque') {
      const times = { issuedAt: new Date(now * 1000), expiresAt: new Date((now + expiresIn) * 1000) };
      const said = { jti, clientId: client.clientId, subject, grantId: grant?.id, scope, audience, ...times };
      return { value: await this.tokens.issueOpaque(said), expiresIn };
    }
    const claims = { ...mapped, ...this.claims(issuance, now), jti };
    return { value: await this.signer.sign(claims, { algorithm: 'ES256', typ: TokenType.AccessToken }), expiresIn };
  }

  /** How long a token would live, and for whom and about whom it would be. */
  facts(issuance: Issuance): AccessTokenFacts {
    const { client, grant } = issuance;
    return {
      expiresIn: this.lifetime(issuance),
      audience: this.audience(issuance),
      // RFC 9068 §6: APIs know the user as the client does; our own endpoints find the user by the grant
      subject: grant === undefined ? client.clientId : this.subjects.of(grant.userId, client),
    };
  }

  /** The claims of the protocol in a token, but for the id that makes it this one (RFC 9068 §2.2). */
  claims(issuance: Issuance, now: number): Readonly<Record<string, unknown>> {
    const { client, grant, scope } = issuance;
    const { audience, expiresIn, subject } = this.facts(issuance);
    return {
      iss: this.issuer.issuer,
      sub: subject,
      aud: audience.length === 1 ? audience[0] : audience,
      client_id: client.clientId,
      iat: now,
      exp: now + expiresIn,
      scope: scope.join(' '),
      ...(grant === undefined ? {} : authentication(grant)),
    };
  }

  private lifetime({ client, resource }: Issuance): number {
    return client.accessTokenLifetime ?? resource?.accessTokenLifetime ?? this.lifetimes.accessToken;
  }

  /** RFC 8707 §2.2, RFC 9068 §3: the resource, and userinfo beside it when `openid` was granted. */
  private audience({ resource, scope }: Issuance): string[] {
    const userinfo = userinfoIdentifier(this.issuer);
    if (resource === undefined) return [userinfo];
    return scope.includes(StandardScope.OpenId) ? [resource.identifier, userinfo] : [resource.identifier];
  }
}

/** RFC 9068 §2.2.1: how and when the user was authenticated, and the grant that our own endpoints look at. */
function authentication({ id, authTime, acr, amr }: NonNullable<Issuance['grant']>) {
  return { auth_time: Math.floor(authTime.getTime() / 1000), acr, amr, grant_id: id };
}
