import { Entity } from 'typeorm';
import { Instant, Ref, References } from '#platform/database/index.js';

/** That a user has signed in at least once, as a row: the first browser is no news to anybody. */
@Entity('first_sign_in')
export class FirstSignInEntity {
  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  userId!: string;

  @Instant()
  signedInAt!: Date;
}
