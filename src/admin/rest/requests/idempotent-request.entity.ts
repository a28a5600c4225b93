import { Entity, Index } from 'typeorm';
import { Digest, DIGEST_LENGTH, Id, Instant, LongText } from '#platform/database/index.js';

/** A POST that was made with an Idempotency-Key, and its answer, as a row. */
@Entity('idempotent_request')
@Index('IX_idempotent_request_expires_at', ['expiresAt'])
export class IdempotentRequestEntity {
  /** The digest of caller, method, path and key; the key itself is not stored. */
  @Id(DIGEST_LENGTH)
  id!: string;

  /** The digest of what was sent. */
  @Digest()
  fingerprint!: string;

  /** The answer, which only the holder of the key can open; empty until the transaction that makes it ends. */
  @LongText()
  answer!: string;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type IdempotentRequestRow = Pick<IdempotentRequestEntity, keyof IdempotentRequestEntity>;
