import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, LongText, Ref, Text } from '#platform/database/index.js';

/** What one decision on a consent page was made on, as a row. No foreign keys: it outlives whom it is about. */
@Entity('consent_receipt')
@Index('IX_consent_receipt_user_id', ['userId', 'clientId', 'createdAt'])
@Index('IX_consent_receipt_client_id', ['clientId', 'createdAt'])
@Index('IX_consent_receipt_created_at', ['createdAt', 'id'])
@Index('IX_consent_receipt_expires_at', ['expiresAt'])
export class ConsentReceiptEntity {
  @Id()
  id!: string;

  @Ref()
  userId!: string;

  @Ref({ length: 255 })
  clientId!: string;

  @Ref()
  sessionId!: string;

  @Text(8)
  decision!: 'allow' | 'deny';

  /** The names of what was allowed. */
  @Json()
  allowed!: readonly string[];

  /** All of it, signed (RFC 7515 §3.1). */
  @LongText()
  jws!: string;

  @Instant()
  createdAt!: Date;

  /** Null as long as what was allowed has no end. */
  @Instant({ nullable: true })
  expiresAt!: Date | null;
}

/** The columns of such a row as plain data. */
export type ConsentReceiptRow = Pick<ConsentReceiptEntity, keyof ConsentReceiptEntity>;
