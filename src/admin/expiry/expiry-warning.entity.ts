import { Entity, Index } from 'typeorm';
import { Id, Instant } from '#platform/database/index.js';
import { DIGEST_LENGTH } from '#platform/database/index.js';

/** That a warning of something that runs out was given, as a row; it is of no use once that has run out. */
@Entity('expiry_warning')
@Index('IX_expiry_warning_expires_at', ['expiresAt'])
export class ExpiryWarningEntity {
  /** Digest of what runs out, when, and how many days before it was said. */
  @Id(DIGEST_LENGTH)
  id!: string;

  @Instant()
  expiresAt!: Date;
}
