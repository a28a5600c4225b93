import { Entity } from 'typeorm';
import { Count, Id } from '#platform/database/index.js';

/** The longest name of a kind of rows. */
export const KIND_LENGTH = 32;

/** How often rows of a kind have changed: one row for each kind that processes keep in memory. */
@Entity('change_stamp')
export class ChangeStampEntity {
  @Id(KIND_LENGTH)
  kind!: string;

  @Count()
  version!: number;
}
