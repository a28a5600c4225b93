import { Entity, Index } from 'typeorm';
import { Count, Id, Instant, Json, Ref, References, Text } from '#platform/database/index.js';
import type { ConsentGiver } from './consent.js';

/** An approved scope as it is kept: instants in milliseconds. */
export interface StoredScope {
  readonly scope: string;
  readonly approvedAt: number;
  readonly decidedAt?: number;
  readonly expiresAt?: number;
  readonly textVersion?: number;
  readonly meaningVersion?: number;
  readonly givenBy?: ConsentGiver;
}

/** What one user allowed one client, as a row. */
@Entity('consent')
@Index('UQ_consent_user_id_client_id', ['userId', 'clientId'], { unique: true })
@Index('IX_consent_client_id', ['clientId'])
@Index('IX_consent_created_at', ['createdAt'])
export class ConsentEntity {
  @Id()
  id!: string;

  @References('UserEntity', { onDelete: 'CASCADE' })
  @Ref()
  userId!: string;

  @References('ClientEntity', { onDelete: 'CASCADE' })
  @Ref({ length: 255 })
  clientId!: string;

  @Text(16)
  givenBy!: ConsentGiver;

  @Json()
  scopes!: readonly StoredScope[];

  /** Counts the changes, so that of two at the same moment one is noticed. */
  @Count()
  version!: number;

  @Instant()
  createdAt!: Date;

  @Instant()
  updatedAt!: Date;
}

/** The columns of such a row as plain data. */
export type ConsentRow = Pick<ConsentEntity, keyof ConsentEntity>;
