import { Entity, Index } from 'typeorm';
import { Instant, Text } from '#platform/database/index.js';

/** The `jti` of a JWT access token that was revoked before its end (RFC 7009 §2). */
@Entity('revoked_access_token')
@Index('IX_revoked_access_token_expires_at', ['expiresAt'])
export class RevokedAccessTokenEntity {
  @Text(64, { primary: true })
  jti!: string;

  @Instant()
  expiresAt!: Date;
}
