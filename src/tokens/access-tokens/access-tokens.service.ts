import { Injectable } from '@nestjs/common';
import { TokenType } from '#standards/jose.js';
import { OwnTokenVerifier } from '#keys/index.js';
import { Clock, Random, sha256 } from '#platform/crypto/index.js';
import { accessTokenFrom, type AccessToken } from './access-token.js';
import { OpaqueAccessTokensRepository, RevokedAccessTokensRepository } from './access-tokens.repository.js';

const JWT_SHAPE = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Keeps what must be kept of access tokens: opaque ones as rows, JWTs only once they are revoked. */
@Injectable()
export class AccessTokensService {
  constructor(
    private readonly opaque: OpaqueAccessTokensRepository,
    private readonly revoked: RevokedAccessTokensRepository,
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

  /** Recognises a presented value that is ours, unexpired and not revoked by itself; the grant is not judged here. */
  async find(value: string): Promise<AccessToken | undefined> {
    return JWT_SHAPE.test(value) ? this.findJwt(value) : this.findOpaque(value);
  }

  /** RFC 7009 §2: ends one access token before its time. */
  async revoke(token: AccessToken): Promise<void> {
    if (token.format === 'jwt') await this.revoked.add(token.jti, token.expiresAt);
    else await this.opaque.remove(token.jti);
  }

  private async findJwt(value: string): Promise<AccessToken | undefined> {
    const claims = await this.verifier.verify(value, { typ: [TokenType.AccessToken] });
    const token = claims === undefined ? undefined : accessTokenFrom(claims);
    if (token === undefined || (await this.revoked.has(token.jti))) return undefined;
    return token;
  }

  private async findOpaque(value: string): Promise<AccessToken | undefined> {
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
