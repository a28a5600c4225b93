import { Entity, Index } from 'typeorm';
import { Flag, Id, Instant, Json, Text } from '#platform/database/index.js';
import type { Attribute } from './attribute.js';

/** A declared attribute of users as a row. */
@Entity('user_attribute')
@Index('UQ_user_attribute_name', ['name'], { unique: true })
@Index('IX_user_attribute_created_at', ['createdAt'])
export class AttributeEntity {
  @Id()
  id!: string;

  @Text(63)
  name!: string;

  @Text(16)
  type!: Attribute['type'];

  @Flag()
  list!: boolean;

  @Flag()
  required!: boolean;

  /** Whether no two users may have the same value; the row of a value then has a key. */
  @Flag()
  distinct!: boolean;

  @Text(16)
  visibleTo!: Attribute['visibleTo'];

  @Text(16)
  editableBy!: Attribute['editableBy'];

  /** Title, description and the same in other languages. */
  @Json()
  words!: Pick<Attribute, 'title' | 'description' | 'translations'>;

  @Json()
  constraints!: Attribute['constraints'];

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type AttributeRow = Pick<AttributeEntity, keyof AttributeEntity>;
