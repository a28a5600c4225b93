import { Entity, Index } from 'typeorm';
import { Count, Digest, Id, Instant, Text } from '#platform/database/index.js';

/** A right to register clients, as a row (RFC 7591 §1.2). */
@Entity('initial_access_token')
@Index('UQ_initial_access_token_digest', ['digest'], { unique: true })
@Index('IX_initial_access_token_expires_at', ['expiresAt'])
@Index('IX_initial_access_token_created_at', ['createdAt'])
export class InitialAccessTokenEntity {
  @Id()
  id!: string;

  @Digest()
  digest!: string;

  @Text(200, { nullable: true })
  description!: string | null;

  /** How many clients it may register; null for any number. */
  @Count({ nullable: true })
  maxUses!: number | null;

  @Count()
  uses!: number;

  @Instant()
  createdAt!: Date;

  @Instant({ nullable: true })
  expiresAt!: Date | null;
}

/** The columns of such a row as plain data. */
export type InitialAccessTokenRow = Pick<InitialAccessTokenEntity, keyof InitialAccessTokenEntity>;
