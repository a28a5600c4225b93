import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import { Database, EntityRepository } from '#platform/database/index.js';
import type { GrantRow } from '../grants/grant.entity.js';
import { GrantsRepository } from '../grants/grants.repository.js';
import { AuthorizationCodeEntity, type AuthorizationCodeRow } from './authorization-code.entity.js';

/** Attempts by the wrong client or with the wrong verifier after which a code is burnt. */
export const FAILURES_THAT_BURN = 5;

/** The rows of `authorization_code`. */
@Injectable()
export class AuthorizationCodesRepository extends EntityRepository<AuthorizationCodeEntity> {
  constructor(
    database: Database,
    private readonly grants: GrantsRepository,
  ) {
    super(database, AuthorizationCodeEntity);
  }

  async add(row: AuthorizationCodeRow): Promise<void> {
    await this.prepared.insert(row);
  }

  /** A code and the grant that it stands for: one statement for the two. */
  async find(digest: string): Promise<{ row: AuthorizationCodeRow; grant: GrantRow } | undefined> {
    const [raw] = await this.prepared.query(
      `SELECT ${this.prepared.columns('c')}, ${this.grants.columns} FROM authorization_code c ` +
        'JOIN authorization_grant g ON g.id = c.grant_id WHERE c.digest = ?',
      [digest],
    );
    return raw && { row: this.prepared.rowFrom(raw, 'c'), grant: this.grants.rowFrom(raw) };
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
