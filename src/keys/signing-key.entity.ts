import { Entity, Index } from 'typeorm';
import { Digest, Instant, Json, LongText, Text } from '#platform/database/index.js';
import type { KeyAlgorithm } from './key-algorithm.js';
import type { PublicJwk } from './public-jwk.js';

/** One key of this issuer, its private half sealed: to sign with, or, by its algorithm, to decrypt with. */
@Entity('signing_key')
@Index('IX_signing_key_expires_at', ['expiresAt'])
export class SigningKeyEntity {
  @Digest({ primary: true })
  kid!: string;

  @Text(16)
  algorithm!: KeyAlgorithm;

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

  /** What it signed until then is not taken any more. */
  @Instant({ nullable: true })
  tokensRevokedBefore!: Date | null;
}

/** The values of a row. */
export type SigningKeyRow = Pick<SigningKeyEntity, keyof SigningKeyEntity>;
