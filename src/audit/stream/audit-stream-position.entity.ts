import { Entity } from 'typeorm';
import { Count, Instant, LargeCount, Text } from '#platform/database/index.js';

/** How far the record has been told to one destination, as a row; there are as many as kinds of destination. */
@Entity('audit_stream')
export class AuditStreamPositionEntity {
  @Text(16, { primary: true })
  destination!: string;

  /** The place of the last row that was delivered. */
  @LargeCount()
  position!: number;

  /** How many attempts have failed since something was delivered. */
  @Count()
  failures!: number;

  /** When it is tried again. */
  @Instant()
  nextAttemptAt!: Date;
}

/** The columns of such a row as plain data. */
export type AuditStreamPosition = Pick<AuditStreamPositionEntity, keyof AuditStreamPositionEntity>;
