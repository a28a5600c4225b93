import { Entity, Index } from 'typeorm';
import { Flag, Ref, References, Text } from '#platform/database/index.js';

/** That a user comes from a directory, as a row: their password is there, and they are known by what stays there. */
@Entity('directory_account')
@Index('UQ_directory_account_stable_id', ['directoryId', 'stableId'], { unique: true })
export class DirectoryAccountEntity {
  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref({ primary: true })
  userId!: string;

  @References('DirectoryEntity', { onDelete: 'CASCADE' })
  @Ref()
  directoryId!: string;

  @Text(255)
  stableId!: string;

  /** The user is disabled because the directory says so, or no longer knows them. */
  @Flag()
  disabledThere!: boolean;
}

/** The plain data of such a row. */
export type DirectoryAccountRow = Pick<DirectoryAccountEntity, keyof DirectoryAccountEntity>;
