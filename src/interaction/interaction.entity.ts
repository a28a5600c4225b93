import { Entity, Index } from 'typeorm';
import { Count, Digest, Id, Instant, Json, LongText, References, Text } from '#platform/database/index.js';

/** A paused authorization request as a row: all that is needed to go on, in any tab and after a restart. */
@Entity('interaction')
@Index('IX_interaction_client_id', ['clientId'])
@Index('IX_interaction_expires_at', ['expiresAt'])
export class InteractionEntity {
  @Id()
  id!: string;

  /** Digest of the cookie of the browser it belongs to; null until the browser has shown itself. */
  @Digest({ nullable: true })
  browserDigest!: string | null;

  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Text(255)
  clientId!: string;

  /** The parameters of the request as received, to be validated again; sealed, as an `id_token_hint` is a token. */
  @LongText()
  parameters!: string;

  @Json()
  facts!: object;

  @Json()
  prompt!: object;

  @Json()
  answers!: object;

  @Count()
  version!: number;

  @Instant()
  createdAt!: Date;

  /** The request is given up when nothing happens until then. */
  @Instant()
  idleUntil!: Date;

  @Instant({ nullable: true })
  endedAt!: Date | null;

  /** Until when the row explains to a late comer what became of the request. */
  @Instant()
  expiresAt!: Date;
}

/** The plain data of such a row. */
export type InteractionRow = Pick<InteractionEntity, keyof InteractionEntity>;
