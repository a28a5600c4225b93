import { Entity, Index } from 'typeorm';
import { Id, Instant, Ref } from '#platform/database/index.js';

/** A time whose access tokens without rows have ended: all of them, or those of a user, a client or both. */
@Entity('revoked_time')
@Index('IX_revoked_time_expires_at', ['expiresAt'])
export class RevokedTimeEntity {
  @Id()
  id!: string;

  @Ref({ nullable: true })
  userId!: string | null;

  @Ref({ nullable: true, length: 255 })
  clientId!: string | null;

  /** Not before; null where there is no beginning. */
  @Instant({ nullable: true })
  since!: Date | null;

  /** Not after. */
  @Instant()
  until!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type RevokedTimeRow = Pick<RevokedTimeEntity, keyof RevokedTimeEntity>;
