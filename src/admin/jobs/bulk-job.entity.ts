import { Entity, Index } from 'typeorm';
import { Count, Id, Instant, Json, Text } from '#platform/database/index.js';
import type { BulkError, BulkState } from './bulk-job.js';

/** Work on many records as a row, which says how far it has got: whoever goes on with it needs nothing else. */
@Entity('bulk_job')
@Index('IX_bulk_job_state', ['state', 'createdAt', 'id'])
@Index('IX_bulk_job_created_at', ['createdAt', 'id'])
@Index('IX_bulk_job_expires_at', ['expiresAt'])
export class BulkJobEntity {
  @Id()
  id!: string;

  @Text(64)
  kind!: string;

  @Text(16)
  state!: BulkState;

  @Json()
  parameters!: object;

  /** Where its next step begins; null before the first. */
  @Text(255, { nullable: true })
  position!: string | null;

  @Count()
  total!: number;

  @Count()
  done!: number;

  @Json()
  result!: object;

  @Json()
  errors!: readonly BulkError[];

  @Instant()
  createdAt!: Date;

  @Instant({ nullable: true })
  finishedAt!: Date | null;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type BulkJobRow = Pick<BulkJobEntity, keyof BulkJobEntity>;
