import { Entity, Index } from 'typeorm';
import { Digest, Json, Ref, References } from '#platform/database/index.js';
import type { AttributeValue } from './attribute.js';

/** The value that a user has for an attribute, as a row; it goes with either. */
@Entity('user_attribute_value')
@Index('UQ_user_attribute_value_unique_key', ['attributeId', 'uniqueKey'], { unique: true })
export class AttributeValueEntity {
  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  userId!: string;

  @References('AttributeEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  attributeId!: string;

  @Json()
  value!: AttributeValue;

  /** Digest of the canonical form of a value that only one user may have; null for others. */
  @Digest({ nullable: true })
  uniqueKey!: string | null;
}
