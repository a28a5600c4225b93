import { Entity, Index } from 'typeorm';
import { Digest, Id, Instant } from '#platform/database/index.js';

/** A link for making the first administrator; its token is kept as a digest. */
@Entity('set_up_link')
@Index('UQ_set_up_link_digest', ['digest'], { unique: true })
@Index('IX_set_up_link_expires_at', ['expiresAt'])
export class SetUpLinkEntity {
  @Id()
  id!: string;

  @Digest()
  digest!: string;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type SetUpLinkRow = Pick<SetUpLinkEntity, keyof SetUpLinkEntity>;
