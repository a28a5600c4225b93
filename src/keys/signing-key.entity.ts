import { Entity, Index } from 'typeorm';
import { Digest, Instant, Json, LongText, Text } from '#platform/database/index.js';
import type { PublicJwk } from './public-jwk.js';
import type { SigningAlgorithm } from './signing-algorithm.js';

/** One key of this issuer, its private half sealed. */
@Entity('signing_key')
@Index('IX_signing_key_expires_at', ['expiresAt'])
export class SigningKeyEntity {
  @Digest({ primary: true })
  kid!: string;

  @Text(16)
  algorithm!: SigningAlgorithm;

  @Json()
  publicJwk!: PublicJwk;

  @LongText()
  privateKey!: string;

  @Instant()
  createdAt!: Date;

  @Instant()
  activatesAt!: Date;

  @Instant({ nullable: true })
  retiresAt!: Date | null;

  @Instant({ nullable: true })
  withdrawsAt!: Date | null;

  @Instant({ nullable: true })
  expiresAt!: Date | null;
}

/** The values of a row. */
export type SigningKeyRow = Pick<SigningKeyEntity, keyof SigningKeyEntity>;
