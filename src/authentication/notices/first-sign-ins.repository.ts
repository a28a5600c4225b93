import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/crypto/index.js';
import { Database, EntityRepository, isUniqueViolation } from '#platform/database/index.js';
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

  /** Notes a sign-in; whether it is the first of the user: of two at once, one is. */
  async isFirst(userId: string): Promise<boolean> {
    if (await this.isKnown(userId)) return false;
    try {
      await this.prepared.insert({ userId, signedInAt: this.clock.now() });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Whether the user has ever signed in. */
  isKnown(userId: string): Promise<boolean> {
    return this.prepared.existsBy({ userId });
  }
}
