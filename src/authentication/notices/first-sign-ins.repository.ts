import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository } from '#platform/database/index.js';
import { FirstSignInEntity } from './first-sign-in.entity.js';

/** The rows of `first_sign_in`. */
@Injectable()
export class FirstSignInsRepository extends EntityRepository<FirstSignInEntity> {
  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    super(database, FirstSignInEntity);
  }

  /** Notes a sign-in; whether it is the first of the user. */
  async isFirst(userId: string): Promise<boolean> {
    if (await this.isKnown(userId)) return false;
    await this.rows.insert({ userId, signedInAt: this.clock.now() });
    return true;
  }

  /** Whether the user has ever signed in. */
  isKnown(userId: string): Promise<boolean> {
    return this.rows.existsBy({ userId });
  }
}
