import { Entity, Index } from 'typeorm';
import { Count, Digest, Id, Instant, LongText, Ref, References, Text } from '#platform/database/index.js';

/** A second factor of a user as a row: an authenticator app, or codes by mail. Passkeys have a table of their own. */
@Entity('second_factor')
@Index('UQ_second_factor_digest', ['digest'], { unique: true })
@Index('IX_second_factor_user_id', ['userId'])
export class SecondFactorEntity {
  @Id()
  id!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @Text(32)
  kind!: 'totp' | 'mail_code';

  @Text(100, { nullable: true })
  name!: string | null;

  /** What the factor is, so that none is kept twice. */
  @Digest()
  digest!: string;

  /** The key that an authenticator app shares with us, sealed. */
  @LongText({ nullable: true })
  seed!: string | null;

  /** The last time step whose code was used (RFC 6238 §5.2). */
  @Count({ nullable: true })
  lastStep!: number | null;

  @Instant()
  createdAt!: Date;

  @Instant({ nullable: true })
  lastUsedAt!: Date | null;
}

/** The plain data of such a row. */
export type SecondFactorRow = Pick<SecondFactorEntity, keyof SecondFactorEntity>;
