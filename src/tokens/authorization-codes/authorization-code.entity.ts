import { Entity, Index } from 'typeorm';
import { Count, Digest, Instant, LongText, Ref, References, Text } from '#platform/database/index.js';

/** An authorization code as a row: the digest of its value and what its redemption is bound to (RFC 6749 §4.1.2). */
@Entity('authorization_code')
@Index('IX_authorization_code_grant_id', ['grantId'])
@Index('IX_authorization_code_expires_at', ['expiresAt'])
export class AuthorizationCodeEntity {
  @Digest({ primary: true })
  digest!: string;

  @References('GrantEntity', { onDelete: 'CASCADE' })
  @Ref()
  grantId!: string;

  @Text(255)
  clientId!: string;

  @LongText()
  redirectUri!: string;

  /** `code_challenge` of RFC 7636 §4.3, method S256. */
  @Text(43, { nullable: true })
  codeChallenge!: string | null;

  @Text(512, { nullable: true })
  nonce!: string | null;

  /** Attempts by the wrong client or with the wrong verifier; five of them burn the code. */
  @Count()
  failures!: number;

  @Instant()
  redeemableUntil!: Date;

  @Instant({ nullable: true })
  redeemedAt!: Date | null;

  /** Kept beyond `redeemableUntil`, so that a second use is recognised (RFC 6749 §4.1.2). */
  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type AuthorizationCodeRow = Pick<AuthorizationCodeEntity, keyof AuthorizationCodeEntity>;
