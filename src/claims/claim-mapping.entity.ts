import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, Ref, References, Text } from '#platform/database/index.js';
import type { ClaimPlace } from './claim-mapping.js';

/** A claim that a scope releases, as a row; it goes with its scope, client or attribute. */
@Entity('claim_mapping')
@Index('UQ_claim_mapping_target_claim', ['targetKey'], { unique: true })
@Index('IX_claim_mapping_scope', ['scope'])
@Index('IX_claim_mapping_client_id', ['clientId'])
@Index('IX_claim_mapping_own_scope', ['ownScope'])
@Index('IX_claim_mapping_attribute_id', ['attributeId'])
@Index('IX_claim_mapping_created_at', ['createdAt'])
export class ClaimMappingEntity {
  @Id()
  id!: string;

  /** Digest of client, scope and claim, which are there once. */
  @Text(43)
  targetKey!: string;

  @Text(200)
  claim!: string;

  @Text(255)
  scope!: string;

  /** The same scope, where it is one of the company's own. */
  @References('ScopeEntity', { onDelete: 'CASCADE' })
  @Ref({ length: 255, nullable: true })
  ownScope!: string | null;

  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Ref({ length: 255, nullable: true })
  clientId!: string | null;

  @References('AttributeEntity', { onDelete: 'CASCADE' })
  @Ref({ nullable: true })
  attributeId!: string | null;

  /** A `ClaimSource`. */
  @Json()
  source!: object;

  @Json()
  includeIn!: readonly ClaimPlace[];

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type ClaimMappingRow = Pick<ClaimMappingEntity, keyof ClaimMappingEntity>;
