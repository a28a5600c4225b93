import { Entity, Index } from 'typeorm';
import { Digest, Instant, References, Text } from '#platform/database/index.js';

/** What a client that registered itself manages its record with, as a row (RFC 7592 §1.2). */
@Entity('client_registration')
@Index('IX_client_registration_unused_until', ['unusedUntil'])
export class ClientRegistrationEntity {
  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Text(255, { primary: true })
  clientId!: string;

  @Digest()
  tokenDigest!: string;

  /** When the client goes unless somebody used it; null once somebody did. */
  @Instant({ nullable: true })
  unusedUntil!: Date | null;
}
