import { Entity, Index } from 'typeorm';
import { Digest, Id, Instant, Ref, References, Text } from '#platform/database/index.js';

/** A browser in which a user is not asked for a second factor for a while, as a row. */
@Entity('remembered_browser')
@Index('UQ_remembered_browser_digest', ['digest'], { unique: true })
@Index('IX_remembered_browser_user_id', ['userId'])
@Index('IX_remembered_browser_expires_at', ['expiresAt'])
export class RememberedBrowserEntity {
  @Id()
  id!: string;

  /** Digest of the cookie that names the browser, and of the user. */
  @Digest()
  digest!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @Text(255, { nullable: true })
  userAgent!: string | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type RememberedBrowserRow = Pick<RememberedBrowserEntity, keyof RememberedBrowserEntity>;
