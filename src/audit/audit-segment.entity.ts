import { Entity } from 'typeorm';
import { Digest, Id, Instant, LargeCount, LongText } from '#platform/database/index.js';

/**
 * A stretch of the record whose rows go together, with a signed checkpoint that stays. The newest is open: rows are
 * added to it, and its checkpoint is signed anew with each addition.
 */
@Entity('audit_segment')
export class AuditSegmentEntity {
  @Id(12)
  id!: string;

  @LargeCount()
  firstSequence!: number;

  @LargeCount()
  lastSequence!: number;

  /** What its first row is bound to. */
  @Digest()
  previousHash!: string;

  /** The digest of its last row, which stands for all of them. */
  @Digest()
  lastHash!: string;

  /** From here on its rows may go. */
  @Instant()
  dueAt!: Date;

  /** What it says of itself, signed by the issuer. */
  @LongText()
  checkpoint!: string;

  /** From here on its rows are gone, or going. */
  @Instant({ nullable: true })
  droppedAt!: Date | null;
}

/** The columns of such a row as plain data. */
export type AuditSegmentRow = Pick<AuditSegmentEntity, keyof AuditSegmentEntity>;
