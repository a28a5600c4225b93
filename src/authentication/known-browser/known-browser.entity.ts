import { Entity, Index } from 'typeorm';
import { Digest, Instant, Ref, References } from '#platform/database/index.js';

/** A browser that a user has signed in with; the key is a digest of both. */
@Entity('known_browser')
@Index('IX_known_browser_user_id', ['userId'])
@Index('IX_known_browser_expires_at', ['expiresAt'])
export class KnownBrowserEntity {
  @Digest({ primary: true })
  digest!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type KnownBrowserRow = Pick<KnownBrowserEntity, keyof KnownBrowserEntity>;
