import { Entity, Index } from 'typeorm';
import { Count, Id, Instant, Json, Text } from '#platform/database/index.js';
import type { Resource } from './resource.js';

/** A protected API as a row. */
@Entity('resource')
@Index('UQ_resource_identifier', ['identifier'], { unique: true })
@Index('IX_resource_created_at', ['createdAt'])
export class ResourceEntity {
  @Id()
  id!: string;

  @Text(512)
  identifier!: string;

  @Text(200)
  name!: string;

  @Text(16)
  accessTokenFormat!: Resource['accessTokenFormat'];

  @Count({ nullable: true })
  accessTokenLifetime!: number | null;

  @Json()
  introspectionClients!: readonly string[];

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type ResourceRow = Pick<ResourceEntity, keyof ResourceEntity>;
