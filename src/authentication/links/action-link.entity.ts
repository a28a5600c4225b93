import { Entity, Index } from 'typeorm';
import { Digest, Id, Instant, Json, Ref, References, Text } from '#platform/database/index.js';

/** A link in a mail; its token is kept as a digest. */
@Entity('action_link')
@Index('UQ_action_link_digest', ['digest'], { unique: true })
@Index('IX_action_link_user_id', ['userId'])
@Index('IX_action_link_expires_at', ['expiresAt'])
export class ActionLinkEntity {
  @Id()
  id!: string;

  @Digest()
  digest!: string;

  @Text(32)
  purpose!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref({ nullable: true })
  userId!: string | null;

  @Text(255)
  address!: string;

  @Json()
  data!: unknown;

  /** Set by the one use. */
  @Instant({ nullable: true })
  usedAt!: Date | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type ActionLinkRow = Pick<ActionLinkEntity, keyof ActionLinkEntity>;
