import { Injectable } from '@nestjs/common';
import type { Client } from '#clients/index.js';
import { leftHalfHash } from '#keys/index.js';
import { IssuerSettings, TokenLifetimes } from '#platform/config/index.js';
import { TokenType } from '#standards/jose.js';
import type { Grant } from '#tokens/index.js';
import { SubjectIdentifiers } from '../claims/subject-identifier.js';
import { ClientTokens } from './client-tokens.js';

/** What an ID token is about. */
export interface IdTokenContent {
  readonly client: Client;
  readonly grant: Grant;
  readonly nonce: string | undefined;
  /** The access token issued beside it, for `at_hash` (OIDC Core §3.1.3.6). */
  readonly accessToken?: string | undefined;
  /** The code issued beside it, for `c_hash` (OIDC Core §3.3.2.11). */
  readonly code?: string | undefined;
  /** The state sent beside it, for `s_hash` (FAPI 1.0 Part 2 §5.1). */
  readonly state?: string | undefined;
  /** Claims about the user that were asked for here or have no other place to go (OIDC Core §5.4, §5.5). */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Makes ID tokens (OIDC Core §2), signed and encrypted as the client registered. */
@Injectable()
export class IdTokenIssuer {
  constructor(
    private readonly tokens: ClientTokens,
    private readonly issuer: IssuerSettings,
    private readonly lifetimes: TokenLifetimes,
    private readonly subjects: SubjectIdentifiers,
  ) {}

  issue(content: IdTokenContent, now: number): Promise<string> {
    const claims = { ...content.claims, ...this.claims(content, now) };
    return this.tokens.likeIdToken(content.client, claims, TokenType.IdToken);
  }

  /** The claims of the protocol in an ID token, which no other replaces (OIDC Core §2). */
  claims({ client, grant, ...content }: IdTokenContent, now: number): Readonly<Record<string, unknown>> {
    return {
      iss: this.issuer.issuer,
      sub: this.subjects.of(grant.userId, client),
      aud: client.clientId,
      iat: now,
      exp: now + (client.idTokenLifetime ?? this.lifetimes.idToken),
      auth_time: Math.floor(grant.authTime.getTime() / 1000),
      acr: grant.acr,
      amr: grant.amr,
      ...bindings(content, client.idTokenSignedResponseAlg),
      ...(grant.sessionId === undefined ? {} : { sid: this.subjects.ofSession(grant.sessionId, client) }),
    };
  }
}

/** OIDC Core §3.1.3.6, §3.3.2.11: what ties the ID token to the request and to what comes beside it. */
function bindings({ nonce, accessToken, code, state }: Omit<IdTokenContent, 'client' | 'grant'>, algorithm: string) {
  return {
    ...(nonce === undefined ? {} : { nonce }),
    ...(accessToken === undefined ? {} : { at_hash: leftHalfHash(accessToken, algorithm) }),
    ...(code === undefined ? {} : { c_hash: leftHalfHash(code, algorithm) }),
    ...(state === undefined ? {} : { s_hash: leftHalfHash(state, algorithm) }),
  };
}
