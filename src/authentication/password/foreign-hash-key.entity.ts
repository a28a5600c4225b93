import { Entity } from 'typeorm';
import { Digest, LongText } from '#platform/database/index.js';

/** A secret of another system that hashes brought in from there need, as a row: one for each system, not for each user. */
@Entity('foreign_hash_key')
export class ForeignHashKeyEntity {
  /** The digest of the secret, by which hashes name it. */
  @Digest({ primary: true })
  id!: string;

  /** Sealed by `SecretBox` for this row alone. */
  @LongText()
  sealed!: string;
}
