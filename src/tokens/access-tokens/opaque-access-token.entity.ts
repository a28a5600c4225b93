import { Entity, Index } from 'typeorm';
import { Digest, Instant, Json, LongText, Ref, References, Text } from '#platform/database/index.js';

/** An opaque access token as a row: the digest of its value and what it says (RFC 6749 §1.4). */
@Entity('opaque_access_token')
@Index('IX_opaque_access_token_jti', ['jti'])
@Index('IX_opaque_access_token_grant_id', ['grantId'])
@Index('IX_opaque_access_token_expires_at', ['expiresAt'])
export class OpaqueAccessTokenEntity {
  @Digest({ primary: true })
  digest!: string;

  @Ref()
  jti!: string;

  @References('GrantEntity', { onDelete: 'CASCADE' })
  @Ref({ nullable: true })
  grantId!: string | null;

  @Text(255)
  clientId!: string;

  @Text(255)
  subject!: string;

  @LongText()
  scope!: string;

  @Json()
  audience!: string[];

  @Instant()
  issuedAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type OpaqueAccessTokenRow = Pick<OpaqueAccessTokenEntity, keyof OpaqueAccessTokenEntity>;
