import { Entity } from 'typeorm';
import { Count, Id, Instant } from '#platform/database/index.js';

/** The longest name of a table. */
const TABLE_NAME_LENGTH = 64;

/** How the last purge of a table went, in whichever process: one row for each table that is purged. */
@Entity('purge_run')
export class PurgeRunEntity {
  @Id(TABLE_NAME_LENGTH)
  tableName!: string;

  @Instant()
  startedAt!: Date;

  @Count()
  deleted!: number;

  @Count()
  milliseconds!: number;
}
