import { Entity, Index } from 'typeorm';
import { Digest, Instant, Ref, References } from '#platform/database/index.js';

/** A code for when the second factor is not at hand, as a row; the code itself is kept as a digest. */
@Entity('recovery_code')
@Index('IX_recovery_code_user_id', ['userId'])
export class RecoveryCodeEntity {
  @Digest({ primary: true })
  digest!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @Instant()
  createdAt!: Date;

  /** Set by the one use. */
  @Instant({ nullable: true })
  usedAt!: Date | null;
}

/** The plain data of such a row. */
export type RecoveryCodeRow = Pick<RecoveryCodeEntity, keyof RecoveryCodeEntity>;
