import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, LessThanOrEqual, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import type { KeyAlgorithm } from './key-algorithm.js';
import type { KeyInstants } from './key-lifecycle.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import type { SigningKeyRow } from './signing-key.entity.js';

/** The table of the issuer's keys. */
@Injectable()
export class SigningKeysRepository extends EntityRepository<SigningKeyEntity> {
  constructor(database: Database) {
    super(database, SigningKeyEntity);
  }

  /** Every key that may still check or decrypt something. */
  findUsable(now: Date): Promise<SigningKeyEntity[]> {
    return this.rows.find({
      where: [{ expiresAt: IsNull() }, { expiresAt: MoreThan(now) }],
      order: { activatesAt: 'ASC', kid: 'ASC' },
    });
  }

  /** Every key that checks and decrypts nothing any more. */
  findExpired(now: Date): Promise<SigningKeyEntity[]> {
    return this.rows.findBy({ expiresAt: LessThanOrEqual(now) });
  }

  findUsableOf(algorithm: KeyAlgorithm, now: Date): Promise<SigningKeyEntity[]> {
    return this.rows.findBy([
      { algorithm, expiresAt: IsNull() },
      { algorithm, expiresAt: MoreThan(now) },
    ]);
  }

  /** One key, whether it is still good for anything or not. */
  find(kid: string): Promise<SigningKeyRow | null> {
    return this.rows.findOneBy({ kid });
  }

  async add(key: SigningKeyRow): Promise<void> {
    await this.rows.insert(key);
  }

  /** Ends what a key signed until a moment; false when there is no such key, or it was ended until later. */
  async revokeTokens(kid: string, before: Date): Promise<boolean> {
    const earlier = [IsNull(), LessThan(before)];
    const changes = { tokensRevokedBefore: before };
    for (const tokensRevokedBefore of earlier) {
      const { affected } = await this.rows.update({ kid, tokensRevokedBefore }, changes);
      if (affected === 1) return true;
    }
    return false;
  }

  /** Sets when a key stops to sign, to be published, and to check or decrypt. */
  async end({ kid, retiresAt, withdrawsAt, expiresAt }: KeyInstants): Promise<void> {
    await this.rows.update({ kid }, { retiresAt, withdrawsAt, expiresAt });
  }
}
