import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, Ref, Text } from '#platform/database/index.js';

/** The length of a support code. */
export const SUPPORT_CODE_LENGTH = 64;

/** Why a request was refused, as a row under the support code that it was told. */
@Entity('explanation')
@Index('IX_explanation_expires_at', ['expiresAt'])
export class ExplanationEntity {
  @Id(SUPPORT_CODE_LENGTH)
  supportCode!: string;

  @Text(64)
  error!: string;

  /** The rule that decided; null where none said what it saw. */
  @Text(64, { nullable: true })
  rule!: string | null;

  @Text(64)
  clause!: string;

  @Ref({ nullable: true, length: 255 })
  clientId!: string | null;

  /** What the rule saw; never a secret. */
  @Json()
  facts!: object;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type ExplanationRow = Pick<ExplanationEntity, keyof ExplanationEntity>;
