import { Entity, Index } from 'typeorm';
import { Digest, Id, Instant, Json, LargeCount, Ref, Text } from '#platform/database/index.js';

/** The length of what a browser calls itself, as far as it is kept. */
export const USER_AGENT_LENGTH = 255;

/** Something that happened to a user or a client, as a row that is written once, then sealed, and never changed. */
@Entity('audit_event')
@Index('IX_audit_event_user_id', ['userId', 'createdAt', 'id'])
@Index('IX_audit_event_client_id', ['clientId', 'createdAt', 'id'])
@Index('IX_audit_event_name', ['name', 'createdAt', 'id'])
@Index('IX_audit_event_created_at', ['createdAt', 'id'])
@Index('IX_audit_event_expires_at', ['expiresAt'])
@Index('UQ_audit_event_sequence', ['sequence'], { unique: true })
export class AuditEventEntity {
  @Id()
  id!: string;

  @Text(64)
  name!: string;

  @Ref({ nullable: true })
  userId!: string | null;

  @Ref({ nullable: true, length: 255 })
  clientId!: string | null;

  @Text(16, { nullable: true })
  actorKind!: string | null;

  @Text(255, { nullable: true })
  actorId!: string | null;

  @Text(64, { nullable: true })
  address!: string | null;

  @Text(USER_AGENT_LENGTH, { nullable: true })
  userAgent!: string | null;

  @Text(64, { nullable: true })
  requestId!: string | null;

  /** What else the event carried; never a secret. */
  @Json()
  details!: Readonly<Record<string, unknown>>;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;

  /** Its place in the chain; none until it is sealed. */
  @LargeCount({ nullable: true })
  sequence!: number | null;

  /** The digest of what it says. */
  @Digest({ nullable: true })
  contentHash!: string | null;

  /** The digest that binds it to its place and to the row before. */
  @Digest({ nullable: true })
  chainHash!: string | null;
}

/** The columns of such a row as plain data. */
export type AuditEventRow = Pick<AuditEventEntity, keyof AuditEventEntity>;
