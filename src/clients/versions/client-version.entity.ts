import { Entity } from 'typeorm';
import { Count, Id, Instant, Json, References, Text } from '#platform/database/index.js';
import type { ClientEntity } from '../client.entity.js';

/** What a client was registered with at some time, as a row; secrets and their digests are never in it. */
@Entity('client_version')
export class ClientVersionEntity {
  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Id(255)
  clientId!: string;

  /** Its place in the history of the client, from 1 on. */
  @Count({ primary: true })
  number!: number;

  @Text(200, { nullable: true })
  clientName!: string | null;

  @Text(16)
  status!: ClientEntity['status'];

  /** A `StoredMetadata`. */
  @Json()
  metadata!: object;

  /** The members that differ from the version before, as the wire names them. */
  @Json()
  changed!: readonly string[];

  /** The number of the version that it brought back. */
  @Count({ nullable: true })
  restoredFrom!: number | null;

  @Text(16, { nullable: true })
  actorKind!: string | null;

  @Text(255, { nullable: true })
  actorId!: string | null;

  @Text(64, { nullable: true })
  requestId!: string | null;

  /** The `updatedAt` that the client got with it: later with each number. */
  @Instant()
  createdAt!: Date;
}

/** The columns of such a row as plain data. */
export type ClientVersionRow = Pick<ClientVersionEntity, keyof ClientVersionEntity>;
