import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import { AuthorizationCodeEntity, type AuthorizationCodeRow } from './authorization-code.entity.js';

/** Attempts by the wrong client or with the wrong verifier after which a code is burnt. */
export const FAILURES_THAT_BURN = 5;

/** The rows of `authorization_code`. */
@Injectable()
export class AuthorizationCodesRepository extends EntityRepository<AuthorizationCodeEntity> {
  constructor(database: Database) {
    super(database, AuthorizationCodeEntity);
  }

  async add(row: AuthorizationCodeRow): Promise<void> {
    await this.prepared.insert(row);
  }

  find(digest: string): Promise<AuthorizationCodeRow | null> {
    return this.prepared.findOneBy({ digest });
  }

  /** RFC 6749 §4.1.2: of any number of redemptions exactly one changes the row. */
  async redeem(digest: string, now: Date): Promise<boolean> {
    const { affected } = await this.prepared.update(
      { digest, redeemedAt: IsNull(), redeemableUntil: MoreThan(now), failures: LessThan(FAILURES_THAT_BURN) },
      { redeemedAt: now },
    );
    return affected === 1;
  }

  async countFailure(digest: string): Promise<void> {
    await this.rows.increment({ digest, redeemedAt: IsNull() }, 'failures', 1);
  }
}
