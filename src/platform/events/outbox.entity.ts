import { Entity, Index } from 'typeorm';
import { Count, Id, Instant, Json, Text } from '#platform/database/index.js';

/** The length of the column that holds why a delivery failed. */
export const LAST_ERROR_LENGTH = 255;

/** Something that must be carried outside, written in the transaction that is the reason for it. */
@Entity('outbox')
@Index('IX_outbox_next_attempt_at', ['status', 'nextAttemptAt'])
@Index('IX_outbox_about', ['topic', 'about', 'createdAt', 'id'])
@Index('IX_outbox_expires_at', ['expiresAt'])
export class OutboxEntity {
  @Id()
  id!: string;

  @Text(64)
  topic!: string;

  /** Whom the delivery is for, by which deliveries are listed: for one to a client its id. */
  @Text(255)
  about!: string;

  @Json()
  payload!: unknown;

  @Text(16)
  status!: string;

  /** Counts up with each claim, so that only who claimed last can write what came of it. */
  @Count()
  attempts!: number;

  /** Nobody claims the row before; a claim moves it past the longest attempt, so a process that dies loses its claim. */
  @Instant()
  nextAttemptAt!: Date;

  @Instant({ nullable: true })
  lastAttemptAt!: Date | null;

  @Text(LAST_ERROR_LENGTH, { nullable: true })
  lastError!: string | null;

  /** The status of the last answer over HTTP. */
  @Count({ nullable: true })
  responseStatus!: number | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type OutboxRow = Pick<OutboxEntity, keyof OutboxEntity>;
