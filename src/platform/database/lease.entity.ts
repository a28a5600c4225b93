import { Entity } from 'typeorm';
import { Id, Instant, Ref } from './columns.js';

/** Who may do a thing that one process at a time does, and until when. */
@Entity('lease')
export class LeaseEntity {
  @Id(64)
  name!: string;

  @Ref()
  holder!: string;

  @Instant()
  expiresAt!: Date;
}
