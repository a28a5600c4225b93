import { Entity } from 'typeorm';
import { Id, Instant, LongText } from '#platform/database/index.js';

/** The key that pairwise subject identifiers are made with, as the one row of its table. */
@Entity('subject_key')
export class SubjectKeyEntity {
  @Id()
  id!: string;

  /** Sealed by `SecretBox` for this row alone. */
  @LongText()
  sealed!: string;

  @Instant()
  createdAt!: Date;
}
