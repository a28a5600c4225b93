import { Entity, Index } from 'typeorm';
import { Count, Digest, Flag, Id, Instant, Json, Ref, Text } from '#platform/database/index.js';
import { LONGEST_REASON, type ChangeKind, type ChangeState } from './change-request.js';

/** A change that somebody asked for, as a row; it outlives whom and what it is about. */
@Entity('change_request')
@Index('IX_change_request_created_at', ['createdAt', 'id'])
@Index('IX_change_request_requester_id', ['requesterId', 'state'])
@Index('IX_change_request_expires_at', ['expiresAt'])
export class ChangeRequestEntity {
  @Id()
  id!: string;

  @Text(32)
  kind!: ChangeKind;

  /** What was decided; that time ran out is seen by the clock. */
  @Text(16)
  state!: Exclude<ChangeState, 'expired'>;

  @Ref({ length: 255, nullable: true })
  clientId!: string | null;

  @Ref({ nullable: true })
  ownerId!: string | null;

  @Count({ nullable: true })
  version!: number | null;

  @Json({ nullable: true })
  body!: object | null;

  /** A list of `RecordedChange`. */
  @Json()
  changes!: readonly object[];

  @Flag()
  shortened!: boolean;

  @Digest({ nullable: true })
  baseTag!: string | null;

  @Text(16)
  requesterKind!: string;

  @Text(255)
  requesterId!: string;

  @Text(64)
  requestId!: string;

  @Text(16, { nullable: true })
  deciderKind!: string | null;

  @Text(255, { nullable: true })
  deciderId!: string | null;

  @Text(LONGEST_REASON, { nullable: true })
  reason!: string | null;

  @Instant({ nullable: true })
  decidedAt!: Date | null;

  @Instant()
  decidableUntil!: Date;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type ChangeRequestRow = Pick<ChangeRequestEntity, keyof ChangeRequestEntity>;
