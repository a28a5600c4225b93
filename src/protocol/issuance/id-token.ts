import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { JwtSigner, leftHalfHash, type SigningAlgorithm } from '#keys/index.js';
import { IssuerSettings, TokenLifetimes } from '#platform/config/index.js';
import { TokenType } from '#standards/jose.js';
import type { Grant } from '#tokens/index.js';
import { subjectOf } from '../claims/subject-identifier.js';

/** What an ID token is about. */
export interface IdTokenContent {
  readonly client: Client;
  readonly grant: Grant;
  readonly nonce: string | undefined;
  /** The access token issued beside it, for `at_hash` (OIDC Core §3.1.3.6). */
  readonly accessToken?: string | undefined;
  /** The code issued beside it, for `c_hash` (OIDC Core §3.3.2.11). */
  readonly code?: string | undefined;
  /** Claims about the user that were asked for here or have no other place to go (OIDC Core §5.4, §5.5). */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Makes ID tokens (OIDC Core §2), signed as the client registered. */
@Injectable()
export class IdTokenIssuer {
  constructor(
    private readonly signer: JwtSigner,
    private readonly issuer: IssuerSettings,
    private readonly lifetimes: TokenLifetimes,
  ) {}

  issue({ client, grant, ...content }: IdTokenContent, now: number): Promise<string> {
    const algorithm = client.idTokenSignedResponseAlg;
    const claims = {
      ...content.claims,
      iss: this.issuer.issuer,
      sub: subjectOf(grant.userId),
      aud: client.clientId,
      iat: now,
      exp: now + (client.idTokenLifetime ?? this.lifetimes.idToken),
      auth_time: Math.floor(grant.authTime.getTime() / 1000),
      acr: grant.acr,
      amr: grant.amr,
      ...bindings(content, algorithm),
      ...(grant.sessionId === undefined ? {} : { sid: grant.sessionId }),
    };
    return this.signer.sign(claims, { algorithm, typ: TokenType.IdToken });
  }
}

/** OIDC Core §3.1.3.6, §3.3.2.11: what ties the ID token to the request and to what comes beside it. */
function bindings({ nonce, accessToken, code }: Omit<IdTokenContent, 'client' | 'grant'>, algorithm: SigningAlgorithm) {
  return {
    ...(nonce === undefined ? {} : { nonce }),
    ...(accessToken === undefined ? {} : { at_hash: leftHalfHash(accessToken, algorithm) }),
    ...(code === undefined ? {} : { c_hash: leftHalfHash(code, algorithm) }),
  };
}
