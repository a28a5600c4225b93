import { Entity, Index } from 'typeorm';
import { Digest, Id, Instant, Json, Ref, References, Text } from '#platform/database/index.js';

/** A browser's sign-in as a row; its id is the `sid` that clients see, the cookie's value is kept as a digest. */
@Entity('session')
@Index('UQ_session_cookie_digest', ['cookieDigest'], { unique: true })
@Index('IX_session_user_id', ['userId'])
@Index('IX_session_expires_at', ['expiresAt'])
export class SessionEntity {
  @Id()
  id!: string;

  @Digest()
  cookieDigest!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @Instant()
  authTime!: Date;

  @Json()
  amr!: string[];

  @Text(32)
  acr!: string;

  /** Kinds of second factors that were proven; null where none was asked for. */
  @Json({ nullable: true })
  factors!: string[] | null;

  @Text(255, { nullable: true })
  userAgent!: string | null;

  @Text(64, { nullable: true })
  address!: string | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  lastSeenAt!: Date;

  /** The session ends here whatever happens. */
  @Instant()
  endsAt!: Date;

  /** The session ends here when it is not used; never after `endsAt`. */
  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type SessionRow = Pick<SessionEntity, keyof SessionEntity>;
