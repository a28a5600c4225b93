import { Entity, Index } from 'typeorm';
import { Digest, Id, Instant, LongText, Ref, References } from '#platform/database/index.js';

/** A browser that was sent to a provider, as a row; its return is taken once. */
@Entity('upstream_flow')
@Index('UQ_upstream_flow_state_digest', ['stateDigest'], { unique: true })
@Index('IX_upstream_flow_provider_id', ['providerId'])
@Index('IX_upstream_flow_expires_at', ['expiresAt'])
export class UpstreamFlowEntity {
  @Id()
  id!: string;

  @Digest()
  stateDigest!: string;

  /** Digest of the cookie of the browser that was sent away. */
  @Digest()
  browserDigest!: string;

  @References('UpstreamProviderEntity', { onDelete: 'CASCADE' })
  @Ref()
  providerId!: string;

  /** The PKCE verifier, the nonce and where the sign-in leads, sealed by `SecretBox` for this row alone. */
  @LongText()
  sealed!: string;

  @Instant({ nullable: true })
  usedAt!: Date | null;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type UpstreamFlowRow = Pick<UpstreamFlowEntity, keyof UpstreamFlowEntity>;
