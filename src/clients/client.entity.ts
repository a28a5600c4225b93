import { Entity, Index } from 'typeorm';
import { Count, Flag, Id, Instant, Json, Text } from '#platform/database/index.js';
import type { ClientMetadata } from './client-metadata.js';

/** What the `metadata` column holds: all that is neither searched nor shown in lists of the database. */
export type StoredMetadata = Omit<ClientMetadata, 'clientName' | 'status'>;

/** A registered client as a row. */
@Entity('client')
@Index('IX_client_created_at', ['createdAt'])
export class ClientEntity {
  @Id(255)
  clientId!: string;

  @Text(200, { nullable: true })
  clientName!: string | null;

  /** The plain form of the name, in which it is searched. */
  @Text(255, { nullable: true })
  clientNameKey!: string | null;

  @Text(16)
  status!: ClientMetadata['status'];

  /** A `StoredMetadata`. */
  @Json()
  metadata!: object;

  /** The number of the version that it is; null where a release before versions registered it. */
  @Count({ nullable: true })
  version!: number | null;

  @Flag()
  selfRegistered!: boolean;

  @Instant({ nullable: true })
  tokensRevokedBefore!: Date | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type ClientRow = Pick<ClientEntity, keyof ClientEntity>;
