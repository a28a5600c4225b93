import { Entity, Index } from 'typeorm';
import { Count, Digest, Id, Instant, Ref, References } from '#platform/database/index.js';

/** A code that was sent by mail for one sign-in, as a row. */
@Entity('mail_code')
@Index('IX_mail_code_user_id', ['userId'])
@Index('IX_mail_code_expires_at', ['expiresAt'])
export class MailCodeEntity {
  /** The sign-in that it is for. */
  @Id()
  signInId!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  /** Digest of the code together with the browser's secret, which no table has: six digits alone could be tried out. */
  @Digest()
  digest!: string;

  @Count()
  tries!: number;

  @Instant()
  sentAt!: Date;

  @Instant({ nullable: true })
  usedAt!: Date | null;

  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type MailCodeRow = Pick<MailCodeEntity, keyof MailCodeEntity>;
