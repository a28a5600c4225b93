import { Entity, Index } from 'typeorm';
import { Count, Digest, Flag, Id, Instant, Json, LongText, Ref, References } from '#platform/database/index.js';

/** A sign-in that has begun and is not complete as a row: it is no session and lets nobody in. */
@Entity('pending_sign_in')
@Index('IX_pending_sign_in_browser_digest', ['browserDigest'])
@Index('IX_pending_sign_in_user_id', ['userId'])
@Index('IX_pending_sign_in_interaction_id', ['interactionId'])
@Index('IX_pending_sign_in_expires_at', ['expiresAt'])
export class PendingSignInEntity {
  @Id()
  id!: string;

  /** Digest of the cookie of the browser that it began in. */
  @Digest()
  browserDigest!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  /** The authorization request that waits for it. */
  @References('InteractionEntity', { onDelete: 'CASCADE' })
  @Ref({ nullable: true })
  interactionId!: string | null;

  /** Without an interaction: the page of ours that it leads to. */
  @LongText({ nullable: true })
  returnTo!: string | null;

  /** The session that it makes stronger; it goes no further without. */
  @Ref({ nullable: true })
  sessionId!: string | null;

  @Json()
  amr!: string[];

  @Instant()
  authTime!: Date;

  /** What was proven rested on the user's mailbox alone. */
  @Flag()
  byMailbox!: boolean;

  /** Everything is to be proven anew, whatever this browser is trusted with. */
  @Flag()
  afresh!: boolean;

  /** Names of the steps that it has been through. */
  @Json()
  done!: string[];

  /** Kinds of second factors that were proven. */
  @Json()
  factors!: string[];

  @Count()
  version!: number;

  @Instant()
  createdAt!: Date;

  @Instant({ nullable: true })
  endedAt!: Date | null;

  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type PendingSignInRow = Pick<PendingSignInEntity, keyof PendingSignInEntity>;
