import { Entity } from 'typeorm';
import { Digest, Instant, Json, Text } from '#platform/database/index.js';
import type { SigningAlgorithm } from './signing-algorithm.js';
import type { PublicJwk } from './public-jwk.js';

/** The public half of a key that signs nothing any more, for what it signed to be kept; there are few. */
@Entity('former_key')
export class FormerKeyEntity {
  @Digest({ primary: true })
  kid!: string;

  @Text(16)
  algorithm!: SigningAlgorithm;

  @Json()
  publicJwk!: PublicJwk;

  @Instant()
  createdAt!: Date;
}

/** The values of a row. */
export type FormerKeyRow = Pick<FormerKeyEntity, keyof FormerKeyEntity>;
