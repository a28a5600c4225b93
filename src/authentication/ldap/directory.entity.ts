import { Entity, Index } from 'typeorm';
import { Id, Instant, Json, LongText, Text } from '#platform/database/index.js';
import type { DirectoryChoices } from './directory.js';

/** An LDAP directory as a row. */
@Entity('directory')
@Index('UQ_directory_name', ['name'], { unique: true })
@Index('IX_directory_created_at', ['createdAt'])
export class DirectoryEntity {
  @Id()
  id!: string;

  @Text(128)
  name!: string;

  @Json()
  choices!: DirectoryChoices;

  /** The password of whoever searches; sealed by `SecretBox` for this row alone. */
  @LongText({ nullable: true })
  bindPassword!: string | null;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The plain data of such a row. */
export type DirectoryRow = Pick<DirectoryEntity, keyof DirectoryEntity>;
