import { Entity, Index } from 'typeorm';
import { Count, Id, Instant, Json, Ref, References, Text } from '#platform/database/index.js';
import type { DisclosedClaims, DisclosurePlace } from './disclosed-claims.js';

/** Which claims about a user went to a client by one way, as a row: names and times, never values. */
@Entity('claim_disclosure')
@Index('UQ_claim_disclosure_user_id_client_id_place', ['userId', 'clientId', 'place'], { unique: true })
@Index('IX_claim_disclosure_client_id', ['clientId'])
@Index('IX_claim_disclosure_created_at', ['createdAt', 'id'])
@Index('IX_claim_disclosure_expires_at', ['expiresAt'])
export class ClaimDisclosureEntity {
  @Id()
  id!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Ref({ length: 255 })
  clientId!: string;

  @Text(16)
  place!: DisclosurePlace;

  @Json()
  claims!: DisclosedClaims;

  /** Counts the changes, so that of two at the same moment one is noticed. */
  @Count()
  version!: number;

  @Instant()
  createdAt!: Date;

  @Instant()
  expiresAt!: Date;
}

/** The columns of such a row as plain data. */
export type ClaimDisclosureRow = Pick<ClaimDisclosureEntity, keyof ClaimDisclosureEntity>;
