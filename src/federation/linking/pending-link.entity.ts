import { Entity, Index } from 'typeorm';
import { Digest, Id, Instant, LongText, Ref, References } from '#platform/database/index.js';

/** An account at a provider that somebody has proven to have and that no user has yet, as a row. */
@Entity('pending_link')
@Index('IX_pending_link_browser_digest', ['browserDigest'])
@Index('IX_pending_link_provider_id', ['providerId'])
@Index('IX_pending_link_expires_at', ['expiresAt'])
export class PendingLinkEntity {
  @Id()
  id!: string;

  /** Digest of the cookie of the browser in which it was proven. */
  @Digest()
  browserDigest!: string;

  @References('UpstreamProviderEntity', { onDelete: 'CASCADE' })
  @Ref()
  providerId!: string;

  /** Who it is there, sealed by `SecretBox` for this row alone. */
  @LongText()
  sealed!: string;

  @Instant({ nullable: true })
  usedAt!: Date | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type PendingLinkRow = Pick<PendingLinkEntity, keyof PendingLinkEntity>;
