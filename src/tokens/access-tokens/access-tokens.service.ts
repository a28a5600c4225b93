import { Injectable } from '@nestjs/common';
import { TokenType } from '#standards/jose.js';
import { OwnTokenVerifier } from '#keys/index.js';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { grantFrom, type Grant } from '../grants/grant.js';
import { GrantsRepository } from '../grants/grants.repository.js';
import { accessTokenFrom, type AccessToken } from './access-token.js';
import { OpaqueAccessTokensRepository, RevokedAccessTokensRepository } from './access-tokens.repository.js';

const JWT_SHAPE = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** An access token that is ours, unexpired and not revoked by itself, and the grant it was made from, ended or not. */
export interface PresentedAccessToken {
  readonly token: AccessToken;
  /** Nothing for a token of a client's own (RFC 6749 §4.4). */
  readonly grant: Grant | undefined;
}

/** Keeps what must be kept of access tokens: opaque ones as rows, JWTs only once they are revoked. */
@Injectable()
export class AccessTokensService {
  constructor(
    private readonly opaque: OpaqueAccessTokensRepository,
    private readonly revoked: RevokedAccessTokensRepository,
    private readonly grants: GrantsRepository,
    private readonly verifier: OwnTokenVerifier,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Makes an opaque token that says what `token` says; its value exists only in the answer. */
  async issueOpaque(token: Omit<AccessToken, 'format'>): Promise<string> {
    const value = this.random.secret();
    await this.opaque.add({
      digest: sha256(value),
      jti: token.jti,
      grantId: token.grantId ?? null,
      clientId: token.clientId,
      subject: token.subject,
      scope: token.scope.join(' '),
      audience: [...token.audience],
      issuedAt: token.issuedAt,
      expiresAt: token.expiresAt,
    });
    return value;
  }

  /** Recognises a presented value that is ours and unexpired, revoked or not. */
  async recognise(value: string): Promise<AccessToken | undefined> {
    return JWT_SHAPE.test(value) ? this.recogniseJwt(value) : this.recogniseOpaque(value);
  }

  /** Recognises a presented value that was not revoked by itself; the grant is found, not judged. */
  async find(value: string): Promise<PresentedAccessToken | undefined> {
    const token = await this.recognise(value);
    if (token === undefined) return undefined;
    if (token.grantId !== undefined) return this.findGranted(token, token.grantId);
    const revoked = token.format === 'jwt' && (await this.revoked.has(token.jti));
    return revoked ? undefined : { token, grant: undefined };
  }

  /** RFC 7009 §2: ends one access token before its time. */
  async revoke(token: AccessToken): Promise<void> {
    if (token.format === 'jwt') await this.revoked.add(token.jti, token.expiresAt);
    else await this.opaque.remove(token.jti);
  }

  private async findGranted(token: AccessToken, grantId: string): Promise<PresentedAccessToken | undefined> {
    const row = await this.grants.findForToken(grantId, token.jti);
    return row === null ? undefined : { token, grant: grantFrom(row) };
  }

  private async recogniseJwt(value: string): Promise<AccessToken | undefined> {
    const claims = await this.verifier.verify(value, { typ: [TokenType.AccessToken] });
    return claims === undefined ? undefined : accessTokenFrom(claims);
  }

  private async recogniseOpaque(value: string): Promise<AccessToken | undefined> {
    const row = await this.opaque.find(sha256(value));
    if (row === null || row.expiresAt <= this.clock.now()) return undefined;
    return {
      ...row,
      format: 'opaque',
      grantId: row.grantId ?? undefined,
      scope: row.scope.split(' ').filter((name) => name !== ''),
    };
  }
}
