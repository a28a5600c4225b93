import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, LongText, Text } from '#platform/database/index.js';

/** A provider through which people sign in, as a row. */
@Entity('upstream_provider')
@Index('UQ_upstream_provider_slug', ['slug'], { unique: true })
@Index('IX_upstream_provider_created_at', ['createdAt'])
export class UpstreamProviderEntity {
  @Id()
  id!: string;

  /** Its name in our addresses. */
  @Text(64)
  slug!: string;

  @Text(16)
  preset!: string;

  @Text(16)
  status!: string;

  /** Who we are there. */
  @Text(512)
  clientId!: string;

  /** Everything else that the administrator chose. */
  @Json()
  choices!: object;

  /** The public half of the key by which we prove ourselves there (RFC 7517 §4). */
  @Json({ nullable: true })
  publicKey!: object | null;

  /** The secret that the provider gave us; sealed by `SecretBox` for this row alone. */
  @LongText({ nullable: true })
  secret!: string | null;

  /** The private half of our key, sealed alike. */
  @LongText({ nullable: true })
  privateKey!: string | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type UpstreamProviderRow = Pick<UpstreamProviderEntity, keyof UpstreamProviderEntity>;
