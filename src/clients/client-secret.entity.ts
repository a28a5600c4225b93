import { Entity, Index } from 'typeorm';
import { Digest, Flag, Id, Instant, Ref, References } from '#platform/database/index.js';

/** One secret of a client as a row; several may live at once, so that a new one can be rolled out first. */
@Entity('client_secret')
@Index('IX_client_secret_client_id', ['clientId'])
export class ClientSecretEntity {
  @Id()
  id!: string;

  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Ref({ length: 255 })
  clientId!: string;

  @Digest()
  digest!: string;

  /** True for a value that a person chose (a seed file or the environment), not this service. */
  @Flag()
  chosen!: boolean;

  @Instant()
  createdAt!: Date;

  @Instant({ nullable: true })
  expiresAt!: Date | null;

  /** When a client last authenticated with it, to within an hour; null for never. */
  @Instant({ nullable: true })
  lastUsedAt!: Date | null;
}

/** The columns of such a row as plain data. */
export type ClientSecretRow = Pick<ClientSecretEntity, keyof ClientSecretEntity>;
