import { Entity } from 'typeorm';
import { LongText, Ref, References } from '#platform/database/index.js';

/** The value of a secret that signs and therefore must be readable again, as a row beside its digest. */
@Entity('sealed_client_secret')
export class SealedClientSecretEntity {
  @References('ClientSecretEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  id!: string;

  /** Sealed by `SecretBox` for this row alone. */
  @LongText()
  sealed!: string;
}
