import { Entity } from 'typeorm';
import { Flag, Instant, Ref, References, Text } from '#platform/database/index.js';

/** A user's password as a row: the slow hash of what the user chose. */
@Entity('password')
export class PasswordEntity {
  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  userId!: string;

  @Text(512)
  hash!: string;

  @Instant()
  changedAt!: Date;

  /** It was chosen by a link in a mail, so whoever has the mailbox knows it; null of old rows, of which that is not known. */
  @Flag({ nullable: true })
  restsOnMailbox!: boolean | null;
}

/** The plain data of such a row. */
export type PasswordRow = Pick<PasswordEntity, keyof PasswordEntity>;
