import { Entity, Index } from 'typeorm';
import { Count, Id, Instant, Ref, References, Text } from '#platform/database/index.js';

/** All refresh tokens of one grant as one row, updated in place; no token value is stored. */
@Entity('refresh_token_family')
@Index('IX_refresh_token_family_grant_id', ['grantId'])
@Index('IX_refresh_token_family_expires_at', ['expiresAt'])
export class RefreshTokenFamilyEntity {
  @Id()
  id!: string;

  @References('GrantEntity', { onDelete: 'CASCADE' })
  @Ref()
  grantId!: string;

  @Text(255)
  clientId!: string;

  /** How often the family was rotated; only the token of this generation is current. */
  @Count()
  generation!: number;

  /** Name of the SECRET_KEYS entry that the tokens are derived from. */
  @Text(64)
  keyName!: string;

  @Instant()
  rotatedAt!: Date;

  /** The family ends here whatever happens. */
  @Instant()
  endsAt!: Date;

  /** The family ends here when it is not used; never after `endsAt`. */
  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type RefreshTokenFamilyRow = Pick<RefreshTokenFamilyEntity, keyof RefreshTokenFamilyEntity>;
