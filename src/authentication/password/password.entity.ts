import { Entity } from 'typeorm';
import { Instant, Ref, References, Text } from '#platform/database/index.js';

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
}

/** The plain data of such a row. */
export type PasswordRow = Pick<PasswordEntity, keyof PasswordEntity>;
