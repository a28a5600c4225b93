import { Entity, Index } from 'typeorm';
import { Count, Id, Instant, Json, LongText, Ref, References, Text } from '#platform/database/index.js';
import type { ScopeIcon, ScopeSensitivity, ScopeWords } from './scope-words.js';

/** A scope of the company's own as a row; one without a resource is not for an API. */
@Entity('scope')
@Index('IX_scope_created_at', ['createdAt'])
@Index('IX_scope_resource_id', ['resourceId'])
export class ScopeEntity {
  @Id(255)
  name!: string;

  @References('ResourceEntity', { onDelete: 'CASCADE' })
  @Ref({ nullable: true })
  resourceId!: string | null;

  @Text(200)
  title!: string;

  @LongText()
  description!: string;

  @LongText({ nullable: true })
  example!: string | null;

  @Json({ nullable: true })
  translations!: Readonly<Record<string, ScopeWords>> | null;

  @Text(16, { nullable: true })
  icon!: ScopeIcon | null;

  @Text(16, { nullable: true })
  sensitivity!: ScopeSensitivity | null;

  /** Null for the first version. */
  @Count({ nullable: true })
  textVersion!: number | null;

  /** Null for the first version. */
  @Count({ nullable: true })
  meaningVersion!: number | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type ScopeRow = Pick<ScopeEntity, keyof ScopeEntity>;
